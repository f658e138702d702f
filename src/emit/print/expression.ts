/**
 * Expressions of emitted code as data. Emitters build them with the functions of this file, which put parentheses where the grammar or
 * the formatter has them; `lay-out.ts` says where they may break.
 */
import { isIdentifier, propertyKey, textLiteral, stringLiteral } from "./code-file.js";

/** An expression as far as its layout depends on it. */
export type Expression =
  /** A name, a number, or another text that no line break can go into. */
  | string
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "template"; readonly parts: readonly TemplatePart[] }
  /** `object.name` or `object?.name`; `access` has the dot. */
  | { readonly kind: "member"; readonly object: Expression; readonly access: string }
  /** `object[index]` */
  | { readonly kind: "element"; readonly object: Expression; readonly index: string }
  | Call
  | { readonly kind: "object"; readonly members: readonly Member[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "parenthesized"; readonly inner: Expression }
  | Arrow
  | { readonly kind: "unary"; readonly operator: "!" | "typeof " | "..."; readonly operand: Expression }
  | { readonly kind: "as"; readonly operand: Expression; readonly type: string }
  | Binary
  | Conditional;

/** A call of a function, or `new` and a class. */
export interface Call {
  readonly kind: "call";
  readonly callee: Expression;
  readonly args: readonly Expression[];
  readonly isNew: boolean;
  /** Whether a bundler may drop it where nothing needs its value. */
  readonly isPure?: boolean;
}

/** A function without a block. */
export interface Arrow {
  readonly kind: "arrow";
  /** Names, with commas between them. */
  readonly parameters: string;
  readonly body: Expression;
}

/** Two operands or more with the same operator between them. */
export interface Binary {
  readonly kind: "binary";
  readonly operator: Operator;
  readonly operands: readonly Expression[];
}

/** `test ? yes : no` */
export interface Conditional {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly yes: Expression;
  readonly no: Expression;
}

/** A member of an object literal, its key as source text; `{ name }` and `{ ...name }` have no value. */
export type Member = readonly [key: string, value?: Expression];

/** Text of a template literal as source (`templateText`), or a value in it. */
export type TemplatePart = string | { readonly value: Expression };

/** The order of operators: those of higher numbers bind tighter. */
const precedence = {
  ...{ "??=": 0, "??": 1, "||": 1, "&&": 2 },
  ...{ "===": 3, "!==": 3, "!=": 3, "<": 4, ">": 4, "-": 5, "+": 5 },
} as const;

/** An operator between two operands. */
export type Operator = keyof typeof precedence;

/** Tells whether an operator is logical: lists of its terms break as a whole. */
export function isLogical(operator: Operator): boolean {
  return operator === "??" || operator === "||" || operator === "&&";
}

/** A string literal. */
export function literal(text: string): Expression {
  return { kind: "string", text: stringLiteral(text) };
}

/** A string literal in the quotes that the formatter prefers: single ones if the text has fewer of them. */
export function quoted(text: string): Expression {
  return { kind: "string", text: textLiteral(text) };
}

/** A template literal. */
export function template(...parts: readonly TemplatePart[]): Expression {
  return { kind: "template", parts };
}

/** `object.name`, or `object["na-me"]`. */
export function member(object: Expression, name: string): Expression {
  if (!isIdentifier(name)) return element(object, stringLiteral(name));
  return { kind: "member", object: inUnary(object), access: `.${name}` };
}

/** `object?.name` */
export function optionalMember(object: Expression, name: string): Expression {
  return { kind: "member", object: inUnary(object), access: `?.${name}` };
}

/** `object[index]` */
export function element(object: Expression, index: string): Expression {
  return { kind: "element", object: inUnary(object), index };
}

/** `callee(…)` */
export function call(callee: Expression, ...args: readonly Expression[]): Call {
  return { kind: "call", callee: inUnary(callee), args: args.map(inArguments), isNew: false };
}

/** `object.name(…)` */
export function callMethod(object: Expression, name: string, ...args: readonly Expression[]): Call {
  return call(member(object, name), ...args);
}

/** `new name(…)` */
export function construct(name: string, ...args: readonly Expression[]): Call {
  return { kind: "call", callee: name, args, isNew: true };
}

/** `{ key: value, … }`; keys are source text. */
export function object(...members: readonly Member[]): Expression {
  return { kind: "object", members };
}

/** A member of an object literal under any name. */
export function entry(name: string, value: Expression): Member {
  return [propertyKey(name), value];
}

/** `[…]` */
export function list(...items: readonly Expression[]): Expression {
  return { kind: "list", items };
}

/** `(parameters) => body`; `parameters` are names with commas between them. */
export function arrow(parameters: string, body: Expression): Expression {
  return { kind: "arrow", parameters, body };
}

/** `!operand` */
export function not(operand: Expression): Expression {
  return { kind: "unary", operator: "!", operand: inUnary(operand) };
}

/** `typeof operand` */
export function typeOf(operand: Expression): Expression {
  return { kind: "unary", operator: "typeof ", operand: inUnary(operand) };
}

/** `...operand` */
export function spread(operand: Expression): Expression {
  return { kind: "unary", operator: "...", operand: inUnary(operand) };
}

/** `operand as type` */
export function cast(operand: Expression, type: string): Expression {
  const isCast = typeof operand === "object" && operand.kind === "as";
  return { kind: "as", operand: isCast ? operand : inUnary(operand), type };
}

/** `left operator right` */
export function binary(left: Expression, operator: Operator, right: Expression): Expression {
  return chain(operator, left, [right]);
}

/** `a && b && c`; the term itself where there is one. */
export function every(first: Expression, ...others: readonly Expression[]): Expression {
  return chain("&&", first, others);
}

/** `a || b || c`; the term itself where there is one. */
export function some(first: Expression, ...others: readonly Expression[]): Expression {
  return chain("||", first, others);
}

/** `a + b + c`; the term itself where there is one. */
export function sum([first = "", ...others]: readonly Expression[]): Expression {
  return chain("+", first, others);
}

/** `value ?? otherwise` */
export function orElse(value: Expression, otherwise: Expression): Expression {
  return chain("??", value, [otherwise]);
}

/** `test ? yes : no` */
export function conditional(test: Expression, yes: Expression, no: Expression): Conditional {
  const isLoose = isOneOf(test, ["conditional", "arrow", "as"]);
  return {
    kind: "conditional",
    test: isLoose ? parenthesized(test) : inChoice(test),
    yes: inChoice(yes),
    no: inChoice(no),
  };
}

function chain(operator: Operator, first: Expression, others: readonly Expression[]): Expression {
  if (others.length === 0) return first;
  const operands = [first, ...others].flatMap((term, index): readonly Expression[] =>
    isChain(term, operator) && (index === 0 || operator !== "-") ? term.operands : [inBinary(term, operator)],
  );
  return { kind: "binary", operator, operands };
}

function isChain(term: Expression, operator: Operator): term is Binary {
  return typeof term === "object" && term.kind === "binary" && term.operator === operator;
}

/** The formatter has parentheses around `&&` within `||`, too. */
function inBinary(operand: Expression, operator: Operator): Expression {
  if (isOneOf(operand, ["conditional", "arrow", "as"])) return parenthesized(operand);
  if (typeof operand === "string" || operand.kind !== "binary") return operand;
  const isMixed = isLogical(operator) && isLogical(operand.operator);
  return isMixed || precedence[operand.operator] <= precedence[operator] ? parenthesized(operand) : operand;
}

/** The formatter has parentheses around an assignment that is an argument. */
function inArguments(argument: Expression): Expression {
  return isChain(argument, "??=") ? parenthesized(argument) : argument;
}

/** The formatter has parentheses around `??` in a choice. */
function inChoice(part: Expression): Expression {
  return isChain(part, "??") ? parenthesized(part) : part;
}

/** An operand that something binds to tightly: a prefix, a member or a call. */
function inUnary(operand: Expression): Expression {
  return isOneOf(operand, ["binary", "conditional", "arrow", "as"]) ? parenthesized(operand) : operand;
}

function parenthesized(inner: Expression): Expression {
  return { kind: "parenthesized", inner };
}

function isOneOf(expression: Expression, kinds: readonly string[]): boolean {
  return typeof expression === "object" && kinds.includes(expression.kind);
}
