/** What Go's protojson is asked: JSON texts for every kind of field, and the bytes of random messages. */
import { type DescMessage, toBinary } from "@bufbuild/protobuf";
import { ofFields } from "./field-questions.js";
import { wholes } from "./message-questions.js";
import type { FileTexts } from "../support/buf.js";
import { registryFromProto } from "../support/proto-registry.js";
import { randomMessage, seededRandom } from "../support/random-message.js";

/** A message of `fixtures/vectors/protojson` in one of the two formats; bytes are in base64. */
export type Question =
  | { readonly message: string; readonly json: string }
  | { readonly message: string; readonly binary: string };

/** All of them, in the same order every time. `sources`: the texts of the protos by path. */
export function allQuestions(sources: FileTexts): Question[] {
  const asked = Object.entries(ofFields).flatMap(([message, fields]) =>
    Object.entries(fields).flatMap(([field, texts]) =>
      texts.map((text) => ({ message, json: `{"${field}":${text}}` })),
    ),
  );
  const whole = Object.entries(wholes).flatMap(([message, texts]) => texts.map((json) => ({ message, json })));
  return [...asked, ...whole, ...randomReplies(sources)];
}

const perMessage = 25;

function randomReplies(sources: FileTexts): Question[] {
  const registry = registryFromProto(sources);
  return Object.keys(wholes).flatMap((message) => {
    const descriptor = registry.getMessage(message) as DescMessage;
    const random = seededRandom(message.length * 7919);
    return Array.from({ length: perMessage }, () => ({
      message,
      binary: Buffer.from(toBinary(descriptor, randomMessage(descriptor, random))).toString("base64"),
    }));
  });
}
