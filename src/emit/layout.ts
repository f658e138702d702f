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

/**
 * The member `key: test ? call : otherwise,` of an object literal: on one line, after a line break behind the key, or with
 * its branches on lines of their own.
 */
export function layOutConditional(key: string, test: string, call: Call, otherwise: string, indent: number): string[] {
  const value = `${test} ? ${callText(call)} : ${otherwise},`;
  if (indent + key.length + 2 + value.length <= lineWidth) return [`${key}: ${value}`];
  if (indent + 2 + value.length <= lineWidth) return [`${key}:`, `  ${value}`];
  const branch = layOutCall("? ", call, "", indent + 4).map(
    (line, index) => `${index === 0 ? "    " : "      "}${line}`,
  );
  return [`${key}:`, ...layOutTest(test, indent + 2).map((line) => `  ${line}`), ...branch, `    : ${otherwise},`];
}

/** A comparison on one line where it fits, else with its right side on a second one. */
function layOutTest(test: string, indent: number): string[] {
  const operator = test.lastIndexOf(" === ");
  if (indent + test.length <= lineWidth || operator < 0) return [test];
  return [test.slice(0, operator + 4), test.slice(operator + 5)];
}

/** The member `key: call,` of an object literal. */
export function layOutMember(key: string, call: Call, indent: number): string[] {
  if (indent + key.length + call.callee.length + 3 <= lineWidth) return layOutCall(`${key}: `, call, ",", indent);
  return [`${key}:`, ...layOutCall("", call, ",", indent + 2).map((line) => `  ${line}`)];
}

/** The member `key: text,` of an object literal. */
export function layOutText(key: string, text: string, indent: number): string[] {
  const line = `${key}: ${text},`;
  return indent + line.length <= lineWidth ? [line] : [`${key}:`, `  ${text},`];
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

/**
 * Lays out the assignment `line`, whose value ends in `call`: on one line, after a line break behind `=` for a call with one
 * short argument, or with an argument (a member of a `{ case, value }` literal) a line.
 */
export function layOutAssignment(line: string, call: Call, indent: number): string[] {
  if (indent + line.length <= lineWidth) return [line];
  const text = callText(call);
  const start = line.lastIndexOf(text);
  const head = line.slice(0, start);
  if (start < 0) return line.split(/(?<= =) /).map((part, index) => (index === 0 ? part : `  ${part}`));
  const union = /^(.*\{) (case: .*), value: $/.exec(head);
  if (union !== null) return [union[1] ?? "", `  ${union[2]},`, ...layOutCall("  value: ", call, ",", indent), "};"];
  if (call.args.length === 1)
    return [head.trimEnd(), ...layOutCall("", call, ";", indent + 2).map((each) => `  ${each}`)];
  return layOutCall(head, call, ";", indent);
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
