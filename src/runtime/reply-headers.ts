/** The metadata of a reply as response headers. */
import { headerValue } from "./http.js";
import { type Header, metadataHeaders, metadataText } from "./respond.js";
import type { Context } from "./rpc.js";

/** The header for a key of the reply's metadata, or undefined to drop it. */
export type OutgoingMatcher = (key: string) => string | undefined;

/**
 * Header metadata, and trailer metadata for clients that ask for it (TE: trailers). Behind API Gateway there are no HTTP
 * trailers, so those arrive as ordinary headers.
 */
export function replyHeaders(context: Context, matcher: OutgoingMatcher | undefined): Header[] {
  const headers =
    matcher === undefined ? metadataHeaders(context.header, "Grpc-Metadata-") : matchedHeaders(context, matcher);
  if (!headerValue(context.http.headers, "te").toLowerCase().includes("trailers")) return headers;
  return [...headers, ...metadataHeaders(context.trailer, "Grpc-Trailer-")];
}

/** A name that is no header's, or the type of the body, is left out. */
function matchedHeaders({ header }: Context, matcher: OutgoingMatcher): Header[] {
  return Object.keys(header.getMap()).flatMap((key) => {
    const name = matcher(key);
    if (name === undefined || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || /^content-type$/i.test(name)) return [];
    return header.get(key).map((value): Header => [name, metadataText(value)]);
  });
}
