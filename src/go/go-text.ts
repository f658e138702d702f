/** Go source as text: enough of its tokens to find declarations and calls. Types are the compiler's. */
import type { Location } from "../diagnostics.js";

/** A file of Go source. */
export interface GoFile {
  /** Relative to the module's folder, with forward slashes. */
  readonly path: string;
  /** The path to show. */
  readonly displayPath: string;
  readonly text: string;
  /** The text with comments and the insides of literals blanked out: the same length, so that places agree. */
  readonly code: string;
  /** The name in its package clause. */
  readonly packageName: string;
  /** Import paths by the name that the file has for them. */
  readonly imports: ReadonlyMap<string, string>;
}

/** Reads the parts of a file that everything else asks for. */
export function goFile(path: string, displayPath: string, text: string): GoFile {
  const code = blankOut(text);
  const packageName = /^package\s+(\w+)/m.exec(code)?.[1] ?? "";
  return { path, displayPath, text, code, packageName, imports: readImports(text, code) };
}

const opaque = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'/g;

/** Replaces comments and the insides of literals by spaces. */
function blankOut(text: string): string {
  return text.replace(opaque, (token) => {
    const isComment = token.startsWith("/");
    const inside = token.slice(isComment ? 0 : 1, isComment ? undefined : -1).replace(/[^\n]/g, " ");
    return isComment ? inside : `${token.charAt(0)}${inside}${token.charAt(0)}`;
  });
}

/** Names without one of their own are taken from the path: a package is called as the last part of its path that is no version. */
function readImports(text: string, code: string): Map<string, string> {
  const imports = new Map<string, string>();
  const declarations = code.matchAll(/^import\s*(?:\(([^)]*)\)|[^\n]*)/gm);
  for (const declaration of declarations) {
    const source = text.slice(declaration.index, declaration.index + declaration[0].length);
    for (const [, name, path = ""] of source.matchAll(/(?:^|[\s(])(?:([\w.]+)\s+)?"([^"\n]+)"/g))
      imports.set(name ?? packageNameOf(path), path);
  }
  return imports;
}

/** The name that a package most likely has: `runtime` of github.com/grpc-ecosystem/grpc-gateway/v2/runtime. */
export function packageNameOf(importPath: string): string {
  const parts = importPath.split("/");
  const last = parts.at(-1) ?? "";
  const name = /^v\d+$/.test(last) ? (parts.at(-2) ?? last) : last;
  return name.replace(/^go-|-go$|\.v\d+$/g, "").replace(/\W/g, "_");
}

/** The place of some characters of a file. */
export function placeIn(
  { displayPath, text }: Pick<GoFile, "displayPath" | "text">,
  start: number,
  length: number,
): Location {
  const before = text.slice(0, start).split("\n");
  const line = before.length;
  const column = (before.at(-1) ?? "").length + 1;
  return { file: displayPath, line, column, endLine: line, endColumn: column + length };
}

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** The end of the bracket that opens at `open`, exclusive; the end of the text for one that stays open. */
export function bracketEnd(code: string, open: number): number {
  const expected: string[] = [];
  for (let at = open; at < code.length; at++) {
    const character = code.charAt(at);
    const close = closing[character];
    if (close !== undefined) expected.push(close);
    else if (character === expected.at(-1)) {
      expected.pop();
      if (expected.length === 0) return at + 1;
    }
  }
  return code.length;
}

/** A range of a text, the end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The arguments between the brackets of a call, without the white space around them. */
export function argumentsOf(code: string, open: number): Range[] {
  const end = bracketEnd(code, open) - 1;
  const ranges: Range[] = [];
  let start = open + 1;
  for (let at = open + 1; at <= end; at++) {
    const character = code.charAt(at);
    if (at < end && closing[character] !== undefined) at = bracketEnd(code, at) - 1;
    else if (at === end || character === ",") {
      ranges.push(trimmed(code, { start, end: at }));
      start = at + 1;
    }
  }
  return ranges.filter((range) => range.end > range.start);
}

function trimmed(code: string, { start, end }: Range): Range {
  const text = code.slice(start, end);
  const lead = text.length - text.trimStart().length;
  return { start: start + lead, end: start + lead + text.trim().length };
}
