/** A side that answers from the recording: a comparison with yesterday, without touching the old service. */
import { type AnswerBody, maxComparedBytes, type Side } from "./side.js";
import { createHash } from "node:crypto";

/** The answers that the recording has. A log has the status alone, which is not enough to compare. */
export const recordedSide: Side = {
  name: "recorded",
  ask: async ({ answer }) => {
    if (answer === undefined) return { kind: "unasked", reason: "the recording has no answer" };
    return { kind: "answer", ...answer, ms: answer.ms ?? 0, body: toBody(answer.body) };
  },
  close: async () => {},
};

function toBody(body: Uint8Array): AnswerBody {
  if (body.length <= maxComparedBytes) return { kind: "bytes", bytes: Buffer.from(body) };
  return { kind: "hash", sha256: createHash("sha256").update(body).digest("hex"), length: body.length };
}
