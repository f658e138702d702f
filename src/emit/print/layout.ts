/** Statements laid out as the formatter would, so that emitted code does not change when the user formats it. */
import { lineWidth } from "./code-file.js";

/** A call of a named function; arguments are further calls or expressions that no line break can go into. */
export interface Call {
  readonly callee: string;
  readonly args: readonly (string | Call)[];
}

/** A call whose arguments are plain expressions. */
export interface FlatCall extends Call {
  readonly args: readonly string[];
}

/** `callee(a, b)` on one line. */
export function callText({ callee, args }: Call): string {
  return `${callee}(${args.map((arg) => (typeof arg === "string" ? arg : callText(arg))).join(", ")})`;
}

/**
 * `head callee(args)end` on one line where it fits from column `indent`, else with an argument a line. `head` is what
 * precedes the call, its space included.
 */
export function layOutCall(head: string, call: Call, end: string, indent: number): string[] {
  const line = `${head}${callText(call)}${end}`;
  if (indent + line.length <= lineWidth || call.args.length === 0) return [line];
  return [`${head}${call.callee}(`, ...call.args.flatMap((arg) => layOutArgument(arg, indent)), `)${end}`];
}

function layOutArgument(arg: string | Call, indent: number): string[] {
  if (typeof arg === "string") return [`  ${arg},`];
  return layOutCall("", arg, ",", indent + 2).map((line) => `  ${line}`);
}

/** `export function name(parameter): type {`. */
export function layOutFunction(name: string, parameter: string, types: readonly string[]): string[] {
  const type = types.join(" | ");
  const lines = layOutCall("export function ", { callee: name, args: [parameter] }, `: ${type} {`, 0);
  if (types.length === 1 || (lines.at(-1) ?? "").length <= lineWidth) return lines;
  return [
    ...lines.slice(0, -1),
    "):",
    ...types.map((each, index) => `  | ${each}${index === types.length - 1 ? " {" : ""}`),
  ];
}
