/** Query parameters: from the text of a URL (or a form) to the fields of a request message. */
import { DecodeError } from "../values/decode-error.js";
import type { QueryPair } from "../http.js";
import type { BoundRequest } from "../rpc.js";
import type { Claims, Param } from "./param.js";
import { invalidEscape } from "../values/percent.js";

/** Most parameters of a request; a front door's header limit is usually reached earlier. */
const maxParams = 10_000;

/** Most names in all parameters; each name may make a message. */
const maxNames = 50_000;

const fewParams = 8;

/** Deepest nesting of messages, the same as in JSON. */
const maxDepth = 100;

/** Sets the field that `param.path[at]` names; emitted per message. Throws DecodeError. */
export type ParamSetter<Message> = (message: Message, param: Param, at: number) => void;

/** The part of a request that has parameters. */
export type ParamSource = Pick<BoundRequest, "query" | "form">;

/** Rules for repeated names: since 2.32 a request uses one of a field's names, since 2.33 only a map has brackets. */
export type ParamRules = "2.30" | "2.33";

/**
 * Sets the fields that the query names, in order of first appearance: `nested.labels[a.b]=c` is the path nested, labels
 * and the key "a.b". `bound` are the field paths (in every spelling) that path and body have set; they, everything
 * below them and the messages that hold them are skipped: a query must not replace a path that authorization has
 * checked.
 */
export function bindQuery<Message>(
  http: ParamSource,
  message: Message,
  set: ParamSetter<Message>,
  bound: readonly string[],
  rules: ParamRules = "2.33",
): void {
  const pairs = readPairs(http);
  limit(pairs.length, maxParams, "query parameters");
  const claims = rules === "2.30" ? undefined : noClaims(pairs);
  if (pairs.length > fewParams) {
    let names = 0;
    for (const [name, values] of groupByName(pairs)) {
      names += bindParam(name, values, message, set, bound, claims);
      limit(names, maxNames, "names in a query");
    }
    return;
  }
  let index = 0;
  for (const pair of pairs) {
    const values = valuesOfFirst(pair, pairs, index++);
    if (values !== undefined) bindParam(pair[0], values, message, set, bound, claims);
  }
}

/** An empty list of claims, or a set if there are many parameters. */
function noClaims({ length }: readonly QueryPair[]): Claims {
  return length > fewParams ? new Set<string>() : [];
}

/** The parameters of a form and a query, in this order. Throws DecodeError. */
export function readPairs({ query, form }: ParamSource): readonly QueryPair[] {
  if (typeof query === "string") return parseQuery(form === undefined ? query : `${form}&${query}`);
  return form === undefined ? query : [...parseQuery(form), ...query];
}

/**
 * Returns the value with the field set that `param.path[at]` names; emitted for messages that handlers see as plain
 * values.
 */
export type ValueSetter<Value> = (value: Value, param: Param, at: number) => Value;

/** Does the same as `bindQuery` for a request that is a plain value; returns the value with the fields set. */
export function bindQueryValue<Value>(
  http: ParamSource,
  value: Value,
  set: ValueSetter<Value>,
  bound: readonly string[],
  rules?: ParamRules,
): Value {
  const request = { value };
  const setValue: ParamSetter<typeof request> = (held, param, at) => {
    held.value = set(held.value, param, at);
  };
  bindQuery(http, request, setValue, bound, rules);
  return request.value;
}

/** Sets one parameter and returns the number of its names. */
function bindParam<Message>(
  name: string,
  values: readonly string[],
  message: Message,
  set: ParamSetter<Message>,
  bound: readonly string[],
  claims: Claims | undefined,
): number {
  const open = name.charCodeAt(name.length - 1) === 0x5d ? name.indexOf("[") : -1;
  const path = open === -1 ? name : name.slice(0, open);
  if (isBound(path, bound)) return 0;
  const key = open === -1 ? undefined : name.slice(open + 1, -1);
  try {
    const names = splitPath(path);
    set(message, { path: names, key, values, claims }, 0);
    return names.length;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new DecodeError(error.expected, error.found, `query parameter "${shorten(name)}"`);
  }
}

/** The values of each name, in order of first appearance. */
function groupByName(pairs: readonly QueryPair[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = groups.get(name);
    if (values === undefined) groups.set(name, [value]);
    else values.push(value);
  }
  return groups;
}

/**
 * All values of the name at `start`; undefined if the name has appeared before. Comparing a few names is faster than
 * hashing them, because most differ in length, and a list that begins with a member is allocated smaller than one that
 * grows from an empty one.
 */
function valuesOfFirst(first: QueryPair, pairs: readonly QueryPair[], start: number): string[] | undefined {
  const name = first[0];
  for (let index = 0; index < start; index++) if (isNamed(pairs[index], name)) return undefined;
  const values = [first[1]];
  for (let index = start + 1; index < pairs.length; index++) {
    const pair = pairs[index];
    if (isNamed(pair, name)) values.push(pair[1]);
  }
  return values;
}

function isNamed(pair: QueryPair | undefined, name: string): pair is QueryPair {
  return pair !== undefined && pair[0].length === name.length && pair[0] === name;
}

/**
 * Parses `a=1&b=%20`; "+" is a space. Bytes that are not UTF-8 become lone surrogates, so that the setter of a field
 * can refuse them. Throws DecodeError for a semicolon or an invalid escape, as Go's net/url refuses them.
 */
export function parseQuery(text: string): QueryPair[] {
  if (text.includes(";")) throw new QueryError("invalid semicolon separator in query");
  const pairs: QueryPair[] = [];
  // Each is searched again only once it has been passed: a text of "&" alone would otherwise be searched to its end for
  // every one.
  let equals = -1;
  let percent = -1;
  let plus = -1;
  for (let start = 0; start < text.length; ) {
    const end = indexFrom(text, "&", start);
    if (equals < start) equals = indexFrom(text, "=", start);
    if (percent < start) percent = indexFrom(text, "%", start);
    if (plus < start) plus = indexFrom(text, "+", start);
    if (end > start) {
      const nameEnd = Math.min(equals, end);
      const value = nameEnd < end ? nameEnd + 1 : end;
      const escaped = Math.min(percent, plus);
      pairs.push([formDecode(text, start, escaped, nameEnd), formDecode(text, value, escaped, end)]);
      limit(pairs.length, maxParams, "query parameters");
    }
    start = end + 1;
  }
  return pairs;
}

/** Throws DecodeError for more than `most`. */
function limit(count: number, most: number, what: string): void {
  if (count > most) throw new DecodeError(`at most ${most} ${what}`, String(count));
}

/** Index of the next such character, or the end of the text. */
function indexFrom(text: string, character: string, start: number): number {
  const index = text.indexOf(character, start);
  return index === -1 ? text.length : index;
}

/** The text from `start` to `end`, which may hold escapes from `escaped` on. */
function formDecode(text: string, start: number, escaped: number, end: number): string {
  if (escaped >= end) return text.slice(start, end);
  return decodeAscii(text, start, Math.max(start, escaped), end) ?? decodeUtf8(text.slice(start, end));
}

/**
 * Decodes escapes of ASCII characters in a short text, in less than half the time of decodeURIComponent; undefined for
 * other escapes.
 */
function decodeAscii(text: string, start: number, escaped: number, end: number): string | undefined {
  if (end - start > 256) return undefined;
  let decoded = text.slice(start, escaped);
  for (let at = escaped; at < end; at++) {
    let code = text.charCodeAt(at);
    if (code === 0x2b) code = 0x20;
    else if (code === 0x25) {
      code = hexDigit(text.charCodeAt(++at)) * 16 + hexDigit(text.charCodeAt(++at));
      if (!(code < 0x80 && at < end)) return undefined;
    }
    decoded += String.fromCharCode(code);
  }
  return decoded;
}

/** The value of a hexadecimal digit; NaN for anything else. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN;
}

function decodeUtf8(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    const wrong = invalidEscape(text);
    if (wrong !== undefined) throw new QueryError(`invalid URL escape ${wrong}`);
    return decodeURIComponent(spaced.replace(/%[89a-f]./gi, "\udfff"));
  }
}

/** The error of a malformed query; its message is complete in itself. */
class QueryError extends DecodeError {
  constructor(message: string) {
    super("a query", message);
    this.message = message;
  }
}

/** Most paths have one name or two, and String.split takes three times as long for those. */
function splitPath(path: string): string[] {
  const dot = path.indexOf(".");
  if (dot === -1) return [path];
  if (path.indexOf(".", dot + 1) === -1) return [path.slice(0, dot), path.slice(dot + 1)];
  const names = path.split(".", maxDepth + 1);
  limit(names.length, maxDepth, "names");
  return names;
}

/** Tells whether a field path is one of `bound`, below it, or above it. */
function isBound(path: string, bound: readonly string[]): boolean {
  for (const taken of bound) {
    if (path.length === taken.length ? path === taken : isBelow(path, taken) || isBelow(taken, path)) return true;
  }
  return false;
}

function isBelow(path: string, parent: string): boolean {
  return path.charCodeAt(parent.length) === 0x2e && path.startsWith(parent);
}

function shorten(name: string): string {
  return name.length <= 64 ? name : `${name.slice(0, 64)}…`;
}
