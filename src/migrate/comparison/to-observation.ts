/** From two answers to the line that is kept of them, with secrets redacted. */
import type { Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import type { Difference } from "../differences/difference.js";
import { plainMessage } from "../fields/field-path.js";
import { normalBody } from "../differences/read-body.js";
import { redactAnswer } from "../differences/redact-answer.js";
import type { Redactor } from "../redaction/redactor.js";
import type { RecordedRequest } from "../requests/recorded-request.js";
import type { RequestLabel } from "../requests/request-label.js";
import type { Observation, SideOutcome } from "../results/observation.js";
import type { SideAnswer } from "../sides/side.js";

/** One compared request with both answers. */
export interface ComparedRequest {
  readonly request: RecordedRequest;
  readonly label: RequestLabel;
  readonly old: SideAnswer;
  readonly new: SideAnswer;
  readonly cold: boolean;
  /** Differences of redacted answers. */
  readonly differences: readonly Difference[];
  readonly noise: readonly Difference[] | undefined;
  readonly keepBodies: boolean;
}

interface Surroundings {
  readonly redactor: Redactor;
  readonly index: ModelIndex;
}

/** Longer texts of bodies are cut, in characters. */
const keptCharacters = 16_384;

/** Makes the observation of a request. */
export function toObservation(compared: ComparedRequest, surroundings: Surroundings): Observation {
  const { request, label, old, new: changed, cold, differences, noise, keepBodies } = compared;
  const { redactor, index } = surroundings;
  const message = plainMessage(label.method && index.messages.get(label.method.output));
  const seen = noise?.map(({ class: kind, path }) => ({ class: kind, path }));
  return {
    id: request.id,
    rpc: label.rpc,
    binding: label.binding,
    method: request.method,
    target: redactor.target(request.target, inputOf(label, index), label.template),
    old: outcome(old),
    new: outcome(changed),
    ...(cold ? { cold } : {}),
    differences,
    ...(seen === undefined ? {} : { noise: seen }),
    ...(keepBodies
      ? { bodies: { old: bodyText(old, label, message, redactor), new: bodyText(changed, label, message, redactor) } }
      : {}),
    ...(old.kind === "answer" ? {} : { uncompared: true }),
  };
}

function inputOf({ input }: RequestLabel, index: ModelIndex): Message | undefined {
  return input === undefined ? undefined : index.messages.get(input);
}

function outcome(answer: SideAnswer): SideOutcome {
  switch (answer.kind) {
    case "answer":
      return { status: answer.status, ms: Math.round(answer.ms * 10) / 10 };
    case "failed":
      return { failure: answer.reason, ms: Math.round(answer.ms * 10) / 10 };
    case "unasked":
      return { failure: answer.reason, ms: 0 };
    default:
      return answer satisfies never;
  }
}

function bodyText(answer: SideAnswer, label: RequestLabel, message: Message | undefined, redactor: Redactor): string {
  if (answer.kind !== "answer") return answer.reason;
  const form = { label, message: answer.status < 400 ? message : undefined };
  const body = redactAnswer(normalBody(answer.body, answer.headers), form, redactor);
  const text =
    body.kind === "opaque"
      ? body.text
      : body.kind === "json"
        ? JSON.stringify(body.value, undefined, 2)
        : body.values.map((value) => JSON.stringify(value)).join("\n");
  return text.length > keptCharacters ? `${text.slice(0, keptCharacters)}…` : text;
}
