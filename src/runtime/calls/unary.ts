/** Unary RPCs. */
import { boundRoute } from "./bound-route.js";
import type { Call } from "./call.js";
import { encodeReply } from "./encode-reply.js";
import type { Endpoint } from "./endpoint.js";
import type { HttpResponse } from "../http.js";
import { replyHeaders } from "./reply-headers.js";
import { jsonResponse, rawResponse, statusResponse } from "./respond.js";
import type { Binding, BoundRequest, Rpc, UnaryHandler } from "../rpc.js";
import { statusOf } from "../status.js";

/** The endpoint of an RPC with its handler. */
export function unary<Request, Reply>(rpc: Rpc<Request, Reply>, handler: UnaryHandler<Request, Reply>): Endpoint {
  const routes = rpc.bindings.map((binding, index) =>
    boundRoute(rpc, binding, index, (http, captures, call) => answer(rpc, binding, handler, http, captures, call)),
  );
  return { profile: rpc.profile, routes };
}

async function answer<Request, Reply>(
  { successStatus = 200 }: Pick<Rpc<Request, Reply>, "successStatus">,
  binding: Binding<Request, Reply>,
  handler: UnaryHandler<Request, Reply>,
  http: BoundRequest,
  captures: readonly string[],
  { context, headers: { outgoing }, invocation, isOver, expired }: Call,
): Promise<HttpResponse> {
  const request = binding.decode(http, ...captures);
  if (isOver) return expired;
  try {
    const reply = await handler(request, context);
    const headers = replyHeaders(context, outgoing);
    if (successStatus === 204) return { status: 204, headers, body: "" };
    if ("encodeRaw" in binding) return rawResponse(binding.encodeRaw(reply), headers, successStatus);
    const binary = binding.encodeBinary?.(reply, context.http);
    if (binary !== undefined) return rawResponse(binary, headers, successStatus);
    return jsonResponse(encodeReply(binding.encode, reply), headers, successStatus);
  } catch (error) {
    const status = statusOf(error);
    if (!status.isPublic) throw error;
    invocation.error = error;
    if (status.metadata !== undefined) context.trailer.merge(status.metadata);
    return statusResponse(status, replyHeaders(context, outgoing));
  }
}
