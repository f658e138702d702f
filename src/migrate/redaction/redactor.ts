/**
 * Keeps secrets out of files: credentials in headers and queries, fields that the schema or the configuration names, and texts that look
 * like credentials. Equal values stay equal within a run, because they become a hash with the run's salt.
 */
import { createHash } from "node:crypto";
import type { PathTemplate } from "../../http-rule/path-template.js";
import type { Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import { fieldOf, messageBelow } from "../fields/field-path.js";
import type { Header } from "../requests/recorded-request.js";
import { redactPath } from "./redact-path.js";
import { isSecretHeader, isSecretMember, isSecretParameter, unescaped } from "./secret-names.js";
import { secretTexts } from "./secret-texts.js";

/** Entries of `redact`: header names, `body:` and the name of a field, `query:` and the name of a parameter, `path:` and that of a variable. */
export interface RedactionOptions {
  readonly names: readonly string[];
  readonly salt: string;
}

/** The mark of a value that was redacted, with which a recording cannot be sent again. */
export const redactedMark = "redacted-sha256-";

/** Deeper values of JSON are replaced as a whole. */
const maxDepth = 200;

/** The functions of a redaction. */
export interface Redactor {
  readonly headers: (headers: readonly Header[]) => readonly Header[];
  /** Path and query; `message` is that of the request, whose fields the parameters and the variables of `template` are. */
  readonly target: (target: string, message?: Message, template?: PathTemplate) => string;
  /** The body of a form, or a query without its question mark. */
  readonly form: (text: string, message?: Message) => string;
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
  const headerNames = new Set(lower.filter((name) => !name.includes(":")));
  const parameterNames = new Set(after("query:"));
  const variableNames = new Set(after("path:"));
  const isHeaderSecret = (name: string): boolean => isSecretHeader(name) || headerNames.has(name.toLowerCase());
  const fields = new Set(after("body:"));
  const hash = (text: string): string =>
    `${redactedMark}${createHash("sha256").update(salt).update(text).digest("hex").slice(0, 8)}`;
  const text = (value: string): string => value.replace(secretTexts, (found) => hash(found));
  const isSecret = (message: Message | undefined, name: string): boolean => {
    const field = fieldOf(message, name);
    const names = [name, field?.name ?? name].map((each) => each.toLowerCase());
    return field?.redacted === true || isSecretMember(name) || names.some((each) => fields.has(each));
  };
  const isSecretPart = (name: string, message: Message | undefined): boolean => {
    const plain = unescaped(name).toLowerCase();
    const names = [plain, plain.split(".").at(-1) ?? ""];
    return (
      isSecretParameter(name) || names.some((each) => parameterNames.has(each)) || isRedactedPath(message, name, index)
    );
  };
  const path = (text: string, message: Message | undefined, template: PathTemplate | undefined): string => {
    const isSecret = (fieldPath: string): boolean => {
      const last = fieldPath.split(".").at(-1) ?? "";
      const isNamed = [fieldPath, last].some((name) => variableNames.has(name.toLowerCase()));
      return isNamed || isSecretMember(last) || isRedactedPath(message, fieldPath, index);
    };
    return template === undefined ? text : redactPath(text, template, { isSecret, hash });
  };
  const form = (query: string, message?: Message): string =>
    text(
      query
        .split("&")
        .map((part) => {
          const [name = ""] = part.split("=", 1);
          const isKept = part.length === name.length || !isSecretPart(name, message);
          return isKept ? part : `${name}=${hash(part.slice(name.length + 1))}`;
        })
        .join("&"),
    );
  const json = (value: unknown, message: Message | undefined, depth = 0): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value !== "object" || value === null) return value;
    // Nobody reads so deep, and whatever is there may be a secret.
    if (depth > maxDepth) return hash(jsonText(value));
    if (Array.isArray(value)) return value.map((item) => json(item, message, depth + 1));
    const members = Object.entries(value).map(([name, member]): [string, unknown] => {
      if (isSecret(message, name)) return [text(name), hash(jsonText(member))];
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
    headers: (headers) => headers.map(([name, value]) => [name, isHeaderSecret(name) ? hash(value) : text(value)]),
    target: (target, message, template) => {
      const mark = target.indexOf("?");
      if (mark === -1) return text(path(target, message, template));
      return text(`${path(target.slice(0, mark), message, template)}?${form(target.slice(mark + 1), message)}`);
    },
    form,
    json,
    text,
    hash,
  };
}

/** JSON text; "" for what nests beyond all reason. */
function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

/** Tells whether a parameter is a field with `debug_redact`, or lies below one. */
function isRedactedPath(message: Message | undefined, name: string, index: ModelIndex): boolean {
  let owner = message;
  for (const part of unescaped(name).replace(/\[.*$/s, "").split(".")) {
    const field = fieldOf(owner, part);
    if (field === undefined) return false;
    if (field.redacted === true) return true;
    owner = messageBelow(field, index);
  }
  return false;
}
