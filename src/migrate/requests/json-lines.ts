/**
 * Recordings of our own, one request a line:
 * `{"method":"GET","target":"/v1/books?page_size=3","headers":[["accept","*\/*"]],"body":"text","answer":{"status":200,"headers":[],"body":"…","ms":12.3}}`.
 * A body that is not UTF-8 text is `{"base64":"…"}`.
 */
import {
  type Header,
  type RecordedAnswer,
  type RecordedRequest,
  requestItem,
  type SourceItem,
} from "./recorded-request.js";

/** Reads a line; `id` is what the request is called. */
export function readJsonLine(line: string, id: string): SourceItem {
  const parsed = parseObject(line);
  const request = parsed && toRequest(parsed, id);
  return request === undefined ? { kind: "skipped", reason: "malformed" } : requestItem(request);
}

/** Writes a request as a line, without its end. Values that were redacted stand as texts in it. */
export function writeJsonLine({ method, target, headers, body, answer }: RecordedRequest): string {
  return JSON.stringify({
    method,
    target,
    headers,
    ...(body.length === 0 ? {} : { body: writeBody(body) }),
    ...(answer === undefined
      ? {}
      : {
          answer: {
            status: answer.status,
            headers: answer.headers,
            ...(answer.body.length === 0 ? {} : { body: writeBody(answer.body) }),
            ...(answer.ms === undefined ? {} : { ms: answer.ms }),
          },
        }),
  });
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Parses a line that holds an object; undefined for another text. */
export function parseObject(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function toRequest(record: JsonObject, id: string): RecordedRequest | undefined {
  const { method, target, headers = [], body, answer } = record;
  const pairs = readHeaders(headers);
  const content = readBody(body);
  if (typeof method !== "string" || typeof target !== "string" || pairs === undefined || content === undefined) {
    return undefined;
  }
  const known = answer === undefined ? undefined : readAnswer(answer);
  return {
    id,
    method: method.toUpperCase(),
    target,
    headers: pairs,
    body: content,
    ...(known === undefined ? {} : { answer: known }),
  };
}

function readAnswer(value: unknown): RecordedAnswer | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { status, headers = [], body, ms } = value as JsonObject;
  const pairs = readHeaders(headers);
  const content = readBody(body);
  if (typeof status !== "number" || pairs === undefined || content === undefined) return undefined;
  return { status, headers: pairs, body: content, ...(typeof ms === "number" ? { ms } : {}) };
}

/** Pairs, or an object of texts; undefined for anything else. */
function readHeaders(value: unknown): readonly Header[] | undefined {
  const entries: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === "object" && value !== null
      ? Object.entries(value)
      : [undefined];
  const pairs = entries.filter(
    (entry): entry is Header =>
      Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === "string"),
  );
  return pairs.length === entries.length ? pairs : undefined;
}

function readBody(value: unknown): Uint8Array | undefined {
  if (value === undefined || value === null) return new Uint8Array();
  if (typeof value === "string") return Buffer.from(value);
  if (typeof value !== "object" || Array.isArray(value)) return undefined;
  const { base64 } = value as JsonObject;
  if (typeof base64 === "string") return Buffer.from(base64, "base64");
  try {
    return Buffer.from(JSON.stringify(value));
  } catch {
    // It nests deeper than the stack.
    return undefined;
  }
}

function writeBody(body: Uint8Array): string | { readonly base64: string } {
  const text = Buffer.from(body).toString();
  return Buffer.from(text).equals(body) ? text : { base64: Buffer.from(body).toString("base64") };
}
