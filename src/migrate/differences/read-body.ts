/** The body of an answer in its normal form: JSON values, or bytes. */
import { createHash } from "node:crypto";
import type { Header } from "../requests/recorded-request.js";
import type { AnswerBody } from "../sides/side.js";

/** A body as it is compared. */
export type NormalBody =
  | { readonly kind: "json"; readonly value: unknown }
  /** A stream of JSON values, whatever stands between them. */
  | { readonly kind: "sequence"; readonly values: readonly unknown[] }
  /** Anything else, by length and hash or bytes. */
  | { readonly kind: "opaque"; readonly text: string };

/** Reads a body by its content type. Bytes that are no JSON although they are said to be are opaque. */
export function normalBody(body: AnswerBody, headers: readonly Header[]): NormalBody {
  if (body.kind === "hash") return { kind: "opaque", text: `${body.length} bytes, sha256 ${body.sha256}` };
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (!/json/i.test(type) || body.bytes.length === 0) return opaque(body.bytes);
  const text = decodeText(body.bytes);
  if (text === undefined) return opaque(body.bytes);
  if (nestsDeeper(text, deepest)) return { kind: "opaque", text: describeBytes(body.bytes) };
  try {
    return { kind: "json", value: JSON.parse(text) };
  } catch {
    const values = parseSequence(text);
    return values === undefined ? opaque(body.bytes) : { kind: "sequence", values };
  }
}

/** The text of bytes that are UTF-8; undefined of others. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function opaque(bytes: Buffer): NormalBody {
  return { kind: "opaque", text: decodeText(bytes) ?? describeBytes(bytes) };
}

/** Bytes that nobody reads: what is in them may be a secret. */
function describeBytes(bytes: Buffer): string {
  return `${bytes.length} bytes, sha256 ${createHash("sha256").update(bytes).digest("hex")}`;
}

/** Values that nest deeper are compared by hash: no API answers so, and a walk would end on the stack. */
export const deepest = 500;

/** Each bracket outside of strings, with the depth behind it. */
function* bracketsOf(
  text: string,
): Generator<{ readonly at: number; readonly closes: boolean; readonly depth: number }> {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") yield { at, closes: false, depth: ++depth };
    else if (character === "}" || character === "]") yield { at, closes: true, depth: --depth };
  }
}

/** Tells whether JSON nests deeper than that; brackets in strings do not count. */
export function nestsDeeper(text: string, limit: number): boolean {
  for (const { depth } of bracketsOf(text)) if (depth > limit) return true;
  return false;
}

/** JSON values one after the other, with white space between them or nothing; undefined for another text. */
export function parseSequence(text: string): unknown[] | undefined {
  const values: unknown[] = [];
  for (const part of splitValues(text)) {
    try {
      values.push(JSON.parse(part));
    } catch {
      return undefined;
    }
  }
  return values;
}

/** Cuts after each value at depth 0: only brackets outside of strings are counted. */
function* splitValues(text: string): Generator<string> {
  let start = 0;
  for (const { at, closes, depth } of bracketsOf(text)) {
    if (!closes || depth > 0) continue;
    yield text.slice(start, at + 1);
    start = at + 1;
  }
  if (text.slice(start).trim() !== "") yield text.slice(start);
}
