/** The metadata of a reply as response headers. */
import { headerValue } from "../http.js";
import type { Metadata } from "../metadata.js";
import { type Header, metadataHeaders } from "./respond.js";
import type { Context } from "../rpc.js";

/** Turns header metadata into headers. */
export type OutgoingHeaders = (metadata: Metadata) => Header[];

/**
 * Headers of a reply: its header metadata, and its trailer metadata for clients that ask for it (TE: trailers). API
 * Gateway passes no HTTP trailers, so these arrive as ordinary headers.
 */
export function replyHeaders(context: Context, outgoing: OutgoingHeaders | undefined): Header[] {
  const headers = (outgoing ?? prefixed)(context.header);
  if (!headerValue(context.http.headers, "te").toLowerCase().includes("trailers")) return headers;
  return [...headers, ...metadataHeaders(context.trailer, "Grpc-Trailer-")];
}

function prefixed(metadata: Metadata): Header[] {
  return metadataHeaders(metadata, "Grpc-Metadata-");
}
