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
  const line = Buffer.from(`${text}\n`);
  let written = 0;
  for (let waited = 0; written < line.length && waited < patience; waited++) {
    try {
      written += fs.writeSync(1, line, written);
      waited = 0;
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
  if (written < line.length) process.stdout.write(line.subarray(written));
}
