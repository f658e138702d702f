/** Places in sources for places in what was compiled of them. */
import { SourceMap } from "node:module";
import { resolve } from "node:path";
import type { Location, Message } from "esbuild";

/** Corrects the places of messages about files in `compiled`, by absolute path, whose code ends with its source map. Paths are relative to `root`. */
export function restorePlaces(
  messages: readonly Message[],
  root: string,
  compiled: ReadonlyMap<string, { readonly code: string; readonly text: string }>,
): void {
  for (const message of messages) {
    const source = sourceOf(message, root, compiled);
    if (message.location !== null && source !== undefined) message.location = originalPlace(message.location, source);
  }
}

/** The compiled file that a message is about. */
export function sourceOf<Source>(
  { location }: Message,
  root: string,
  compiled: ReadonlyMap<string, Source>,
): Source | undefined {
  return location === null ? undefined : compiled.get(resolve(root, location.file));
}

/** A place that the map does not have is the beginning of the file. */
function originalPlace(location: Location, { code, text }: { readonly code: string; readonly text: string }): Location {
  const line = Buffer.from(location.lineText);
  // What was added to a line repeats the name of a module that the line has.
  const column = line.indexOf(line.subarray(location.column, location.column + location.length));
  const found = mapOf(code)?.findEntry(location.line - 1, line.subarray(0, column).toString("utf8").length);
  const { originalLine = 0, originalColumn = 0 } = found ?? {};
  const lineText = text.split(/\r?\n/)[originalLine] ?? "";
  const start = Buffer.byteLength(lineText.slice(0, originalColumn));
  const length = Math.min(location.length, Buffer.byteLength(lineText) - start);
  return { ...location, line: originalLine + 1, column: start, length, lineText };
}

function mapOf(code: string): SourceMap | undefined {
  const [, encoded] = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(code) ?? [];
  if (encoded === undefined) return undefined;
  return new SourceMap(JSON.parse(Buffer.from(encoded, "base64").toString("utf8")));
}
