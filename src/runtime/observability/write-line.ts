/**
 * Lines on the standard output. They do not go through `console`: Lambda's client would put a prefix before them, or nest
 * their fields below `message`.
 */

const fs = process.getBuiltinModule("node:fs");

/** Milliseconds for which a full pipe is waited for. */
const patience = 1000;

/**
 * Writes a line at once, because a process may be frozen at any time after its answer. If another part of the process has made the pipe
 * non-blocking, as a line of the console does, it may take a part of the line, or nothing until somebody reads.
 */
export function writeLine(text: string): void {
  const line = `${text}\n`;
  const written = tryToWrite(line);
  if (written < Buffer.byteLength(line)) writeRest(Buffer.from(line), written);
}

function writeRest(line: Buffer, begun: number): void {
  let written = begun;
  for (let waited = 0; written < line.length && waited < patience; waited++) {
    const count = tryToWrite(line.subarray(written));
    written += count;
    if (count > 0) waited = 0;
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  }
  if (written < line.length) process.stdout.write(line.subarray(written));
}

/** The bytes that were written; 0 if the pipe takes none now. */
function tryToWrite(part: string | Buffer): number {
  try {
    return typeof part === "string" ? fs.writeSync(1, part) : fs.writeSync(1, part);
  } catch {
    return 0;
  }
}
