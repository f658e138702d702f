/** The pieces that results for front doors are made of. */
import { bodyBytes, type HttpResponse } from "./http.js";
import { statusResponse } from "./respond.js";

/** Lambda's limit for a result, in bytes of JSON; some are kept for the envelope and the headers. */
const maxResultBytes = 6_291_556 - 65_536;

/** A body as results carry it. */
export interface ResultBody {
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A response of which nothing is left to come. */
export type CompleteResponse = HttpResponse & { readonly body: string | Uint8Array };

/** Waits for the pieces of a streamed response, for doors that can only take it whole. */
export async function completeResponse(response: HttpResponse): Promise<CompleteResponse> {
  const { body } = response;
  if (typeof body === "string" || body instanceof Uint8Array) return { ...response, body };
  const texts: string[] = [];
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > maxResultBytes) return tooLarge();
    if (typeof piece === "string" && pieces.length === 0) texts.push(piece);
    else pieces.push(...(pieces.length === 0 ? texts.map((text) => bodyBytes(text)) : []), bodyBytes(piece));
  }
  return { ...response, body: pieces.length === 0 ? texts.join("") : Buffer.concat(pieces) };
}

/** The response, or RESOURCE_EXHAUSTED for one that Lambda would refuse and answer with an opaque error. */
export function fitResult(response: CompleteResponse): CompleteResponse {
  if (response.body.length <= maxResultBytes / 6) return response;
  const { body } = resultBody(response.body);
  return Buffer.byteLength(JSON.stringify(body)) <= maxResultBytes ? response : tooLarge();
}

function tooLarge(): CompleteResponse {
  const message = "the response is larger than the 6 MB that AWS Lambda can return";
  const { status, headers } = statusResponse({ code: 8, message, details: [] });
  return { status, headers, body: JSON.stringify({ code: 8, message, details: [] }) };
}

/** Text as it is; bytes in base64. */
export function resultBody(body: string | Uint8Array): ResultBody {
  if (typeof body === "string") return { body, isBase64Encoded: false };
  return { body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("base64"), isBase64Encoded: true };
}
