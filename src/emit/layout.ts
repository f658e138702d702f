/** Statements laid out as the formatter would, so that emitted code does not change when the user formats it. */
import { lineWidth } from "./code-file.js";

/** A call of a named function with arguments that have no structure of their own. */
export interface Call {
  readonly callee: string;
  readonly args: readonly string[];
}

/** `callee(a, b)` on one line. */
export function callText({ callee, args }: Call): string {
  return `${callee}(${args.join(", ")})`;
}

/**
 * `head callee(args)end` on one line where it fits from column `indent`, else with an argument a line. `head` is what
 * precedes the call, its space included.
 */
export function layOutCall(head: string, call: Call, end: string, indent: number): string[] {
  const line = `${head}${callText(call)}${end}`;
  if (indent + line.length <= lineWidth || call.args.length === 0) return [line];
  return [`${head}${call.callee}(`, ...call.args.map((arg) => `  ${arg},`), `)${end}`];
}

/**
 * The member `key: test ? call : otherwise,` of an object literal: on one line, after a line break behind the key, or with
 * its branches on lines of their own.
 */
export function layOutConditional(key: string, test: string, call: Call, otherwise: string, indent: number): string[] {
  const value = `${test} ? ${callText(call)} : ${otherwise},`;
  if (indent + key.length + 2 + value.length <= lineWidth) return [`${key}: ${value}`];
  if (indent + 2 + value.length <= lineWidth) return [`${key}:`, `  ${value}`];
  const branch = layOutCall("? ", call, "", indent + 4).map((line) => `    ${line}`);
  return [`${key}:`, `  ${test}`, ...branch, `    : ${otherwise},`];
}
