/**
 * Keeps secrets out of files: credentials in headers and queries, fields that the schema or the configuration names, and texts that look
 * like credentials. Equal values stay equal within a run, because they become a hash with the run's salt.
 */
import { createHash } from "node:crypto";
import type { Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import { fieldOf, messageBelow } from "../fields/field-path.js";
import type { Header } from "../requests/recorded-request.js";

/** Entries of `redact`: header names, `body:` and the name of a field, `query:` and the name of a parameter. */
export interface RedactionOptions {
  readonly names: readonly string[];
  readonly salt: string;
}

/** Headers that hold credentials, by lower-case name. */
const secretHeaders: readonly string[] = [
  ...["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-amz-security-token"],
  ...["x-auth-token", "x-csrf-token", "x-xsrf-token", "x-goog-api-key"],
];

/** Parameters that hold credentials, by lower-case name. */
const secretParameters: readonly string[] = [
  ...["token", "access_token", "id_token", "refresh_token", "api_key", "apikey", "key", "password", "secret"],
  ...["x-amz-signature", "x-amz-credential", "x-amz-security-token", "signature", "code"],
];

/** JWTs, AWS access keys, private keys, and the user part of a URL. */
const secretTexts =
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)|(?<=:\/\/)[^/\s@"]{1,200}@/g;

/** The mark of a value that was redacted, with which a recording cannot be sent again. */
export const redactedMark = "redacted-sha256-";

/** The functions of a redaction. */
export interface Redactor {
  readonly headers: (headers: readonly Header[]) => readonly Header[];
  readonly target: (target: string) => string;
  /** A JSON value whose message the schema knows, or not. */
  readonly json: (value: unknown, message: Message | undefined) => unknown;
  /** Replaces what looks like a credential. */
  readonly text: (text: string) => string;
  /** The replacement of a whole value. */
  readonly hash: (text: string) => string;
}

/** Makes a redactor. Names of the configuration are added to those that are always redacted. */
export function createRedactor({ names, salt }: RedactionOptions, index: ModelIndex): Redactor {
  const lower = names.map((name) => name.toLowerCase());
  const after = (mark: string): string[] =>
    lower.filter((name) => name.startsWith(mark)).map((name) => name.slice(mark.length));
  const headerNames = new Set([...secretHeaders, ...lower.filter((name) => !name.includes(":"))]);
  const parameterNames = new Set([...secretParameters, ...after("query:")]);
  const fields = new Set(after("body:"));
  const hash = (text: string): string =>
    `${redactedMark}${createHash("sha256").update(salt).update(text).digest("hex").slice(0, 8)}`;
  const text = (value: string): string => value.replace(secretTexts, (found) => hash(found));
  const isSecret = (message: Message | undefined, name: string): boolean => {
    const field = fieldOf(message, name);
    return (
      field?.redacted === true || fields.has(name.toLowerCase()) || fields.has((field?.name ?? name).toLowerCase())
    );
  };
  const json = (value: unknown, message: Message | undefined, depth = 0): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value !== "object" || value === null || depth > 200) return value;
    if (Array.isArray(value)) return value.map((item) => json(item, message, depth + 1));
    const members = Object.entries(value).map(([name, member]): [string, unknown] => {
      if (isSecret(message, name)) return [text(name), hash(JSON.stringify(member) ?? "")];
      const field = fieldOf(message, name);
      const below = field === undefined ? undefined : messageBelow(field, index);
      if (field?.shape.kind !== "map" || typeof member !== "object" || member === null) {
        return [text(name), json(member, below, depth + 1)];
      }
      const entries = Object.entries(member).map(([key, item]) => [text(key), json(item, below, depth + 1)]);
      return [text(name), Object.fromEntries(entries)];
    });
    return Object.fromEntries(members);
  };
  return {
    headers: (headers) =>
      headers.map(([name, value]) => [name, headerNames.has(name.toLowerCase()) ? hash(value) : text(value)]),
    target: (target) => text(redactQuery(target, parameterNames, hash)),
    json,
    text,
    hash,
  };
}

function redactQuery(target: string, names: ReadonlySet<string>, hash: (text: string) => string): string {
  const mark = target.indexOf("?");
  if (mark === -1) return target;
  const parts = target
    .slice(mark + 1)
    .split("&")
    .map((part) => {
      const [name = ""] = part.split("=", 1);
      const last = name.split(".").at(-1)?.toLowerCase() ?? "";
      const isSecret = names.has(name.toLowerCase()) || names.has(last);
      return isSecret ? `${name}=${hash(part.slice(name.length + 1))}` : part;
    });
  return `${target.slice(0, mark)}?${parts.join("&")}`;
}
