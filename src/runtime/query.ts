/** Query parameters: from the text of a URL (or a form) to the fields of a request message. */
import { DecodeError } from "./decode-error.js";
import type { QueryPair } from "./http.js";
import type { Param } from "./param.js";

/** More parameters than this are refused; a front door's header limit is reached earlier. */
const maxParams = 10_000;

const fewParams = 8;

/** How deep messages may nest, as in JSON. */
const maxDepth = 100;

/** Emitted per message: sets the field that `param.path[at]` names. Throws DecodeError. */
export type ParamSetter<Message> = (message: Message, param: Param, at: number) => void;

/**
 * Sets the fields that the query names, in order of first appearance: `nested.labels[a.b]=c` is the path nested, labels and the
 * key "a.b". `bound` are the field paths (in every spelling) that path and body have set; they and everything below them are
 * skipped.
 */
export function bindQuery<Message>(
  query: string | readonly QueryPair[],
  message: Message,
  set: ParamSetter<Message>,
  bound: readonly string[],
): void {
  for (const [name, values] of groupByName(query)) {
    const open = name.endsWith("]") ? name.indexOf("[") : -1;
    const path = open === -1 ? name : name.slice(0, open);
    if (isBound(path, bound)) continue;
    const key = open === -1 ? undefined : name.slice(open + 1, -1);
    try {
      set(message, { path: splitPath(path), key, values }, 0);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      throw new DecodeError(error.expected, error.found, `query parameter "${shorten(name)}"`);
    }
  }
}

/** The values of each name, in order of first appearance. */
function groupByName(query: string | readonly QueryPair[]): Iterable<[name: string, values: string[]]> {
  const pairs = typeof query === "string" ? parseQuery(query) : query;
  if (pairs.length > maxParams) throw new DecodeError(`at most ${maxParams} query parameters`, String(pairs.length));
  return pairs.length > fewParams ? groupMany(pairs) : groupFew(pairs);
}

function groupMany(pairs: readonly QueryPair[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = groups.get(name);
    if (values === undefined) groups.set(name, [value]);
    else values.push(value);
  }
  return groups;
}

/** Comparing a few names is faster than hashing them. */
function groupFew(pairs: readonly QueryPair[]): [string, string[]][] {
  const groups: [string, string[]][] = [];
  for (const [name, value] of pairs) {
    const group = groups.find((candidate) => candidate[0] === name);
    if (group === undefined) groups.push([name, [value]]);
    else group[1].push(value);
  }
  return groups;
}

/** Parses `a=1&b=%20`; "+" is a space. Throws DecodeError for a semicolon or an invalid escape, as Go's net/url refuses them. */
export function parseQuery(text: string): QueryPair[] {
  if (text.includes(";")) throw new QueryError("invalid semicolon separator in query");
  const isEscaped = text.includes("%") || text.includes("+");
  const pairs: QueryPair[] = [];
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf("&", start);
    const end = next === -1 ? text.length : next;
    if (end > start) pairs.push(parsePair(text, start, end, isEscaped));
    start = end + 1;
  }
  return pairs;
}

/** The pair that stands in `text` from `start` to `end`. */
function parsePair(text: string, start: number, end: number, isEscaped: boolean): QueryPair {
  const equals = text.indexOf("=", start);
  const nameEnd = equals === -1 || equals > end ? end : equals;
  const name = text.slice(start, nameEnd);
  const value = text.slice(nameEnd + 1, Math.max(nameEnd + 1, end));
  return isEscaped ? [formDecode(name), formDecode(value)] : [name, value];
}

function formDecode(text: string): string {
  const isEscaped = text.includes("%");
  if (!isEscaped && !text.includes("+")) return text;
  return (isEscaped ? decodeAscii(text) : undefined) ?? decodeUtf8(text);
}

/** Escapes of ASCII characters in a short text, at a third of what decodeURIComponent takes; undefined for any other. */
function decodeAscii(text: string): string | undefined {
  if (text.length > 256) return undefined;
  let decoded = "";
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2b) {
      decoded += `${text.slice(start, at)} `;
      start = at + 1;
    } else if (code === 0x25) {
      const value = hexDigit(text.charCodeAt(at + 1)) * 16 + hexDigit(text.charCodeAt(at + 2));
      if (!(value < 0x80)) return undefined;
      decoded += text.slice(start, at) + String.fromCharCode(value);
      at += 2;
      start = at + 1;
    }
  }
  return decoded + text.slice(start);
}

/** The value of a hexadecimal digit; NaN for anything else. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN;
}

function decodeUtf8(text: string): string {
  try {
    return decodeURIComponent(text.includes("+") ? text.replaceAll("+", " ") : text);
  } catch {
    const wrong = /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(text)?.[0];
    throw new QueryError(
      wrong === undefined ? "invalid UTF-8 in query" : `invalid URL escape ${JSON.stringify(wrong)}`,
    );
  }
}

/** A query that cannot be taken apart; the message is complete in itself. */
class QueryError extends DecodeError {
  constructor(message: string) {
    super("a query", message);
    this.message = message;
  }
}

function splitPath(path: string): string[] {
  // For the few names that paths have, this is three times as fast as String.split.
  const names: string[] = [];
  let start = 0;
  for (let dot = path.indexOf("."); dot !== -1; dot = path.indexOf(".", start)) {
    if (names.length === maxDepth - 1) throw new DecodeError(`at most ${maxDepth} names`, "more");
    names.push(path.slice(start, dot));
    start = dot + 1;
  }
  names.push(start === 0 ? path : path.slice(start));
  return names;
}

/** Whether a field path is one of `bound` or below it. */
function isBound(path: string, bound: readonly string[]): boolean {
  for (const taken of bound) {
    if (path.startsWith(taken) && (path.length === taken.length || path[taken.length] === ".")) return true;
  }
  return false;
}

function shorten(name: string): string {
  return name.length <= 64 ? name : `${name.slice(0, 64)}…`;
}
