/** Metadata of gRPC as header fields of HTTP/2, and back. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md */
import { isMetadataKey, isMetadataText, type Metadata, type MetadataSource } from "../metadata.js";

/** Fields that a client sets itself, or that belong to one connection. https://www.rfc-editor.org/rfc/rfc9110#name-connection */
const own: ReadonlySet<string> = new Set(
  "connection content-length content-type host http2-settings keep-alive proxy-connection te trailer transfer-encoding upgrade user-agent".split(
    " ",
  ),
);

/** Header fields that carry metadata. Keys that gRPC and HTTP/2 have for themselves are left out. */
export function metadataFields(metadata: MetadataSource): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const key of Object.keys(metadata.getMap())) {
    if (own.has(key) || key.startsWith("grpc-")) continue;
    const [first = "", ...more] = metadata
      .get(key)
      .map((value) => (typeof value === "string" ? value : value.toString("base64").replace(/=+$/, "")));
    // One value is no list: Node refuses lists for fields such as authorization.
    fields[key] = more.length === 0 ? first : singleFields.has(key) ? [first, ...more].join(", ") : [first, ...more];
  }
  return fields;
}

/** Fields of metadata for which Node refuses a list. https://nodejs.org/api/http2.html#headers-object */
const singleFields: ReadonlySet<string> = new Set(
  "age authorization content-encoding content-language content-location content-md5 content-range date dnt etag expires from if-match if-modified-since if-none-match if-range if-unmodified-since last-modified location max-forwards proxy-authorization range referer retry-after tk upgrade-insecure-requests x-content-type-options".split(
    " ",
  ),
);

/** Fields by which a connection describes itself: functions that answer themselves do not send them either. */
const reserved: ReadonlySet<string> = new Set(
  "content-type date grpc-accept-encoding grpc-encoding grpc-message grpc-status".split(" "),
);

/** Adds the metadata in header fields: names and values in turn, as they came. */
export function addFields(metadata: Metadata, raw: readonly string[]): void {
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const key = (raw[at] ?? "").toLowerCase();
    const value = raw[at + 1] ?? "";
    if (!isMetadataKey(key) || reserved.has(key)) continue;
    if (key.endsWith("-bin")) for (const part of value.split(",")) metadata.add(key, Buffer.from(part, "base64"));
    else if (isMetadataText(value)) metadata.add(key, value);
  }
}
