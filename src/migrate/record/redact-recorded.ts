/** A recorded request and its answer without secrets. */
import type { Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import { plainMessage } from "../fields/field-path.js";
import type { Redactor } from "../redaction/redactor.js";
import type { Header } from "../requests/recorded-request.js";
import type { RequestLabel } from "../requests/request-label.js";
import type { PassedRequest } from "./recording-proxy.js";

/** Redacts target, headers and bodies. Bodies in other forms than JSON have texts that look like credentials replaced. */
export function redactRecorded(
  request: PassedRequest,
  label: RequestLabel,
  redactor: Redactor,
  index: ModelIndex,
): PassedRequest {
  const { method, target, headers, body, answer } = request;
  const input = plainMessage(label.bodyType === undefined ? undefined : index.messages.get(label.bodyType));
  const output = plainMessage(label.method && index.messages.get(label.method.output));
  return {
    method,
    target: redactor.target(target),
    headers: redactor.headers(headers),
    body: redactBody(body, headers, input, redactor),
    answer: {
      ...answer,
      headers: redactor.headers(answer.headers),
      body: redactBody(answer.body, answer.headers, answer.status < 400 ? output : undefined, redactor),
    },
  };
}

function redactBody(
  body: Uint8Array,
  headers: readonly Header[],
  message: Message | undefined,
  redactor: Redactor,
): Uint8Array {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "application/json";
  const text = Buffer.from(body).toString();
  // Bytes that are no text hold no text.
  if (body.length === 0 || !Buffer.from(text).equals(body)) return body;
  const value = /json/i.test(type) ? parse(text) : undefined;
  if (value === undefined) return Buffer.from(redactor.text(text));
  const redacted = JSON.stringify(redactor.json(value, message));
  // What has no secret keeps its bytes.
  return redacted === JSON.stringify(value) ? body : Buffer.from(redacted);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
