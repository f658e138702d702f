/** Reading the body of an answer in bounded memory. */
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { type AnswerBody, maxComparedBytes } from "./side.js";

/** Bytes after which a body is given up: nothing that a door or a gateway sends is larger. */
const mostBytes = 1024 * 1024 * 1024;

/** Reads a body to its end, its compression undone. Throws for a broken stream, and beyond a gigabyte. */
export async function readBody(stream: Readable, encoding: string | undefined): Promise<AnswerBody> {
  const hash = createHash("sha256");
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of inflate(stream, encoding)) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > mostBytes) throw new Error("the answer has more than a gigabyte");
    hash.update(bytes);
    if (length <= maxComparedBytes) chunks.push(bytes);
    else chunks.length = 0;
  }
  return length <= maxComparedBytes
    ? { kind: "bytes", bytes: Buffer.concat(chunks) }
    : { kind: "hash", sha256: hash.digest("hex"), length };
}

function inflate(stream: Readable, encoding: string | undefined): Readable {
  const decoder = decoders.get(encoding?.trim().toLowerCase() ?? "")?.();
  if (decoder === undefined) return stream;
  stream.on("error", (error) => decoder.destroy(error));
  return stream.pipe(decoder);
}

const decoders: ReadonlyMap<string, () => ReturnType<typeof createGunzip>> = new Map([
  ["gzip", createGunzip],
  ["x-gzip", createGunzip],
  ["deflate", createInflate],
  ["br", createBrotliDecompress],
]);
