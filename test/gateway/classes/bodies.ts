import { errorIn } from "../compare/differences.js";
import { bodyField } from "../requests/api.js";
import type { Difference, DifferenceClass } from "./difference-class.js";
import {
  bodyOf,
  hasDeepNames,
  isHead,
  ourMessage,
  parametersOf,
  ranHereOnly,
  ranThereOnly,
  theirMessage,
} from "./matters.js";

/** In the order of the table. */
export const bodyClasses: readonly DifferenceClass[] = [
  {
    id: "body-field-as-proto-json",
    area: "Bodies",
    gateway:
      "a `body` that is no message is read by encoding/json: names of enums, 64-bit integers in strings and URL-safe base64 are refused, null is a value, and fractions are taken in places",
    product: "proto JSON, as in a whole message",
    state: {
      kind: "stands",
      reason: "clients write the proto JSON of the field; what gateway refuses there is a fault of it",
    },
    example: {
      set: "vectors",
      rpc: "Vectors.Echo",
      method: "POST",
      target: "/v1/body/enum",
      body: '"RED"',
    },
    explanation: {
      kind: "outcome",
      holds: (difference) => {
        const field = bodyField(difference.binding);
        if (field === undefined || field.fieldKind === "message") return false;
        const isGo = /symbolic enum|json: cannot unmarshal|illegal base64|strconv|invalid syntax|proto: /;
        return (
          (ranHereOnly(difference) && isGo.test(theirMessage(difference))) ||
          (ranThereOnly(difference) && /expected/.test(ourMessage(difference))) ||
          bodyOf(difference).trim() === "null"
        );
      },
    },
  },
  {
    id: "stream-of-wrong-messages",
    area: "Streams",
    gateway: "the call has begun when a message of the body turns out to be wrong",
    product:
      "all messages are read before the handler runs: it does not run, and the answer is code 3 with the message's index",
    state: {
      kind: "stands",
      reason: "a function has the whole body; a handler need not undo what a broken request began",
    },
    noExample: "whether the handler is reached first is a matter of time",
    explanation: {
      kind: "outcome",
      holds: ({ binding, ours }) =>
        /client|bidi/.test(binding.kind) && /^\[\d+\]|the end of the JSON text/.test(errorIn(ours.body)?.message ?? ""),
    },
  },
  {
    id: "patch-empty-body",
    area: "Bodies",
    versions: ["2.30"],
    gateway: "a PATCH with the body `{}` has a mask with an empty path",
    product: "a mask without paths, as 2.33 has it",
    state: {
      kind: "stands",
      reason: "an empty path names no field, and no reply can say it in JSON; upstream has come to it",
    },
    example: {
      set: "library",
      rpc: "LibraryService.UpdateBook",
      method: "PATCH",
      target: "/v1/shelves/1/books/1",
      body: "{}",
    },
    explanation: {
      kind: "outcome",
      holds: ({ request, theirs }) =>
        request.method === "PATCH" && JSON.stringify(theirs.calls).includes('paths:[\\"\\"'),
      aspects: ["request", "body", "status", "headers"],
    },
  },
  {
    id: "streams-of-10000-messages",
    area: "Limits",
    gateway: "takes streams of any number of messages",
    product: "more than 10,000 messages are code 8, until configured otherwise",
    state: { kind: "stands", reason: "a request of a megabyte must not become a million calls of a reader" },
    example: {
      set: "vectors",
      rpc: "Vectors.Collect",
      method: "POST",
      target: "/v1/collect",
      body: "{}".repeat(10_001),
    },
    explanation: {
      kind: "outcome",
      holds: (difference) => /more than 10000 messages/.test(errorIn(difference.ours.body)?.message ?? ""),
    },
  },
  {
    id: "depth",
    area: "Limits",
    gateway: "takes JSON nested 10,000 deep, and names of parameters of any depth",
    product: "JSON nested 100 deep and deeper is code 3, and so are names of more than 100 parts",
    state: {
      kind: "stands",
      reason: "readers recurse, and V8 ends the process where the stack does; 100 is protobuf's own limit",
    },
    example: {
      set: "vectors",
      rpc: "Vectors.Echo",
      method: "POST",
      target: "/v1/echo",
      body: `{"unknown":${"[".repeat(120)}${"]".repeat(120)}}`,
    },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        ranThereOnly(difference) &&
        (isHead(difference)
          ? hasDeepNames(difference)
          : /less deeply nested|at most 100 names/.test(ourMessage(difference))),
    },
  },
  {
    id: "patch-any-mask",
    area: "Bodies",
    versions: ["2.30"],
    gateway:
      "the mask that a PATCH gets from its body names a google.protobuf.Any by its JSON name, which no reply can say",
    product: "by its name in the proto, as 2.33 does",
    state: { kind: "stands", reason: "handlers look for names of fields; upstream has come to it" },
    example: {
      set: "vectors",
      rpc: "Vectors.Update",
      method: "PATCH",
      target: "/v1/resources/1",
      body: '{"anyField":{"@type":"type.googleapis.com/google.protobuf.Timestamp","value":"2020-01-02T03:04:05Z"}}',
    },
    explanation: {
      kind: "outcome",
      holds: ({ request, theirs }) =>
        request.method === "PATCH" && /paths:\[[^\]]*[a-z][A-Z]/.test(theirs.calls[0]?.requests[0] ?? ""),
      aspects: ["request", "body", "status", "headers"],
    },
  },
  {
    id: "empty-body-of-a-value",
    area: "Bodies",
    gateway:
      "a google.protobuf.Value whose body is empty, or of which a query names an unknown member, is set, and says nothing",
    product: "not set; null if it is the whole request",
    state: { kind: "stands", reason: "such a Value has no JSON, and is no value in most message styles" },
    example: { set: "zoo", rpc: "ZooService.Bodies", method: "POST", target: "/zoo/body/value" },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        (bodyOf(difference).trim() === "" && takesValue(difference)) || namesMemberOfValue(difference),
      aspects: ["request", "body"],
    },
  },
  {
    id: "request-without-a-required-field",
    area: "Bodies",
    gateway: "a request that lacks a required field (proto2, editions) is 500; 400 if a body of JSON lacks it",
    product: "400, and the message names the field",
    state: { kind: "stands", reason: "the mistake is the client's" },
    example: {
      set: "zoo",
      rpc: "OldService.EchoRequired",
      method: "PUT",
      target: "/old/required",
      body: '{"key":"x"}',
    },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        difference.theirs.status >= 500 && /expected a value, found nothing/.test(ourMessage(difference)),
      aspects: ["call", "status", "body"],
    },
  },
];

function namesMemberOfValue(difference: Difference): boolean {
  const values = difference.binding.input.fields.filter(({ message }) => message?.typeName === "google.protobuf.Value");
  const parameters = `&${parametersOf(difference)}`;
  return values.some(({ name, jsonName }) => [name, jsonName].some((text) => parameters.includes(`&${text}.`)));
}

function takesValue({ binding }: Difference): boolean {
  const type = binding.body === "*" ? binding.input : bodyField(binding)?.message;
  return type?.typeName === "google.protobuf.Value";
}
