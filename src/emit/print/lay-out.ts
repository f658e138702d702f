/** Expressions as documents: where each of them may break is what the formatter does, so that emitted code is stable under it. */
import { lineWidth } from "./code-file.js";
import {
  contentOf,
  type Document,
  group,
  ifBroken,
  inBrackets,
  indent,
  indentIfBroken,
  line,
  softLine,
  trailingComma,
} from "./document.js";
import {
  type Arrow,
  type Binary,
  type Call,
  type Conditional,
  type Expression,
  isLogical,
  type Member,
} from "./expression.js";
import { textOf } from "./expression-text.js";

/** An expression as the document that it is in most places. */
export function layOut(value: Expression): Document {
  if (typeof value === "string") return value;
  switch (value.kind) {
    case "string":
      return value.text;
    case "template":
      return textOf(value);
    case "member":
      return [layOut(value.object), value.access];
    case "element":
      return [layOut(value.object), group(["[", indent([softLine, value.index]), softLine, "]"])];
    case "call":
      return [
        value.isPure === true ? "/* @__PURE__ */ " : "",
        value.isNew ? "new " : "",
        layOut(value.callee),
        argumentList(value),
      ];
    case "object":
      return inBrackets("{", value.members.map(layOutMember), "}", line);
    case "list":
      return inBrackets("[", value.items.map(layOut), "]", softLine);
    case "arrow":
      return [arrowHead(value), isObject(value.body) ? [" (", layOut(value.body), ")"] : arrowBody(value)];
    case "parenthesized":
      return ["(", layOut(value.inner), ")"];
    case "unary":
      return [value.operator, layOut(value.operand)];
    case "as":
      return [layOut(value.operand), " as ", value.type];
    case "binary":
      return layOutTerms(value);
    case "conditional":
      return layOutConditional(value, unindented(value.test));
    default:
      return value satisfies never;
  }
}

function layOutMember([key, value]: Member): Document {
  return value === undefined ? key : layOutAssignment(key, ":", value);
}

/** Operands that are indented against the first. */
function layOutTerms(value: Binary): Document {
  const [left = "", ...right] = terms(value);
  return group([left, indent(right)]);
}

/** `place = value` breaks behind the operator when the value cannot break well itself, else only when nothing of it fits. */
export function layOutAssignment(place: Document, operator: string, value: Expression): Document {
  const document = unindented(value);
  // A break behind a key this short would gain nothing.
  const isShortKey = operator === ":" && typeof place === "string" && place.length < 5;
  if (isKind(value, "template") || (isShortKey && isKind(value, "string"))) return [place, operator, " ", document];
  if (breaksBehindOperator(value)) return group([group(place), operator, group(indent([line, document]))]);
  const gap = group(indent(line));
  return group([group(place), operator, gap, indentIfBroken(group(document), gap)]);
}

/** The value of `return` and `throw`: operands that do not fit behind the word go into parentheses below it. */
export function layOutResult(value: Expression): Document {
  if (!isKind(value, "binary")) return layOut(value);
  return group([ifBroken("("), indent([softLine, group(terms(value))]), softLine, ifBroken(")")]);
}

/** The test of an `if`, whose terms are not indented against each other. */
export function layOutTest(value: Expression): Document {
  return isKind(value, "binary") ? terms(value, true) : layOut(value);
}

function breaksBehindOperator(value: Expression): boolean {
  if (typeof value === "string") return false;
  switch (value.kind) {
    case "binary":
      return !isInlined(value, value.operands.at(-1));
    case "conditional":
      return isKind(value.test, "binary");
    case "string":
      return true;
    case "member":
    case "element":
      return isPlainChain(value);
    case "call":
      return isPoorlyBreakable(value);
    default:
      return false;
  }
}

/** `a ?? { … }`: the object breaks, not the operator. */
function isInlined({ operator }: Binary, right: Expression | undefined): boolean {
  return isLogical(operator) && isKind(right, "object") && right.members.length > 0;
}

function isPlainChain(value: Expression): boolean {
  return isAtom(value) || ((isKind(value, "member") || isKind(value, "element")) && isPlainChain(value.object));
}

/** Calls without an argument or with one that is short. */
function isPoorlyBreakable(value: Expression): boolean {
  if (isKind(value, "member") || isKind(value, "element")) return isPoorlyBreakable(value.object);
  if (!isKind(value, "call") || value.isNew) return isAtom(value);
  const [only, second] = value.args;
  return (only === undefined || isShort(only)) && second === undefined && isPoorlyBreakable(value.callee);
}

function isShort(value: Expression): boolean {
  return (isAtom(value) || isKind(value, "string")) && textOf(value).length <= lineWidth / 4;
}

/** A text that no break can go into. */
function isAtom(value: Expression): boolean {
  return typeof value === "string" || value.kind === "template";
}

function isKind<Kind extends Exclude<Expression, string>["kind"]>(
  value: Expression | undefined,
  kind: Kind,
): value is Extract<Expression, { readonly kind: Kind }> {
  return typeof value === "object" && value.kind === kind;
}

function layOutConditional({ yes, no }: Conditional, test: Document): Document {
  const next = layOut(no);
  // A chain breaks as a whole.
  const otherwise = isKind(no, "conditional") ? contentOf(next) : indent(next);
  return group([test, indent([line, "? ", indent(layOut(yes)), line, ": ", otherwise])]);
}

/** A list, an object or a function at the end of the arguments breaks in their stead, unless one of its kind is before it. */
function argumentList({ args }: Call): Document {
  const documents = args.map(layOutArgument);
  const broken = inBrackets("(", documents, ")", softLine);
  const [last, before] = [args.at(-1), args.at(-2)];
  const isAlone = typeof last === "object" && !isKind(before, last.kind);
  const hugged = isAlone ? huggedArgument(last, documents.at(-1) ?? "") : undefined;
  if (hugged === undefined) return broken;
  const others = documents.slice(0, -1).map((document) => [document, ", "]);
  return { kind: "hug", before: ["(", ...others], last: [hugged, ")"], otherwise: contentOf(broken) };
}

/** The last argument as it breaks while those before it stay on their line; undefined when it does not. */
function huggedArgument(last: Exclude<Expression, string>, document: Document): Document | undefined {
  switch (last.kind) {
    case "list":
      return last.items.length > 0 ? contentOf(document) : undefined;
    case "object":
      return last.members.length > 0 ? contentOf(document) : undefined;
    case "arrow":
      if (isObject(last.body)) return [arrowHead(last), " (", contentOf(layOut(last.body)), ")"];
      if (isKind(last.body, "list") && last.body.items.length > 0)
        return [arrowHead(last), " ", contentOf(layOut(last.body))];
      if (!mayStandBelow(last.body)) return undefined;
      return [arrowHead(last), contentOf(arrowBody(last)), trailingComma, softLine];
    default:
      return undefined;
  }
}

/** Tells whether the body of a function that is the last argument goes to a line below its head, while the other arguments stay. */
function mayStandBelow(body: Expression): boolean {
  return isKind(body, "call") ? !body.isNew : isKind(body, "conditional");
}

function arrowHead({ parameters }: Arrow): string {
  return `(${parameters}) =>`;
}

/** A choice is in parentheses while it is on the line of the arrow. */
function arrowBody({ body }: Arrow): Document {
  const document = layOut(body);
  if (!isKind(body, "conditional")) return group(indent([line, document]));
  return group(indent([line, ifBroken("", "("), document, ifBroken("", ")")]));
}

/** Tells whether an arrow function returns an object literal, which is in parentheses. */
function isObject(body: Expression): boolean {
  return isKind(body, "object");
}

/** In an argument the operands of a test are indented. */
function layOutArgument(value: Expression): Document {
  return isKind(value, "conditional") ? layOutConditional(value, layOut(value.test)) : layOut(value);
}

/** An expression whose operands are not indented against each other. */
function unindented(value: Expression): Document {
  return isKind(value, "binary") ? group(terms(value)) : layOut(value);
}

/** Operands with a break behind every operator; `a && b && c` is one list of terms, as is every test of an `if`. */
function terms(value: Binary, isTest = false): Document[] {
  const { operator, operands } = value;
  const [first = "", ...others] = operands;
  if (operator === "??=") return [layOut(first), " ??=", group(indent([line, others.map(layOut)]))];
  const parts = others.flatMap((operand, index): Document[] => {
    const after = [operator, isInlined(value, operand) ? " " : line, layOut(operand)];
    const isList = isLogical(operator) ? isTest || index > 0 : others.length > 1;
    return [" ", isList ? after : group(after)];
  });
  return [layOut(first), ...parts];
}
