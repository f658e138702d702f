/** The user's files, line by line, for excerpts. */
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";

/** Gives a line (1-based) of a file that a diagnostic names, or undefined when it cannot be had. */
export type SourceLines = (file: string, line: number) => string | undefined;

/** A larger file is reported without excerpt. */
const maximumBytes = 64 * 1024 * 1024;

/** Reads lines of files relative to `cwd`; each file once. */
export function readSourceLines(cwd: string): SourceLines {
  const files = new Map<string, readonly string[]>();
  return (file, line) => {
    const lines = files.get(file) ?? readLines(resolve(cwd, file));
    files.set(file, lines);
    return lines[line - 1];
  };
}

function readLines(path: string): readonly string[] {
  try {
    const stats = statSync(path);
    if (!stats.isFile() || stats.size > maximumBytes) return [];
    return readFileSync(path, "utf8")
      .replace(/^\ufeff/, "")
      .split(/\r\n|\n|\r/);
  } catch {
    return []; // An excerpt is a help, not the finding.
  }
}
