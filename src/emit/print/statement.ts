/** Statements of emitted code: each is a line that breaks where the formatter would break it, or a head with a block. */
import { type Lines, lineWidth, type Statement } from "./code-file.js";
import {
  commaSeparated,
  type Document,
  flatText,
  group,
  inBrackets,
  indent,
  lazy,
  line,
  softLine,
  trailingComma,
} from "./document.js";
import type { Expression } from "./expression.js";
import { textOf } from "./expression-text.js";
import { layOut, layOutAssignment, layOutResult, layOutTest } from "./lay-out.js";
import { unionType } from "./type.js";

function expressionOf(value: Expression): Document {
  return lazy(textOf(value), () => layOut(value));
}

function assignment(place: Expression, operator: string, value: Expression): Document {
  const text = `${textOf(place)}${operator} ${textOf(value)}`;
  return lazy(text, () => layOutAssignment(layOut(place), operator, value));
}

function resultOf(value: Expression): Document {
  return lazy(textOf(value), () => layOutResult(value));
}

/** `const name: type = value;` */
export function constant(name: string, value: Expression, type?: string): Statement {
  return { document: [assignment(`const ${typed(name, type)}`, " =", value), ";"] };
}

/** `let name: type = value;` */
export function variable(name: string, value: Expression, type?: string): Statement {
  return { document: [assignment(`let ${typed(name, type)}`, " =", value), ";"] };
}

/**
 * `place = {` … `};`, of whose object the lines are the members. Where its brace does not fit behind the place, the object goes below:
 * always, or only if all of the place fits into its line (`ifWhole`), or never, so that the place breaks instead.
 */
export function assignObject(
  place: Document,
  members: readonly Lines[],
  goesBelow: "always" | "ifWhole" | "never",
): Lines[] {
  const width = flatText(place).length + " =".length;
  const isWhole = goesBelow === "always" || (goesBelow === "ifWhole" && width <= lineWidth);
  if (isWhole && width + " {".length > lineWidth) return [{ document: [place, " ="] }, ["{", members, "};"]];
  return [{ document: [place, " = {"] }, members, "};"];
}

/** `export` in front of a declaration. */
export function exported({ document }: Statement): Statement {
  return { document: ["export ", document] };
}

function typed(name: string, type: string | undefined): string {
  return type === undefined ? name : `${name}: ${type}`;
}

/** `place = value;`, or with another operator of assignment. */
export function assign(place: Expression, value: Expression, operator: "=" | "??=" = "="): Statement {
  return { document: [assignment(place, ` ${operator}`, value), ";"] };
}

/** `expression;` */
export function run(expression: Expression): Statement {
  return { document: [expressionOf(expression), ";"] };
}

/** `return value;` */
export function returns(value: Expression): Statement {
  return { document: ["return ", resultOf(value), ";"] };
}

/** `throw value;` */
export function throws(value: Expression): Statement {
  return { document: ["throw ", resultOf(value), ";"] };
}

/** The line `key: value,` of an object literal that is written over several lines; the key is source text. */
export function memberLine(key: string, value: Expression): Statement {
  return { document: [assignment(key, ":", value), ","] };
}

/** `else delete place;`, behind a guard. */
export function otherwiseDelete(place: Expression): Statement {
  const target =
    typeof place === "object" && place.kind === "member"
      ? [layOut(place.object), group(indent([softLine, place.access]))]
      : layOut(place);
  return { document: group(["else", indent([line, "delete ", target, ";"])]) };
}

/** `if (test) {` … `}`, or `} else {` … `}`, or `} else statement`. */
export function when(test: Expression, lines: readonly Lines[], otherwise?: readonly Lines[] | Statement): Lines[] {
  return whenFirst([[test, lines]], otherwise);
}

/** `if (test) {` … `} else if (test) {` … `} else {` … `}` */
export function whenFirst(
  branches: readonly (readonly [test: Expression, lines: readonly Lines[]])[],
  otherwise?: readonly Lines[] | Statement,
): Lines[] {
  const tested = branches.flatMap(([test, lines], index): Lines[] => [
    { document: group([index === 0 ? "if (" : "} else if (", testParts(test), ") {"]) },
    lines,
  ]);
  if (otherwise === undefined) return [...tested, "}"];
  if ("document" in otherwise) return [...tested, { document: ["} else", group(indent([line, otherwise.document]))] }];
  return [...tested, "} else {", otherwise, "}"];
}

/** The line `value,` of a list that is written over several lines. */
export function item(value: Expression): Statement {
  return { document: [expressionOf(value), ","] };
}

/** The member `key: (parameters) => {` … `},` of such an object literal. */
export function memberFunction(key: string, parameters: readonly string[], lines: readonly Lines[]): Lines[] {
  return [{ document: [key, ": ", inBrackets("(", parameters, ")", softLine), " => {"] }, lines, "},"];
}

/** `if (test) statement` */
export function guard(test: Expression, { document }: Statement): Statement {
  return { document: group(["if (", testParts(test), ")", indent([line, document])]) };
}

function testParts(test: Expression): Document {
  return group([indent([softLine, lazy(textOf(test), () => layOutTest(test))]), softLine]);
}

/** `for (const name of items) {` … `}` */
export function forOf(name: string, items: Expression, lines: readonly Lines[]): Lines[] {
  return [{ document: [`for (const ${name} of `, layOut(items), ") {"] }, lines, "}"];
}

/** `for (const name of items) statement` */
export function forOfDo(name: string, items: Expression, { document }: Statement): Statement {
  return { document: group([`for (const ${name} of `, layOut(items), ")", indent([line, document])]) };
}

/** `for (const name in object) statement` */
export function forInDo(name: string, object: Expression, { document }: Statement): Statement {
  return { document: group([`for (const ${name} in `, layOut(object), ")", indent([line, document])]) };
}

/** `try {` … `} catch (error) {` … `}` */
export function tryCatch(lines: readonly Lines[], handling: readonly Lines[]): Lines[] {
  return ["try {", lines, "} catch (error) {", handling, "}"];
}

/** `head {` … `}` */
export function block(head: string, lines: readonly Lines[]): Lines[] {
  return [`${head} {`, lines, "}"];
}

/** `switch (subject) {` … `}` */
export function switchOn(subject: Expression, cases: readonly Lines[]): Lines[] {
  return [{ document: ["switch (", textOf(subject), ") {"] }, cases, "}"];
}

/** `case label:` for each label, and the statements of all. */
export function caseOf(labels: readonly Expression[], lines: readonly Lines[]): Lines[] {
  return [...labels.map(caseLabel), lines];
}

/** `caseOf` whose statements declare something: they are in a block. */
export function caseBlock(labels: readonly Expression[], lines: readonly Lines[]): Lines[] {
  const last = labels.at(-1) ?? "";
  return [...labels.slice(0, -1).map(caseLabel), { document: ["case ", textOf(last), ": {"] }, lines, "}"];
}

function caseLabel(label: Expression): Statement {
  return { document: ["case ", textOf(label), ":"] };
}

/** `default:` and its statements. */
export function defaultCase(lines: readonly Lines[]): Lines[] {
  return ["default:", lines];
}

/** `export function name(parameters): type {` … `}`; `head` has the words before the parameters. */
export function declareFunction(
  head: string,
  parameters: readonly string[],
  type: string | readonly string[],
  lines: readonly Lines[],
): Lines[] {
  return [{ document: functionHead(head, parameters, typeof type === "string" ? [type] : type) }, lines, "}"];
}

/** Parameters go to a line each before the types of a union do. */
function functionHead(head: string, parameters: readonly string[], types: readonly string[]): Document {
  const result = types.length === 1 ? [" ", types] : unionType(types);
  if (parameters.length === 0) return [head, "():", result, " {"];
  return group([
    head,
    "(",
    indent([softLine, commaSeparated(parameters)]),
    trailingComma,
    softLine,
    "):",
    result,
    " {",
  ]);
}
