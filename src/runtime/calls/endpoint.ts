/** Endpoints: RPCs with their handlers, and the way of a request through them. */
import { beginCall, type Call, type Matchers } from "./call.js";
import { timeLeft } from "./deadline.js";
import { DecodeError } from "../values/decode-error.js";
import { bodyText, type HttpRequest, type HttpResponse, headerValue, isWhole } from "../http.js";
import type { Invocation } from "./invocation.js";
import type { MediaTypes } from "../routing/media-types.js";
import type { Profile } from "../routing/profile.js";
import { refuseWith, statusResponse } from "./respond.js";
import { tabulateRoutes } from "../routing/route-tree.js";
import type { BindingRule, BoundRequest } from "../rpc.js";
import {
  hasFormFields,
  orderRoutes,
  type Routable,
  type Selection,
  scanRoutes,
  selectRoute,
} from "../routing/select-route.js";
import { RpcError, statusOf } from "../status.js";

/** One way into a Lambda function: a binding with its handler. */
export interface Route extends Routable, MediaTypes {
  readonly service: string;
  readonly method: string;
  /** Position among the bindings of its method. */
  readonly binding: number;
  readonly template: string;
  /** Decodes, calls the handler, encodes. */
  readonly answer: (http: BoundRequest, captures: readonly string[], call: Call) => Promise<HttpResponse>;
  /** Runs interceptors around `answer`; `run` fails when the call expires. */
  readonly around?: (run: () => Promise<HttpResponse>, call: Call) => Promise<HttpResponse>;
}

/** The part of a function that a front door calls. */
export interface Endpoint {
  readonly profile: Profile;
  readonly routes: readonly Route[];
  /** Makes the table for looking routes up; absent: routes are tried one after the other. */
  readonly tabulate?: typeof tabulateRoutes;
  /** The API's own treatment of headers. */
  readonly headers?: Matchers;
  /** Changes every response at the end; without a request if the event was not one. Never throws. */
  readonly finish?: Finish;
}

/** Returns a changed response, or the same one. */
export type Finish = <Response extends HttpResponse>(response: Response, request: HttpRequest | undefined) => Response;

/** Answers a request. Never throws: every failure is a response with a status body. */
export type Serve = (request: HttpRequest, invocation: Invocation) => Promise<HttpResponse>;

/** Joins the endpoints of several RPCs into one. */
export function router(endpoints: readonly [Endpoint, ...Endpoint[]]): Endpoint {
  const routes = endpoints.flatMap((endpoint) => endpoint.routes);
  return { profile: endpoints[0].profile, routes, tabulate: tabulateRoutes };
}

/** Puts the routes in order once; the returned function answers requests. */
export function serveEndpoint(endpoint: Endpoint): Serve {
  const table = (endpoint.tabulate ?? scanRoutes)(orderRoutes(endpoint.routes, endpoint.profile));
  const { profile, finish = asItIs } = endpoint;
  return async (request, invocation) => {
    const selection = selectRoute(table, request, profile);
    const answered =
      selection.kind === "found"
        ? await answer(selection.route, selection.captures, request, invocation, endpoint)
        : (selection.kind === "notFound" && invocation.unrouted) || refusal(selection, profile);
    const response = finish(answered, request);
    return request.method === "HEAD" ? withoutBody(response) : response;
  };
}

/** The `finish` of an endpoint without one. */
export const asItIs: Finish = (response) => response;

/** Returns the response without its body. A stream is stopped, so that its handler can clean up. */
export async function withoutBody(response: HttpResponse): Promise<HttpResponse> {
  if (!isWhole(response.body)) {
    // A generator that was never started would not run its `finally`.
    for await (const _piece of response.body) break;
  }
  return { ...response, body: "" };
}

function refusal(selection: Exclude<Selection<Route>, { kind: "found" }>, profile: Profile): HttpResponse {
  switch (selection.kind) {
    case "notFound":
      return refuseWith("NOT_FOUND", "Not Found");
    case "malformed":
      return refuseWith("INVALID_ARGUMENT", selection.message);
    case "options":
      return { status: 204, headers: [["Allow", selection.allowed.join(", ")]], body: "" };
    case "methodNotAllowed": {
      const response = refuseWith("UNIMPLEMENTED", "Method Not Allowed");
      if (profile.methodNotAllowed === "501") return response;
      return { ...response, status: 405, headers: [...response.headers, ["Allow", selection.allowed.join(", ")]] };
    }
    default:
      return selection satisfies never;
  }
}

/** Answers a call, which ends with its response or with the last piece of a stream. */
async function answer(
  route: Route,
  captures: readonly string[],
  request: HttpRequest,
  invocation: Invocation,
  { profile, headers }: Endpoint,
): Promise<HttpResponse> {
  let call: Call | undefined;
  invocation.called = route;
  try {
    const refused = profile.mediaTypes === "ignore" ? undefined : profile.mediaTypes(route, request, refuseWith);
    if (refused !== undefined) return refused;
    const timeout = profile.readTimeout(headerValue(request.headers, "grpc-timeout"));
    const left = timeLeft(timeout, invocation.lambda?.getRemainingTimeInMillis());
    const http = bindRequest(route, request, profile);
    const begun = beginCall(route, request, invocation, left, profile.readMetadata, headers);
    call = begun;
    const run = (): Promise<HttpResponse> => Promise.race([route.answer(http, captures, begun), begun.expired]);
    const response = await (route.around === undefined ? run() : route.around(run, begun));
    if (isWhole(response.body)) return response;
    call = undefined;
    return { ...response, body: endAfter(response.body, begun) };
  } catch (error) {
    return failure(error, invocation);
  } finally {
    const ending = call?.end();
    if (ending !== undefined) await ending;
  }
}

async function* endAfter<T>(pieces: AsyncIterable<T>, call: Call): AsyncGenerator<T, void, undefined> {
  try {
    yield* pieces;
  } finally {
    await call.end();
  }
}

/** The response to an error of the handler, or of anything before it. */
export function failure(error: unknown, invocation: Invocation): HttpResponse {
  const status = statusOf(error instanceof DecodeError ? new RpcError("INVALID_ARGUMENT", error.message) : error);
  noteFailure(error, status, invocation);
  return statusResponse(status);
}

/** Notes an error. If nobody follows the request, and the error is not meant for the client, it goes to the log. */
export function noteFailure(error: unknown, status: ReturnType<typeof statusOf>, invocation: Invocation): void {
  invocation.error = error;
  if (status.isPublic || invocation.log) return;
  console.error(`${invocation.called?.service}/${invocation.called?.method} failed:`, error);
}

function bindRequest(route: BindingBody, request: HttpRequest, profile: Profile): BoundRequest {
  const contentType = headerValue(request.headers, "content-type");
  const takesForm = !route.body && hasFormFields(request, profile);
  const { query, body } = request;
  return takesForm ? { query, form: bodyText(body), contentType, body } : { query, contentType, body };
}

type BindingBody = Pick<BindingRule<unknown>, "body">;
