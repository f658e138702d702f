/** Whether a request is in a form that is read, and its answer in one that the client takes. */
import { accepts } from "./accept.js";
import { type HttpRequest, type HttpResponse, headerValue, mediaType } from "../http.js";

/** What is looked at of a route. */
export interface MediaTypes {
  /** Whether the HTTP body is read. */
  readonly body: boolean;
  /** The body is taken as it is, whatever its type. */
  readonly takesRaw?: true;
  /** The body may be a binary message. */
  readonly takesBinary?: true;
  /** The body may be a form. */
  readonly takesForm?: true;
  /** What the body may be beside that. */
  readonly bodyTypes?: readonly string[];
  readonly isStream: boolean;
  /** The reply may be a binary message. */
  readonly encodeBinary?: unknown;
  /** The reply is the body itself, in its own type. */
  readonly encodeRaw?: unknown;
}

/** Makes the response of a gRPC code. */
export type Refuse = (code: number, message: string) => HttpResponse;

/** Looks at a request before it is decoded; a response, made with `refuse`, refuses it. */
export type CheckMediaTypes = (route: MediaTypes, request: HttpRequest, refuse: Refuse) => HttpResponse | undefined;

/** 415 for a body that isn't JSON, 406 for a client that doesn't take JSON; undefined when all is well. */
export function refuseMediaTypes(route: MediaTypes, request: HttpRequest, refuse: Refuse): HttpResponse | undefined {
  const type = mediaType(headerValue(request.headers, "content-type"));
  const isRead = route.body && route.takesRaw !== true && request.body.length > 0;
  if (isRead && type !== "" && !isTaken(type, route)) {
    const refused = refuse(3, "the body is not application/json");
    return { ...refused, status: 415, headers: [...refused.headers, ["Accept", "application/json"]] };
  }
  const accepted = request.headers["accept"] ?? [];
  const offered = route.isStream
    ? ["application/json", "application/x-ndjson", "text/event-stream"]
    : [
        "application/json",
        ...(route.encodeBinary === undefined ? [] : ["application/x-protobuf", "application/protobuf"]),
      ];
  if (route.encodeRaw !== undefined || offered.some((each) => accepts(accepted, each))) return undefined;
  return { ...refuse(3, `the answer is ${offered.join(" or ")}`), status: 406 };
}

function isTaken(type: string, route: MediaTypes): boolean {
  if (isJson(type) || route.bodyTypes?.includes(type) === true) return true;
  if (isBinary(type)) return route.takesBinary === true;
  return route.takesForm === true && /^(?:application\/x-www-form-urlencoded|multipart\/form-data)$/.test(type);
}

function isBinary(type: string): boolean {
  return type === "application/x-protobuf" || type === "application/protobuf";
}

function isJson(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}
