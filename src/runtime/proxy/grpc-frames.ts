/**
 * Messages of gRPC in the data of an HTTP/2 stream: a byte that says whether the message is compressed, its length in four bytes, and the
 * message. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests
 */
import { failed } from "./grpc-failure.js";

/** Most bytes of a message, as in grpc-go and grpc-js. */
export const maxMessageBytes = 4 * 1024 * 1024;

const headBytes = 5;

/** The frame of an uncompressed message. */
export function frameMessage(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(headBytes + message.length);
  frame[0] = 0;
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, headBytes);
  return frame;
}

/**
 * Yields the messages in the pieces of a stream. `encoding` gives the compression that the response's header names. Throws
 * RESOURCE_EXHAUSTED for a message that is too large, compressed or not, and INTERNAL for one that is malformed.
 */
export async function* readMessages(
  pieces: AsyncIterable<Buffer>,
  encoding: () => string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const held = holdBytes();
  let head: Buffer | undefined;
  for await (const piece of pieces) {
    held.add(piece);
    while (true) {
      head ??= held.take(headBytes);
      if (head === undefined) break;
      const length = head.readUInt32BE(1);
      if (length > maxMessageBytes) throw tooLarge(length);
      const message = held.take(length);
      if (message === undefined) break;
      yield head[0] === 0 ? message : inflate(message, encoding());
      head = undefined;
    }
  }
}

function tooLarge(length: number | string): unknown {
  return failed("RESOURCE_EXHAUSTED", `received message larger than max (${length} vs. ${maxMessageBytes})`);
}

function inflate(message: Buffer, encoding: string): Buffer {
  if (encoding !== "gzip") throw failed("INTERNAL", `the reply is compressed by "${encoding}", expected gzip`);
  try {
    return process.getBuiltinModule("node:zlib").gunzipSync(message, { maxOutputLength: maxMessageBytes });
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge("compressed");
    throw failed("INTERNAL", "the reply could not be decompressed", error);
  }
}

/** Bytes that have arrived. Pieces are joined once, when a message is complete: joining at each piece would take time by the square. */
interface HeldBytes {
  readonly add: (piece: Buffer) => void;
  /** Takes the first `length` bytes; undefined if fewer have arrived. */
  readonly take: (length: number) => Buffer | undefined;
}

function holdBytes(): HeldBytes {
  let pieces: Buffer[] = [];
  let size = 0;
  return {
    add: (piece) => {
      pieces.push(piece);
      size += piece.length;
    },
    take: (length) => {
      if (size < length) return undefined;
      const [only] = pieces;
      const all = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
      size -= length;
      pieces = size === 0 ? [] : [all.subarray(length)];
      return all.subarray(0, length);
    },
  };
}
