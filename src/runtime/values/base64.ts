/** base64 in JSON and in URLs, as Go's encoding/base64 reads it for grpc-gateway. */

/**
 * Tells whether a text is base64 of the standard or the URL-safe alphabet, in lines or not. Its whole length, including
 * line breaks, decides whether it has to be padded.
 */
export function isBase64(text: string): boolean {
  if (!/^(?:[A-Za-z0-9+/\r\n]*|[A-Za-z0-9_\r\n-]*)(?:=[\r\n]*){0,2}$/.test(text)) return false;
  const joined = /[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, "") : text;
  const isPadded = text.length % 4 === 0;
  return isPadded ? joined.length % 4 === 0 : joined.length % 4 !== 1 && !joined.endsWith("=");
}
