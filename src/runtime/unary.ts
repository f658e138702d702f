/** Unary RPCs. */
import type { Endpoint, Route } from "./endpoint.js";
import { type HttpResponse, headerValue } from "./http.js";
import { type Header, jsonResponse, metadataHeaders, rawResponse, statusResponse } from "./respond.js";
import type { Binding, BoundRequest, Context, Rpc, UnaryHandler } from "./rpc.js";
import { statusOf } from "./status.js";

/** An RPC with the function that implements it. */
export function unary<Request, Reply>(rpc: Rpc<Request, Reply>, handler: UnaryHandler<Request, Reply>): Endpoint {
  const routes = rpc.bindings.map(
    (binding): Route => ({
      ...binding,
      service: rpc.service,
      method: rpc.method,
      isStream: false,
      answer: (http, captures, { context }) => answer(binding, handler, http, captures, context),
    }),
  );
  return { profile: rpc.profile, routes };
}

async function answer<Request, Reply>(
  binding: Binding<Request, Reply>,
  handler: UnaryHandler<Request, Reply>,
  http: BoundRequest,
  captures: readonly string[],
  context: Context,
): Promise<HttpResponse> {
  const request = binding.decode(http, ...captures);
  try {
    const reply = await handler(request, context);
    const headers = replyHeaders(context);
    if ("encodeRaw" in binding) return rawResponse(binding.encodeRaw(reply), headers);
    return jsonResponse(binding.encode(reply), headers);
  } catch (error) {
    const status = statusOf(error);
    if (!status.isPublic) throw error;
    if (status.metadata !== undefined) context.trailer.merge(status.metadata);
    return statusResponse(status, replyHeaders(context));
  }
}

/**
 * Header metadata, and trailer metadata for clients that ask for it (TE: trailers). Behind API Gateway there are no HTTP
 * trailers, so those arrive as ordinary headers.
 */
export function replyHeaders(context: Context): Header[] {
  const headers = metadataHeaders(context.header, "Grpc-Metadata-");
  if (!headerValue(context.http.headers, "te").toLowerCase().includes("trailers")) return headers;
  return [...headers, ...metadataHeaders(context.trailer, "Grpc-Trailer-")];
}
