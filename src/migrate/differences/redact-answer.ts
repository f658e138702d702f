/** The body of an answer without secrets, for differences, results and recordings alike. */
import type { Message } from "../../model/api-model.js";
import type { NormalBody } from "./read-body.js";
import type { RequestLabel } from "../requests/request-label.js";
import type { Redactor } from "../redaction/redactor.js";

/** The label of an answer, and the message of its RPC's replies unless it is an error. */
export interface AnswerForm {
  readonly label: Pick<RequestLabel, "method" | "responseBody">;
  readonly message: Message | undefined;
}

/** Redacts a body in any of its forms: a reply, the field of one that `response_body` names, messages of a stream. */
export function redactAnswer(body: NormalBody, form: AnswerForm, redactor: Redactor): NormalBody {
  switch (body.kind) {
    case "json":
      return { kind: "json", value: redactValue(body.value, form, redactor) };
    case "sequence":
      return { kind: "sequence", values: body.values.map((value) => redactPart(value, form, redactor)) };
    case "opaque":
      return { kind: "opaque", text: redactor.text(body.text) };
    default:
      return body satisfies never;
  }
}

function redactValue(value: unknown, form: AnswerForm, redactor: Redactor): unknown {
  if (form.label.method?.serverStreaming !== true) return redactReply(value, form, redactor);
  return Array.isArray(value)
    ? value.map((part) => redactPart(part, form, redactor))
    : redactPart(value, form, redactor);
}

/** A message of a stream, which stands in `result` or by itself. */
function redactPart(part: unknown, form: AnswerForm, redactor: Redactor): unknown {
  const item = unpackPart(part);
  return item === part ? redactReply(part, form, redactor) : { result: redactReply(item, form, redactor) };
}

function redactReply(value: unknown, { label: { responseBody }, message }: AnswerForm, redactor: Redactor): unknown {
  if (responseBody === undefined || message === undefined) return redactor.json(value, message);
  const reply = redactor.json({ [responseBody]: value }, message) as Readonly<Record<string, unknown>>;
  return reply[responseBody];
}

/** The message in `result` of a part of a stream; a part of another form itself. */
export function unpackPart(part: unknown): unknown {
  if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
  const names = Object.keys(part);
  return names.length === 1 && names[0] === "result" ? (part as { readonly result: unknown }).result : part;
}
