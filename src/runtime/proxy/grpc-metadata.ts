/** Metadata of gRPC as header fields of HTTP/2, and back. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md */
import { isMetadataKey, isMetadataText, type Metadata, type MetadataSource } from "../metadata.js";

/** Fields that a client sets itself, or that belong to one connection. https://www.rfc-editor.org/rfc/rfc9110#name-connection */
const own =
  /^(?:grpc-.*|connection|content-(?:length|type)|host|http2-settings|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|user-agent)$/;

/** Header fields that carry metadata. Keys that gRPC and HTTP/2 have for themselves are left out. */
export function metadataFields(metadata: MetadataSource): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const key of Object.keys(metadata.getMap())) {
    if (own.test(key)) continue;
    const values = metadata
      .get(key)
      .map((value) => (typeof value === "string" ? value : value.toString("base64").replace(/=+$/, "")));
    fields[key] = single.test(key) ? values.join(", ") : values;
  }
  return fields;
}

/** Fields of metadata for which Node refuses a list. https://nodejs.org/api/http2.html#headers-object */
const single =
  /^(?:age|(?:proxy-)?authorization|content-(?:encoding|language|location|md5|range)|date|dnt|etag|expires|from|if-.*|last-modified|location|max-forwards|range|referer|retry-after|tk|upgrade-insecure-requests|x-content-type-options)$/;

/** Fields by which a connection describes itself: functions that answer themselves do not send them either. */
const reserved = /^(?:content-type|date|grpc-(?:accept-encoding|encoding|message|status))$/;

/** Adds the metadata in header fields: names and values in turn, as they came. */
export function addFields(metadata: Metadata, raw: readonly string[]): void {
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const key = (raw[at] ?? "").toLowerCase();
    const value = raw[at + 1] ?? "";
    if (!isMetadataKey(key) || reserved.test(key)) continue;
    if (key.endsWith("-bin")) for (const part of value.split(",")) metadata.add(key, Buffer.from(part, "base64"));
    else if (isMetadataText(value)) metadata.add(key, value);
  }
}
