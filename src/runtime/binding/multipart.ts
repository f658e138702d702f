/** Bodies of multipart/form-data. https://www.rfc-editor.org/rfc/rfc7578 */
import { bufferView } from "../values/buffer-view.js";
import { DecodeError } from "../values/decode-error.js";
import type { QueryPair } from "../http.js";

/** Most parts of a body. */
const maxParts = 1000;

/** Most bytes of the headers of a part. */
const maxHeaderBytes = 8192;

/**
 * The parts by name, in order. Text stays text; a file (a part with a filename or of type application/octet-stream) is given in base64,
 * which is how parameters hold bytes. Throws DecodeError.
 */
export function readMultipart(bytes: Uint8Array, boundary: string): QueryPair[] {
  const body = bufferView(bytes);
  const delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
  // The first delimiter may be at the very beginning, without a line end in front.
  const opening = delimiter.subarray(2);
  let at = body.subarray(0, opening.length).equals(opening) ? opening.length : after(body, delimiter, 0);
  const pairs: QueryPair[] = [];
  while (body.toString("latin1", at, at + 2) !== "--") {
    if (pairs.length === maxParts) throw new DecodeError(`at most ${maxParts} parts`, "more");
    const start = after(body, Buffer.from("\r\n"), at);
    const end = body.indexOf(delimiter, Math.max(start - 2, 0));
    if (end < 0) throw new DecodeError("a part that ends with the boundary", "the end of the body");
    pairs.push(readPart(body.subarray(start, Math.max(end, start))));
    at = end + delimiter.length;
  }
  return pairs;
}

/** The offset behind the next `text`. */
function after(body: Buffer, text: Buffer, from: number): number {
  const at = body.indexOf(text, from);
  if (at < 0) throw new DecodeError("a part of the form", "the end of the body");
  return at + text.length;
}

function readPart(part: Buffer): QueryPair {
  const blank = part.indexOf("\r\n\r\n");
  if (blank < 0 || blank > maxHeaderBytes) throw new DecodeError("headers and an empty line in a part", "none");
  const headers = part.toString("utf8", 0, blank);
  const disposition = parametersOf(/^content-disposition:\s*form-data(;.*)$/im.exec(headers)?.[1] ?? "");
  const name = disposition.get("name");
  if (name === undefined) throw new DecodeError("a part with a name", "one without");
  const isFile =
    disposition.has("filename") ||
    disposition.has("filename*") ||
    /^content-type:\s*application\/octet-stream/im.test(headers);
  return [name.replaceAll("%22", '"'), part.toString(isFile ? "base64" : "utf8", blank + 4)];
}

/**
 * The parameters of a Content-Disposition by name, `;name="a"; filename=b`, up to the first malformed one. Each begins
 * where the one before ended: searching for names everywhere would read the rest of the text again for every quote
 * without an end.
 */
function parametersOf(text: string): ReadonlyMap<string, string> {
  const parameter = /;\s*([^\s;="]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))\s*/gy;
  const found = new Map<string, string>();
  for (const [, key = "", quoted, token = ""] of text.matchAll(parameter)) {
    const name = key.toLowerCase();
    if (!found.has(name)) found.set(name, quoted === undefined ? token : quoted.replace(/\\(.)/g, "$1"));
  }
  return found;
}
