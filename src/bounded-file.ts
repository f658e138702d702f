/** Reads files whose size nobody has promised: devices and pipes have none, and may have no end. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** The content of a file, or its size in words if it is too large: `1048577 bytes`. */
export type BoundedRead =
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | { readonly kind: "tooLarge"; readonly size: string };

/** Reads a file of at most `maximum` bytes; of a larger one no more than that, and one chunk. Errors of the system are thrown. */
export function readBounded(path: string, maximum: number): BoundedRead {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    if (size > maximum) return { kind: "tooLarge", size: `${size} bytes` };
    const chunks: Buffer[] = [];
    let length = 0;
    for (;;) {
      // A file says how large it is: one chunk, and one byte more to see its end.
      const chunk = Buffer.allocUnsafe(Math.max(chunkSize, size - length + 1));
      const read = readSync(file, chunk, 0, chunk.length, null);
      if (read === 0) return { kind: "bytes", bytes: Buffer.concat(chunks, length) };
      length += read;
      if (length > maximum) return { kind: "tooLarge", size: `more than ${maximum} bytes` };
      chunks.push(chunk.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
}

const chunkSize = 65_536;
