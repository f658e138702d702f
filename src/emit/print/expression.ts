/** The part of TypeScript's expressions that emitted code consists of, read from its text so that it can be laid out. */

/** An expression as far as its layout depends on it. */
export type Expression =
  /** A name, a number, a template, or a property access on one: what no line break can go into. */
  | { readonly kind: "text" | "string"; readonly text: string }
  | { readonly kind: "member"; readonly object: Expression; readonly access: string }
  | {
      readonly kind: "call";
      readonly callee: Expression;
      readonly args: readonly Expression[];
      readonly isNew: boolean;
    }
  | { readonly kind: "object"; readonly members: readonly Member[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "parenthesized"; readonly inner: Expression }
  /** A function of one parameter without a block. */
  | { readonly kind: "arrow"; readonly parameter: string; readonly body: Expression }
  | { readonly kind: "unary"; readonly operator: "!" | "typeof " | "..."; readonly operand: Expression }
  | { readonly kind: "as"; readonly operand: Expression; readonly type: string }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "conditional"; readonly test: Expression; readonly yes: Expression; readonly no: Expression };

/** A member of an object literal; `{ name }` has no value. */
type Member = readonly [key: string, value: Expression | undefined];

interface Tokens {
  readonly list: readonly string[];
  at: number;
}

/** A template may have templates inside. */
const tokenPattern =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{)|\$\{(?:[^`}]|`(?:[^`\\]|\\.)*`)*\})*`|[A-Za-z_$][\w$]*|\d[\w.]*|\.\.\.|\?\?=|=>|===|!==|!=|\?\?|\?\.|&&|\|\||[-+!?:(){}[\],.<>=]|\S/g;

/** Reads an expression that is the whole of `text`; undefined for anything that emitted code has no need of. */
export function parseExpression(text: string): Expression | undefined {
  const tokens: Tokens = { list: text.match(tokenPattern) ?? [], at: 0 };
  const expression = readConditional(tokens);
  return expression !== undefined && tokens.at === tokens.list.length ? expression : undefined;
}

function readConditional(tokens: Tokens): Expression | undefined {
  const test = readBinary(tokens, 0);
  if (test === undefined || !take(tokens, "?")) return test;
  const yes = readConditional(tokens);
  if (yes === undefined || !take(tokens, ":")) return undefined;
  const no = readConditional(tokens);
  return no === undefined ? undefined : { kind: "conditional", test, yes, no };
}

/** From what binds loosest to what binds tightest. */
const operators = [["??="], ["??", "||"], ["&&"], ["===", "!==", "!="], [">", "<"], ["-", "+"]];

function readBinary(tokens: Tokens, level: number): Expression | undefined {
  const mine = operators[level];
  if (mine === undefined) return readAs(tokens);
  let left = readBinary(tokens, level + 1);
  for (let operator = peek(tokens); left !== undefined && mine.includes(operator); operator = peek(tokens)) {
    tokens.at++;
    const right = readBinary(tokens, level + 1);
    left = right === undefined ? undefined : { kind: "binary", operator, left, right };
  }
  return left;
}

function readAs(tokens: Tokens): Expression | undefined {
  let operand = readUnary(tokens);
  while (operand !== undefined && take(tokens, "as")) operand = { kind: "as", operand, type: next(tokens) };
  return operand;
}

function readUnary(tokens: Tokens): Expression | undefined {
  const operator = takeOperator(tokens);
  if (operator !== undefined) {
    const operand = readUnary(tokens);
    return operand === undefined ? undefined : { kind: "unary", operator, operand };
  }
  if (take(tokens, "-")) return { kind: "text", text: `-${next(tokens)}` };
  const isNew = take(tokens, "new");
  const primary = readPrimary(tokens);
  return primary === undefined ? undefined : readPostfix(tokens, primary, isNew);
}

function takeOperator(tokens: Tokens): "!" | "typeof " | "..." | undefined {
  if (take(tokens, "!")) return "!";
  if (take(tokens, "typeof")) return "typeof ";
  return take(tokens, "...") ? "..." : undefined;
}

function readPostfix(tokens: Tokens, primary: Expression, isNew: boolean): Expression | undefined {
  let expression = primary;
  for (;;) {
    if (take(tokens, ".")) expression = { kind: "member", object: expression, access: `.${next(tokens)}` };
    else if (take(tokens, "?.")) expression = { kind: "member", object: expression, access: `?.${next(tokens)}` };
    else if (take(tokens, "[")) {
      expression = { kind: "member", object: expression, access: `[${next(tokens)}]` };
      if (!take(tokens, "]")) return undefined;
    } else if (take(tokens, "(")) {
      const args = readItems(tokens, ")", readConditional);
      if (args === undefined) return undefined;
      expression = { kind: "call", callee: expression, args, isNew };
    } else return expression;
  }
}

function readPrimary(tokens: Tokens): Expression | undefined {
  const token = next(tokens);
  switch (token) {
    case "(": {
      if (tokens.list[tokens.at + 2] === "=>") return readArrow(tokens);
      const inner = readConditional(tokens);
      return inner === undefined || !take(tokens, ")") ? undefined : { kind: "parenthesized", inner };
    }
    case "[": {
      const items = readItems(tokens, "]", readConditional);
      return items === undefined ? undefined : { kind: "list", items };
    }
    case "{": {
      const members = readItems(tokens, "}", readMember);
      return members === undefined ? undefined : { kind: "object", members };
    }
    default:
      if (/^["']/.test(token)) return { kind: "string", text: token };
      return /^[\w$`]/.test(token) ? { kind: "text", text: token } : undefined;
  }
}

/** Reads the rest of `(parameter) => body` behind the opening parenthesis. */
function readArrow(tokens: Tokens): Expression | undefined {
  const parameter = next(tokens);
  if (!take(tokens, ")") || !take(tokens, "=>")) return undefined;
  const body = readConditional(tokens);
  return body === undefined ? undefined : { kind: "arrow", parameter, body };
}

function readMember(tokens: Tokens): Member | undefined {
  const key = take(tokens, "[") ? `[${next(tokens)}${next(tokens)}` : next(tokens);
  if (!take(tokens, ":")) return /^\w+$/.test(key) ? [key, undefined] : undefined;
  const value = readConditional(tokens);
  return value === undefined ? undefined : [key, value];
}

function readItems<T>(tokens: Tokens, end: string, read: (tokens: Tokens) => T | undefined): T[] | undefined {
  const items: T[] = [];
  while (!take(tokens, end)) {
    if (items.length > 0 && !take(tokens, ",")) return undefined;
    const item = read(tokens);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

function peek({ list, at }: Tokens): string {
  return list[at] ?? "";
}

function next(tokens: Tokens): string {
  return tokens.list[tokens.at++] ?? "";
}

function take(tokens: Tokens, token: string): boolean {
  if (peek(tokens) !== token) return false;
  tokens.at++;
  return true;
}
