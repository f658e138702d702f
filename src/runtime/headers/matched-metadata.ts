/** Metadata by a matcher that may choose any key, including keys of binary values. */
import type { Metadata } from "../metadata.js";
import { addTexts, collectMetadata, type HeaderMatcher, type MetadataRequest } from "../request-metadata.js";
import { RpcError } from "../status.js";

/** Collects the metadata of a request. Throws INVALID_ARGUMENT for a binary value that isn't base64. */
export function matchedMetadata(request: MetadataRequest, matcher: HeaderMatcher): Metadata {
  return collectMetadata(request, matcher, addValues);
}

function addValues(metadata: Metadata, key: string, values: readonly string[], header: string): void {
  if (!key.endsWith("-bin")) {
    addTexts(metadata, key, values);
    return;
  }
  // A door may have joined several headers.
  for (const value of values) for (const text of value.split(",")) metadata.add(key, decodeBinary(header, text.trim()));
}

/** Decodes standard base64, padded or not. */
function decodeBinary(header: string, text: string): Buffer {
  const digits = text.replace(/={1,2}$/, "");
  const isPadded = digits.length !== text.length;
  if (/^[A-Za-z0-9+/]*$/.test(digits) && digits.length % 4 !== 1 && !(isPadded && text.length % 4 !== 0)) {
    return Buffer.from(digits, "base64");
  }
  throw new RpcError("INVALID_ARGUMENT", `invalid binary header ${header}`);
}
