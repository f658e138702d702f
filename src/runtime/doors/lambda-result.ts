/** The parts of results for front doors. */
import { bufferView } from "../values/buffer-view.js";
import { bodyBytes, type HttpResponse, isWhole } from "../http.js";

/** The limit of a result's size. */
export interface PayloadLimit {
  /** Most bytes of the result as JSON. */
  readonly bytes: number;
  /** The limit in messages: `the 6 MB that AWS Lambda can return`. */
  readonly description: string;
}

/** Lambda's limit for a result, as its own error message states it. */
export const lambdaLimit: PayloadLimit = { bytes: 6_291_556, description: "the 6 MB that AWS Lambda can return" };

/** The body of a result. */
export interface ResultBody {
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A response whose body is complete. */
export type CompleteResponse = Omit<HttpResponse, "body"> & { readonly body: string | Uint8Array };

/**
 * The response with all pieces of a streamed body, for doors that accept it only as a whole. Beyond `maxBytes` the
 * handler is stopped at once, and there is no response.
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

/** Joins the pieces: to text if all are text, else to bytes. */
function joinPieces(pieces: readonly (string | Uint8Array)[]): string | Uint8Array {
  const texts = pieces.filter((piece) => typeof piece === "string");
  return texts.length === pieces.length ? texts.join("") : Buffer.concat(pieces.map(bodyBytes));
}

/** The body of a result: text unchanged, bytes in base64. */
export function resultBody(body: string | Uint8Array): ResultBody {
  if (typeof body === "string") return { body, isBase64Encoded: false };
  return { body: bufferView(body).toString("base64"), isBase64Encoded: true };
}
