/**
 * Differences of two answers to one request: status first, then the body, then headers. One cause gives one difference. Both answers are
 * redacted before they are compared: equal secrets stay equal, and no value of a difference can hold one.
 */
import type { Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import type { Header } from "../requests/recorded-request.js";
import { redactAnswer, unpackPart } from "./redact-answer.js";
import type { Redactor } from "../redaction/redactor.js";
import type { RequestLabel } from "../requests/request-label.js";
import type { RpcRules } from "../rules/comparison-rules.js";
import type { SideAnswer } from "../sides/side.js";
import { compareJson, type JsonComparison } from "./compare-json.js";
import { type Difference, difference } from "./difference.js";
import { plainMessage } from "../fields/field-path.js";
import { type NormalBody, normalBody } from "./read-body.js";

/** The surroundings of a comparison of answers. */
export interface AnswerComparison {
  readonly index: ModelIndex;
  readonly rules: RpcRules;
  readonly label: RequestLabel;
  readonly redactor: Redactor;
  readonly method: string;
  /** Whether cookies of load balancers are overlooked. */
  readonly albCookies: boolean;
  /** Whether headers are compared. */
  readonly hasHeaders: boolean;
}

type Answer = Extract<SideAnswer, { kind: "answer" }>;

/** Compares two answers. A difference of the status hides those of body and headers, which follow from it. */
export function compareAnswers(old: Answer, changed: Answer, comparison: AnswerComparison): Difference[] {
  if (old.status !== changed.status && !comparison.rules.acceptsStatus(old.status, changed.status)) {
    return [difference("status", "status", old.status, changed.status)];
  }
  const headers = comparison.hasHeaders ? compareHeaders(old.headers, changed.headers, comparison) : [];
  if (comparison.method === "HEAD") return headers;
  const bodies = old.status >= 400 ? compareErrors(old, changed, comparison) : compareBodies(old, changed, comparison);
  return [...bodies, ...headers];
}

function compareBodies(old: Answer, changed: Answer, comparison: AnswerComparison): Difference[] {
  const { index, rules, label } = comparison;
  const json: JsonComparison = { index, rules };
  const message = plainMessage(label.method && index.messages.get(label.method.output));
  const [left, right] = [readBody(old, message, comparison), readBody(changed, message, comparison)];
  if (left.kind === "json" && right.kind === "json" && label.method?.serverStreaming !== true) {
    return compareJson(left.value, right.value, message, json);
  }
  if (left.kind !== "opaque" && right.kind !== "opaque") {
    return compareStreams(listOf(left), listOf(right), message, json);
  }
  const [before, after] = [textOf(left), textOf(right)];
  return before === after ? [] : [difference(left.kind === right.kind ? "value" : "shape", "body", before, after)];
}

/** The body, redacted. One that is a field of the reply becomes a reply with that field. */
function readBody(
  { body, headers, status }: Answer,
  message: Message | undefined,
  { label, redactor }: AnswerComparison,
): NormalBody {
  const redacted = redactAnswer(normalBody(body, headers), { label, message }, redactor);
  const field = status < 400 ? label.responseBody : undefined;
  return redacted.kind === "json" && field !== undefined && label.method?.serverStreaming !== true
    ? { kind: "json", value: { [field]: redacted.value } }
    : redacted;
}

function textOf(body: NormalBody): string {
  return body.kind === "opaque" ? body.text : JSON.stringify(body.kind === "json" ? body.value : body.values);
}

function listOf(body: Exclude<NormalBody, { kind: "opaque" }>): readonly unknown[] {
  if (body.kind === "sequence") return body.values;
  return Array.isArray(body.value) ? body.value : [body.value];
}

/** Messages of a stream are in `result`, an error at its end is in `error`; other formats have the messages themselves. */
function compareStreams(
  old: readonly unknown[],
  changed: readonly unknown[],
  message: Message | undefined,
  json: JsonComparison,
): Difference[] {
  if (old.length !== changed.length) return [difference("shape", "stream.length", old.length, changed.length)];
  return old.flatMap((item, at) => compareJson(unpackPart(item), unpackPart(changed[at]), message, json, "[]"));
}

/** Errors of equal status: code, then message as a matter of wording, then details. */
function compareErrors(old: Answer, changed: Answer, comparison: AnswerComparison): Difference[] {
  const { index, rules } = comparison;
  const [left, right] = [readBody(old, undefined, comparison), readBody(changed, undefined, comparison)];
  if (left.kind !== "json" || right.kind !== "json") {
    const [before, after] = [textOf(left), textOf(right)];
    if (before === after) return [];
    return [difference(left.kind === right.kind ? "wording" : "shape", "error", before, after)];
  }
  return compareJson(left.value, right.value, undefined, { index, rules }, "error").map((found) =>
    found.path === "error.message" && found.class === "value" ? { ...found, class: "wording" } : found,
  );
}

function compareHeaders(
  old: readonly Header[],
  changed: readonly Header[],
  { rules, albCookies, redactor }: AnswerComparison,
): Difference[] {
  const [left, right] = [old, changed].map((headers) => groupHeaders(headers, albCookies, redactor));
  if (left === undefined || right === undefined) return [];
  return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((name) => {
    if (rules.ignoresHeader(name) || left.get(name) === right.get(name)) return [];
    return [difference("header", `header:${name}`, left.get(name), right.get(name))];
  });
}

function groupHeaders(headers: readonly Header[], albCookies: boolean, redactor: Redactor): Map<string, string> {
  const values = new Map<string, string>();
  const kept = headers.filter(([name, value]) => !(albCookies && /^set-cookie$/i.test(name) && /^AWSALB/.test(value)));
  for (const [name, value] of redactor.headers(kept)) {
    const key = name.toLowerCase();
    const before = values.get(key);
    values.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return values;
}
