/** Writes long lines to a pipe that is full and does not block: node full-pipe.mjs <module of writeLine> <lines> <length>. */
import { pathToFileURL } from "node:url";

const [, , module, lines, length] = process.argv;
// A look at the stream makes the pipe one that does not block, as a line of the console does.
process.stdout.on("error", () => undefined);
const { writeLine } = await import(pathToFileURL(module).href);
for (let line = 0; line < Number(lines); line++) writeLine(`${line} ${"\u00e9".repeat(Number(length))}`);
