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
    const { location } = message;
    const source = location === null ? undefined : compiled.get(resolve(root, location.file));
    if (location !== null && source !== undefined) message.location = originalPlace(location, source);
  }
}

/** A place that the map does not have is the beginning of the file. */
function originalPlace(location: Location, { code, text }: { readonly code: string; readonly text: string }): Location {
  const found = mapOf(code)?.findEntry(location.line - 1, location.column);
  const { originalLine = 0, originalColumn = 0 } = found ?? {};
  const lineText = text.split(/\r?\n/)[originalLine] ?? "";
  const column = Buffer.byteLength(lineText.slice(0, originalColumn));
  const length = Math.min(location.length, Buffer.byteLength(lineText) - column);
  return { ...location, line: originalLine + 1, column, length, lineText };
}

function mapOf(code: string): SourceMap | undefined {
  const [, encoded] = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(code) ?? [];
  if (encoded === undefined) return undefined;
  return new SourceMap(JSON.parse(Buffer.from(encoded, "base64").toString("utf8")));
}
