/** JSON texts in forms in which they can be compared: numbers and escapes stay as they are written. */

/** The text without white space between its tokens: protojson varies it on purpose. What is no JSON comes back alike. */
export function stripJson(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*"?)|[ \t\r\n]+/gs, (_, string: string | undefined) => string ?? "");
}

/** A value whose leaves are as written. */
export type JsonNode =
  | { readonly kind: "object"; readonly members: JsonMembers }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  /** A string with its quotes, a number, `true`, `false`, `null`. */
  | { readonly kind: "token"; readonly text: string };

/** Members of an object in the order in which they are written; names have their quotes. */
export type JsonMembers = readonly (readonly [name: string, value: JsonNode])[];

/** Reads a text without white space between its tokens; undefined for what is no JSON. */
export function parseTokens(text: string): JsonNode | undefined {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^"{}[\],:\s]+/gs) ?? [];
  if (tokens.join("") !== text) return undefined;
  const cursor = { tokens, at: 0 };
  const node = readNode(cursor);
  return cursor.at === tokens.length ? node : undefined;
}

interface Cursor {
  readonly tokens: readonly string[];
  at: number;
}

function readNode(cursor: Cursor): JsonNode | undefined {
  const text = cursor.tokens[cursor.at++];
  switch (text) {
    case undefined:
    case "}":
    case "]":
    case ",":
    case ":":
      return undefined;
    case "{":
      return readMembers(cursor);
    case "[":
      return readItems(cursor);
    default:
      return { kind: "token", text };
  }
}

function readMembers(cursor: Cursor): JsonNode | undefined {
  const members: (readonly [string, JsonNode])[] = [];
  const { tokens } = cursor;
  if (tokens[cursor.at] === "}") cursor.at++;
  else
    for (;;) {
      const name = tokens[cursor.at++];
      if (name === undefined || tokens[cursor.at++] !== ":") return undefined;
      const value = readNode(cursor);
      if (value === undefined) return undefined;
      members.push([name, value]);
      const end = tokens[cursor.at++];
      if (end === "}") break;
      if (end !== ",") return undefined;
    }
  return { kind: "object", members };
}

function readItems(cursor: Cursor): JsonNode | undefined {
  const items: JsonNode[] = [];
  const { tokens } = cursor;
  if (tokens[cursor.at] === "]") cursor.at++;
  else
    for (;;) {
      const item = readNode(cursor);
      if (item === undefined) return undefined;
      items.push(item);
      const end = tokens[cursor.at++];
      if (end === "]") break;
      if (end !== ",") return undefined;
    }
  return { kind: "array", items };
}

/** How a value is written again. */
export interface Printing {
  /** Of an object's members. */
  readonly members?: (members: JsonMembers) => JsonMembers;
  /** Of a token. */
  readonly token?: (text: string) => string;
}

/** Writes a value. */
export function printNode(node: JsonNode, printing: Printing): string {
  const { members = (list) => list, token = (text) => text } = printing;
  const print = (one: JsonNode): string => {
    switch (one.kind) {
      case "object":
        return `{${members(one.members)
          .map(([name, value]) => `${token(name)}:${print(value)}`)
          .join(",")}}`;
      case "array":
        return `[${one.items.map(print).join(",")}]`;
      case "token":
        return token(one.text);
      default:
        return one satisfies never;
    }
  };
  return print(node);
}

/** Writes every line that is JSON again: a stream has one value a line. */
export function reprint(body: string, printing: Printing): string {
  return body
    .split("\n")
    .map((line) => {
      const node = parseTokens(line);
      return node === undefined ? line : printNode(node, printing);
    })
    .join("\n");
}
