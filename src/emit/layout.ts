/** Statements laid out as the formatter would, so that emitted code does not change when the user formats it. */
import { type Lines, lineWidth } from "./code-file.js";

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

/** Statements at column `indent` (nested blocks two deeper each), with those broken that don't fit. */
export function breakStatements(lines: readonly Lines[], indent: number): Lines[] {
  return lines.flatMap((line): Lines[] => {
    if (typeof line !== "string") return [breakStatements(line, indent + 2)];
    if (line.length + indent <= lineWidth) return [line];
    return line.startsWith("if (") ? breakGuard(line, indent) : breakAssignment(line, indent);
  });
}

/** `if (test) statement;`: the statement goes to a line of its own, and each term of a test that is still too long. */
function breakGuard(line: string, indent: number): Lines[] {
  const [, test, statement] = /^if \((.*)\) ([^()]+ = .*;|\w+\([^()]*\);)$/.exec(line) ?? [];
  if (test === undefined || statement === undefined) return [line];
  if (test.length + 5 + indent <= lineWidth) return [`if (${test})`, breakStatements([statement], indent + 2)];
  const terms = test.split(" || ");
  const broken = terms.flatMap((term, index) =>
    breakTerm(index === terms.length - 1 ? term : `${term} ||`, indent + 2),
  );
  return ["if (", broken, ")", breakStatements([statement], indent + 2)];
}

/** `(a && b) ||` on two lines where it doesn't fit on one. */
function breakTerm(term: string, indent: number): Lines[] {
  const at = term.indexOf(" && ");
  if (term.length + indent <= lineWidth || at === -1) return [term];
  return [term.slice(0, at + 3), [term.slice(at + 4)]];
}

/**
 * `place = call(argument);`: behind the parenthesis when what is before it fits, else behind the equals sign, which is also
 * where `place = value;` breaks. Any other line is left alone.
 */
function breakAssignment(line: string, indent: number): Lines[] {
  const push = /^(\(.*\)\.push\()(.*)\);$/.exec(line);
  if (push !== null) return [push[1] ?? "", [`${push[2]},`], ");"];
  const plain = /^([\w.]+ =) ([\w.]+;)$/.exec(line);
  if (plain !== null) return [plain[1] ?? "", [plain[2] ?? ""]];
  const [, place, callee, argument] = /^(.*? =) (\w+\()(.*)\);$/.exec(line) ?? [];
  if (place === undefined || callee === undefined || argument === undefined) return [line];
  if (place.length + 1 + callee.length + indent <= lineWidth) return [`${place} ${callee}`, [`${argument},`], ");"];
  const rest = `${callee}${argument});`;
  if (rest.length + indent + 2 <= lineWidth) return [place, [rest]];
  return [place, [callee, [`${argument},`], ");"]];
}
