/** A recorded request and its answer without secrets. */
import type { Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import { deepest, nestsDeeper, type NormalBody, normalBody } from "../differences/read-body.js";
import { plainMessage } from "../fields/field-path.js";
import { redactAnswer } from "../differences/redact-answer.js";
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
  const messageOf = (name: string | undefined): Message | undefined =>
    plainMessage(name === undefined ? undefined : index.messages.get(name));
  const redactInput = (value: unknown): unknown => redactor.json(value, messageOf(label.bodyType));
  const message = answer.status < 400 ? messageOf(label.method?.output) : undefined;
  const redactOutput = (value: NormalBody): NormalBody => redactAnswer(value, { label, message }, redactor);
  const redactQuery = (text: string): string => redactor.form(text, messageOf(label.input));
  return {
    method,
    target: redactor.target(target, messageOf(label.input), label.template),
    headers: redactor.headers(headers),
    body: redactBody(body, redactor, {
      json: (value) => redactParts(value, redactInput),
      ...(isForm(headers) ? { text: redactQuery } : {}),
    }),
    answer: {
      ...answer,
      headers: redactor.headers(answer.headers),
      body: redactBody(answer.body, redactor, { json: redactOutput }),
    },
  };
}

function isForm(headers: readonly Header[]): boolean {
  return headers.some(
    ([name, value]) => /^content-type$/i.test(name) && /^application\/x-www-form-urlencoded\b/i.test(value.trim()),
  );
}

/** The body of a request, or the messages of a stream of requests. */
function redactParts(body: NormalBody, redact: (value: unknown) => unknown): NormalBody {
  switch (body.kind) {
    case "json":
      return { kind: "json", value: redact(body.value) };
    case "sequence":
      return { kind: "sequence", values: body.values.map(redact) };
    case "opaque":
      return body;
    default:
      return body satisfies never;
  }
}

interface BodyRedaction {
  readonly json: (body: NormalBody) => NormalBody;
  /** Redacts a body that is no JSON. Default: texts that look like credentials. */
  readonly text?: (text: string) => string;
}

/** Redacts JSON as JSON whatever its type: gateways read it so, and curl calls all that it sends a form. */
function redactBody(body: Uint8Array, redactor: Redactor, { json, text = redactor.text }: BodyRedaction): Uint8Array {
  const bytes = Buffer.from(body);
  const read = normalBody({ kind: "bytes", bytes }, [["content-type", "application/json"]]);
  if (read.kind === "opaque") {
    const characters = bytes.toString("latin1");
    // Nothing below is looked at, so nothing of it is kept.
    if (nestsDeeper(characters, deepest)) return Buffer.from(redactor.hash(characters));
    return Buffer.from(text(characters), "latin1");
  }
  const redacted = writeJson(json(read));
  // What has no secret keeps its bytes.
  return redacted === writeJson(read) ? body : Buffer.from(redacted);
}

/** JSON text; values of a stream one a line. */
function writeJson(body: NormalBody): string {
  if (body.kind === "opaque") return body.text;
  return (body.kind === "json" ? [body.value] : body.values).map((value) => JSON.stringify(value)).join("\n");
}
