/**
 * Lines on the standard output. They do not go through `console`: Lambda's client would put a prefix before them, or nest
 * their fields below `message`.
 */

/** Writes a line at once, because a process may be frozen at any time after its answer. */
export function writeLine(text: string): void {
  const line = `${text}\n`;
  try {
    process.getBuiltinModule("node:fs").writeSync(1, line);
  } catch {
    // The pipe is full, and another part of the process has made it non-blocking.
    process.stdout.write(line);
  }
}
