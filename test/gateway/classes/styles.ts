import { isSame } from "../compare/differences.js";
import type { Difference, DifferenceClass } from "./difference-class.js";
import { hasDeepNames, hasOldMessage, hasSuchMap, isHead, ranNowhere } from "./matters.js";

/** In the order of the table. */
export const styleClasses: readonly DifferenceClass[] = [
  {
    id: "grpc-js-old-defaults",
    area: "Message styles",
    gateway:
      "protobufjs reads defaults of proto2 wrongly where they are `nan`, `inf` or have escapes, and the handler gets them",
    product: "the handler gets what the proto says",
    state: { kind: "stands", reason: "a fault of the library" },
    example: {
      set: "zoo",
      leg: "function-url single grpc-js",
      rpc: "OldService.EchoOld",
      method: "POST",
      target: "/old/echo",
      body: "{}",
    },
    explanation: {
      kind: "outcome",
      holds: ({ leg, binding }) => leg.handlers === "grpc-js" && /Old/.test(binding.input.name),
      aspects: ["request", "body"],
    },
  },
  {
    id: "grpc-js-cannot-serialize",
    area: "Message styles",
    gateway:
      "protobufjs cannot write or read what it has read itself: nesting of 100, a google.protobuf.NullValue in a oneof",
    product: "does",
    state: { kind: "stands", reason: "a limit of the library" },
    example: {
      set: "zoo",
      leg: "function-url single grpc-js",
      rpc: "ZooService.GetValue",
      method: "POST",
      target: "/zoo/r/value",
      body: `${"[".repeat(90)}${"]".repeat(90)}`,
    },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        difference.leg.handlers === "grpc-js" &&
        (isHead(difference)
          ? difference.theirs.status === 500 && ranNowhere(difference) && hasDeepNames(difference)
          : /Error (de)?serializing (request|response)/.test(difference.theirs.body)),
    },
  },
  {
    id: "loader-map-keys",
    area: "Message styles",
    gateway:
      "protobufjs gives handlers 64-bit keys of maps as eight letters, writes them as 0, and writes the bool key false as true",
    product: "keys are decimal text, `true` and `false`, both ways",
    state: { kind: "stands", reason: "a fault of the library, which loses what clients sent" },
    example: {
      set: "zoo",
      leg: "function-url single grpc-js",
      rpc: "ZooService.Echo",
      method: "POST",
      target: "/zoo/echo",
      body: '{"byInt64":{"7":"1"}}',
    },
    explanation: {
      kind: "outcome",
      holds: ({ leg, binding }) =>
        (leg.handlers === "grpc-js" || leg.handlers === "proto-loader") &&
        (hasSuchMap(binding.input) || hasSuchMap(binding.output)),
      aspects: ["request", "body"],
    },
  },
  {
    id: "ts-proto-loses-a-sign",
    area: "Message styles",
    gateway: "-0 is a value of double and float",
    product: "ts-proto's own writer takes it for 0, and leaves it out",
    state: { kind: "stands", reason: "in these tests only, which look at requests through it" },
    example: {
      set: "vectors",
      leg: "function-url single ts-proto",
      rpc: "Vectors.Echo",
      method: "POST",
      target: "/v1/echo",
      body: '{"doubleValue":-0.0}',
    },
    explanation: {
      kind: "outcome",
      holds: ({ leg, theirs, ours }) =>
        leg.handlers === "ts-proto" &&
        isSame([theirs.body, ...requestsOf(theirs)].map(asTsProto), [ours.body, ...requestsOf(ours)].map(asTsProto)),
      aspects: ["request", "body"],
    },
  },
  {
    id: "ts-proto-milliseconds",
    area: "Message styles",
    gateway: "nanoseconds in requests",
    product: "ts-proto's Date has milliseconds",
    state: { kind: "stands", reason: "it is what handlers of that style work with" },
    example: {
      set: "zoo",
      leg: "function-url single ts-proto",
      rpc: "ZooService.Echo",
      method: "POST",
      target: "/zoo/echo",
      body: '{"time":"2020-01-02T03:04:05.123456789Z"}',
    },
    explanation: {
      kind: "outcome",
      holds: ({ leg, theirs, ours }) => leg.handlers === "ts-proto" && areNear(requestsOf(theirs), requestsOf(ours)),
      aspects: ["request"],
    },
  },
  {
    id: "ts-proto-milliseconds-of-replies",
    area: "Message styles",
    gateway: "nanoseconds in replies",
    product: "ts-proto's Date has milliseconds, and rounds the last one of all up",
    state: { kind: "stands", reason: "it is what handlers of that style work with" },
    example: {
      set: "zoo",
      leg: "function-url single ts-proto",
      rpc: "ZooService.WatchLeafAt",
      target: "/zoo/watchat",
      plan: { seed: 1, replies: ["KgYIARDAxAc="] },
    },
    explanation: {
      kind: "outcome",
      holds: ({ leg, theirs, ours }) =>
        leg.handlers === "ts-proto" &&
        (areNear([theirs.body], [ours.body]) ||
          /Timestamp: (nanos|seconds) out of range/.test(theirs.body) ||
          (ours.body.includes("internal error") && theirs.body.includes("9999-12-31T23:59:59.999999999Z"))),
      aspects: ["status", "body"],
    },
  },
  {
    id: "ts-proto-loses-a-key",
    area: "Message styles",
    gateway: "a Struct or a map may have the key `__proto__`",
    product: "ts-proto's own reader and writer of Struct lose it",
    state: { kind: "stands", reason: "in these tests only, which make objects of bytes with them" },
    example: {
      set: "zoo",
      leg: "function-url single ts-proto",
      rpc: "ZooService.GetStruct",
      target: "/zoo/r/struct",
      plan: { seed: 1, replies: ["ChYKCV9fcHJvdG9fXxIJEQAAAAAAAPA/"] },
    },
    explanation: {
      kind: "outcome",
      holds: ({ leg, theirs }) =>
        leg.handlers === "ts-proto" &&
        // What is lost may be a number that has no JSON.
        (JSON.stringify(theirs).includes("__proto__") || /Value\.number_value: invalid/.test(theirs.body)),
      aspects: ["request", "status", "body"],
    },
  },
  {
    id: "ts-proto-old-defaults",
    area: "Message styles",
    gateway: "an unset field of proto2 or of editions is null",
    product: "ts-proto's objects have its default, of editions its zero",
    state: { kind: "stands", reason: "the object does not say what was set" },
    example: {
      set: "zoo",
      leg: "function-url single ts-proto",
      rpc: "OldService.EchoOld",
      method: "POST",
      target: "/old/echo",
      body: "{}",
    },
    explanation: {
      kind: "outcome",
      holds: ({ leg, binding }) =>
        leg.handlers === "ts-proto" && (hasOldMessage(binding.input) || hasOldMessage(binding.output)),
      aspects: ["request", "body"],
    },
  },
  {
    id: "library-depth",
    area: "Message styles",
    gateway: "takes messages of any depth",
    product: "@bufbuild/protobuf and ts-proto refuse to read 100 levels from binary",
    state: { kind: "stands", reason: "in these tests only, which make objects of bytes" },
    example: {
      set: "zoo",
      leg: "function-url single protobuf-es",
      rpc: "ZooService.Echo",
      method: "POST",
      target: "/zoo/echo",
      body: `{"struct":${'{"a":'.repeat(60)}1${"}".repeat(60)}}`,
    },
    explanation: {
      kind: "outcome",
      holds: ({ leg, ours, theirs }) =>
        leg.handlers !== "idiomatic" &&
        theirs.status === 200 &&
        (/recursion (depth|limit)/.test(ours.body) || isDeep(theirs.calls)),
    },
  },
];

/** What handlers got, as text. */
function requestsOf({ calls }: Difference["theirs"]): string[] {
  return calls.map(({ requests }) => requests.join(" "));
}

/** A text without the sign of zeros, in requests without those that are not in maps, and without escapes of HTML. */
function asTsProto(text: string): string {
  return text
    .replaceAll(/\\u(003c|003e|0026|2028|2029)/g, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    )
    .replaceAll(/(?<![\w".-])\w+:-0(?=[,}]),?/g, "")
    .replaceAll(",}", "}")
    .replaceAll(/(^|[=:[,])-0(?=[,}\]>\n]|$)/g, (_, before: string) => `${before}0`);
}

/** Whether nothing differs but times, and these by less than what a Date can tell. */
function areNear(theirs: readonly string[], ours: readonly string[]): boolean {
  const [one, other] = [timesOf(theirs), timesOf(ours)];
  const isNear = (time: number, index: number): boolean => Math.abs(time - (other.times[index] ?? Number.NaN)) <= 1;
  return isSame(one.rest, other.rest) && one.times.length === other.times.length && one.times.every(isNear);
}

/** Matches a time in JSON, and the fields of a Timestamp in what a handler got. */
const timeText = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z|\{(?:seconds:(-?\d+))?,?(?:nanos:(-?\d+))?\}/g;

/** The times of texts in milliseconds, and what is left without them. */
function timesOf(texts: readonly string[]): { readonly times: readonly number[]; readonly rest: readonly string[] } {
  const times: number[] = [];
  const cut = (text: string): string =>
    asTsProto(text).replaceAll(timeText, (_, day?: string, fraction = "0", seconds = "0", nanos = "0") => {
      times.push(
        day === undefined
          ? Number(seconds) * 1000 + Number(nanos) / 1e6
          : Date.parse(`${day}Z`) + Number(fraction) * 1000,
      );
      return "time";
    });
  return { rest: texts.map(cut), times };
}

/** Deeper than what a library reads back from the bytes that these tests make objects of. */
function isDeep(calls: Difference["theirs"]["calls"]): boolean {
  return calls.some(({ requests }) => requests.some((text) => /(\{[^{}]*){50}/.test(text)));
}
