/** The pieces that results for front doors are made of. */
import { bufferView } from "../values/buffer-view.js";
import { bodyBytes, type HttpResponse, isWhole } from "../http.js";

/** How large a result may be. */
export interface PayloadLimit {
  /** Of the result as JSON. */
  readonly bytes: number;
  /** For messages: `the 6 MB that AWS Lambda can return`. */
  readonly description: string;
}

/** Lambda's limit for a result, as its own error message states it. */
export const lambdaLimit: PayloadLimit = { bytes: 6_291_556, description: "the 6 MB that AWS Lambda can return" };

/** A body as results carry it. */
export interface ResultBody {
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A response of which nothing is left to come. */
export type CompleteResponse = Omit<HttpResponse, "body"> & { readonly body: string | Uint8Array };

/**
 * The response with all pieces of a streamed body, for doors that can only take it whole. With more than `maxBytes` the handler is
 * stopped at once, and there is no response.
 */
export function completeResponse(
  response: HttpResponse,
  maxBytes: number,
): CompleteResponse | Promise<CompleteResponse | undefined> {
  const { body } = response;
  return isWhole(body) ? { ...response, body } : collectPieces(response, body, maxBytes);
}

async function collectPieces(
  response: HttpResponse,
  body: AsyncIterable<string | Uint8Array>,
  maxBytes: number,
): Promise<CompleteResponse | undefined> {
  const pieces: (string | Uint8Array)[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > maxBytes) return undefined;
    pieces.push(piece);
  }
  return { ...response, body: joinPieces(pieces) };
}

/** Text stays text; a single piece of bytes makes the whole bytes. */
function joinPieces(pieces: readonly (string | Uint8Array)[]): string | Uint8Array {
  const texts = pieces.filter((piece) => typeof piece === "string");
  return texts.length === pieces.length ? texts.join("") : Buffer.concat(pieces.map(bodyBytes));
}

/** Text as it is; bytes in base64. */
export function resultBody(body: string | Uint8Array): ResultBody {
  if (typeof body === "string") return { body, isBase64Encoded: false };
  return { body: bufferView(body).toString("base64"), isBase64Encoded: true };
}
