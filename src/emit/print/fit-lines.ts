/**
 * Breaks statements that are too long for a line where the formatter would, so that emitters write every statement on one line
 * and emitted code does not change when the user formats it.
 */
import { type Lines, lineWidth } from "./code-file.js";
import {
  commaSeparated,
  type Document,
  group,
  ifBroken,
  indent,
  indentIfBroken,
  line,
  printDocument,
  softLine,
  trailingComma,
} from "./document.js";
import { type Expression, parseExpression } from "./expression.js";

type BinaryExpression = Expression & { readonly kind: "binary" };

/** Lines at column `column` (nested blocks two deeper each) with every statement that is too long broken. */
export function fitLines(lines: readonly Lines[], column: number): Lines[] {
  return lines.flatMap((each): Lines[] => {
    if (typeof each !== "string") return [fitLines(each, column + 2)];
    if (column + each.length <= lineWidth) return [each];
    const document = statementDocument(each);
    return document === undefined ? [each] : printDocument(document, column, lineWidth);
  });
}

/** Undefined for what no break can go into, or what is no statement that emitted code has. */
function statementDocument(text: string): Document | undefined {
  const [, head = "", test = ""] = /^((?:\} else )?if \()(.*)\) \{$/.exec(text) ?? [];
  if (head !== "") return within(test, (it) => group([head, group([indent([softLine, testOf(it)]), softLine]), ") {"]));
  const [, guard = "", statement = ""] = /^if \((.*?)\) ([^()]+ = .*;|[\w.]+\(.*\);)$/.exec(text) ?? [];
  if (guard !== "") return guardDocument(guard, statement);
  const [, loop = "", items = ""] = /^(for \(const .* of )(.*)\) \{$/.exec(text) ?? [];
  if (loop !== "") return within(items, (it) => [loop, expressionDocument(it), ") {"]);
  const [, otherwise = ""] = /^\} else throw (.*);$/.exec(text) ?? [];
  if (otherwise !== "")
    return within(otherwise, (it) => ["} else", group(indent([line, "throw ", expressionDocument(it), ";"]))]);
  const [, place = ""] = /^else delete (.*);$/.exec(text) ?? [];
  if (place !== "") return within(place, deletion);
  return simpleStatement(text);
}

function deletion(place: Expression): Document {
  const target =
    place.kind === "member" && place.access.startsWith(".")
      ? [expressionDocument(place.object), group(indent([softLine, place.access]))]
      : expressionDocument(place);
  return group(["else", indent([line, "delete ", target, ";"])]);
}

function guardDocument(test: string, statement: string): Document | undefined {
  const then = simpleStatement(statement);
  if (then === undefined) return undefined;
  return within(test, (it) =>
    group(["if (", group([indent([softLine, testOf(it)]), softLine]), ")", indent([line, then])]),
  );
}

/** `return x;`, `place = x;`, `const place: T = x;`, `call(x);`, and the member `key: x,` of an object literal. */
function simpleStatement(text: string): Document | undefined {
  const [, word = "", result = ""] = /^(return|throw) (.*);$/.exec(text) ?? [];
  if (word !== "") return within(result, (it) => [`${word} `, returned(it), ";"]);
  const [, place = "", operator = "", value = ""] =
    /^((?:const|let) \w+: .*?|(?:const|let) \w+|[^=(]*?) (=|\?\?=) (.*);$/.exec(text) ?? [];
  if (place !== "") return within(value, (it) => [assignment(place, ` ${operator}`, it), ";"]);
  const [, key = "", member = ""] = /^([\w$]+|"(?:[^"\\]|\\.)*"|\["__proto__"\]): (.*),$/.exec(text) ?? [];
  if (key !== "") return within(member, (it) => [assignment(key, ":", it), ","]);
  return text.endsWith(";") ? within(text.slice(0, -1), (it) => [expressionDocument(it), ";"]) : undefined;
}

/** Operands that do not fit behind `return` go into parentheses below it. */
function returned(value: Expression): Document {
  if (value.kind !== "binary") return expressionDocument(value);
  return group([ifBroken("("), indent([softLine, binaryParts(value)]), softLine, ifBroken(")")]);
}

function within(text: string, make: (expression: Expression) => Document): Document | undefined {
  const expression = parseExpression(text);
  return expression === undefined ? undefined : make(expression);
}

/** `place = value` breaks behind the operator when the value cannot break well itself, else only when nothing of it fits. */
function assignment(place: string, operator: string, value: Expression): Document {
  const [, object = place, access = ""] = /^(.*?)(\["[^"]*"\])$/.exec(place) ?? [];
  const target = [object, accessDocument(access)];
  const document = unindented(value);
  // A break behind a key this short would gain nothing.
  if (operator === ":" && place.length < 5 && value.kind === "string") return [place, operator, " ", document];
  if (breaksBehindOperator(value)) return group([group(target), operator, group(indent([line, document]))]);
  return group([group(target), operator, group(indent(line), place), indentIfBroken(group(document), place)]);
}

function breaksBehindOperator(value: Expression): boolean {
  switch (value.kind) {
    case "binary":
      return !isInlined(value);
    case "conditional":
      return value.test.kind === "binary";
    case "string":
      return true;
    case "member":
      return isPlainChain(value);
    case "call":
      return isPoorlyBreakable(value);
    default:
      return false;
  }
}

function isLogical(operator: string): boolean {
  return operator === "??" || operator === "||" || operator === "&&";
}

/** `a ?? { … }`: the object breaks, not the operator. */
function isInlined({ operator, right }: BinaryExpression): boolean {
  return isLogical(operator) && right.kind === "object" && right.members.length > 0;
}

function isPlainChain(value: Expression): boolean {
  return value.kind === "text" || (value.kind === "member" && isPlainChain(value.object));
}

/** Calls without an argument or with one that is short. */
function isPoorlyBreakable(value: Expression): boolean {
  if (value.kind === "member") return isPoorlyBreakable(value.object);
  if (value.kind !== "call" || value.isNew) return value.kind === "text";
  const [only, second] = value.args;
  const isShort =
    only === undefined || (only.kind === "text" || only.kind === "string" ? only.text.length <= lineWidth / 4 : false);
  return isShort && second === undefined && isPoorlyBreakable(value.callee);
}

function expressionDocument(value: Expression): Document {
  switch (value.kind) {
    case "text":
    case "string":
      return value.text;
    case "member":
      return [expressionDocument(value.object), accessDocument(value.access)];
    case "call":
      return [value.isNew ? "new " : "", expressionDocument(value.callee), argumentList(value.args)];
    case "object":
      return list(
        "{",
        value.members.map(([key, member]) => (member === undefined ? key : assignment(key, ":", member))),
        "}",
        line,
      );
    case "list":
      return list("[", value.items.map(expressionDocument), "]", softLine);
    case "arrow":
      return [arrowHead(value), isObject(value.body) ? [" ", expressionDocument(value.body)] : arrowBody(value)];
    case "parenthesized":
      return ["(", expressionDocument(value.inner), ")"];
    case "unary":
      return [value.operator, expressionDocument(value.operand)];
    case "as":
      return [expressionDocument(value.operand), " as ", value.type];
    case "binary": {
      const [left = "", ...right] = binaryParts(value);
      return group([left, indent(right)]);
    }
    case "conditional":
      return conditional(value, unindented(value.test));
    default:
      return value satisfies never;
  }
}

function conditional(value: Expression & { kind: "conditional" }, test: Document): Document {
  const next = expressionDocument(value.no);
  // A chain breaks as a whole.
  const no = value.no.kind === "conditional" ? contentOf(next) : indent(next);
  return group([test, indent([line, "? ", indent(expressionDocument(value.yes)), line, ": ", no])]);
}

/** `["text"]` breaks inside its brackets. */
function accessDocument(access: string): Document {
  return access.startsWith("[") ? group(["[", indent([softLine, access.slice(1, -1)]), softLine, "]"]) : access;
}

/** A list, an object or a function at the end of the arguments breaks in their stead, unless one of its kind is before it. */
function argumentList(args: readonly Expression[]): Document {
  const broken = list("(", args.map(argument), ")", softLine);
  const hugged = huggedArgument(args.at(-1));
  if (hugged === undefined || args.at(-1)?.kind === args.at(-2)?.kind) return broken;
  const before = args.slice(0, -1).map((arg) => [expressionDocument(arg), ", "]);
  return { kind: "hug", before: ["(", ...before], last: [hugged, ")"], otherwise: contentOf(broken) };
}

/** The last argument as it breaks while those before it stay on their line; undefined when it does not. */
function huggedArgument(last: Expression | undefined): Document | undefined {
  switch (last?.kind) {
    case "list":
      return last.items.length > 0 ? contentOf(expressionDocument(last)) : undefined;
    case "object":
      return last.members.length > 0 ? contentOf(expressionDocument(last)) : undefined;
    case "arrow":
      if (last.body.kind === "parenthesized" && isObject(last.body))
        return [arrowHead(last), " (", contentOf(expressionDocument(last.body.inner)), ")"];
      if (last.body.kind === "list" && last.body.items.length > 0)
        return [arrowHead(last), " ", contentOf(expressionDocument(last.body))];
      if (!mayStandBelow(last.body)) return undefined;
      return [arrowHead(last), contentOf(arrowBody(last)), trailingComma, softLine];
    default:
      return undefined;
  }
}

/** Tells whether the body of a function that is the last argument goes to a line below its head, while the other arguments stay. */
function mayStandBelow(body: Expression): boolean {
  return body.kind === "call" ? !body.isNew : body.kind === "conditional";
}

function arrowHead({ parameter }: Expression & { kind: "arrow" }): string {
  return `(${parameter}) =>`;
}

function arrowBody({ body }: Expression & { kind: "arrow" }): Document {
  return group(indent([line, expressionDocument(body)]));
}

/** Tells whether an arrow function returns an object literal, which is in parentheses. */
function isObject(body: Expression): boolean {
  return body.kind === "parenthesized" && body.inner.kind === "object";
}

function contentOf(document: Document): Document {
  return typeof document === "object" && "kind" in document && document.kind === "group" ? document.content : document;
}

/** In an argument the operands of a test are indented. */
function argument(value: Expression): Document {
  return value.kind === "conditional" ? conditional(value, expressionDocument(value.test)) : expressionDocument(value);
}

function list(open: string, items: readonly Document[], close: string, edge: Document): Document {
  if (items.length === 0) return open + close;
  return group([open, indent([edge, commaSeparated(items)]), trailingComma, edge, close]);
}

/** The test of an `if`, whose terms are not indented against each other. */
function testOf(value: Expression): Document {
  return value.kind === "binary" ? binaryParts(value, true) : expressionDocument(value);
}

/** An expression whose operands are not indented against each other. */
function unindented(value: Expression): Document {
  return value.kind === "binary" ? group(binaryParts(value)) : expressionDocument(value);
}

/** Operands with a break behind every operator; `a && b && c` is one list of terms, as is every test of an `if`. */
function binaryParts(value: BinaryExpression, isTest = false): Document[] {
  if (value.operator === "??=")
    return [expressionDocument(value.left), " ??=", group(indent([line, expressionDocument(value.right)]))];
  const chain = chainOf(value);
  return chain.flatMap((link, index): Document[] => {
    const isFirst = index === 0;
    const isLast = index === chain.length - 1;
    const after = [link.operator, isInlined(link) ? " " : line, expressionDocument(link.right)];
    const isList = isLogical(link.operator) ? isTest || !isFirst : !isFirst || !isLast;
    return [...(isFirst ? [expressionDocument(link.left)] : []), " ", isList ? after : group(after)];
  });
}

/** `a + b` and `(a + b) + c` of `a + b + c`, which may have as many terms as a message has fields. */
function chainOf(value: BinaryExpression): BinaryExpression[] {
  const chain = [value];
  for (let { left } = value; left.kind === "binary" && left.operator === value.operator; { left } = left)
    chain.push(left);
  return chain.reverse();
}
