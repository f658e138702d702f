import { isSame } from "../compare/differences.js";
import type { Difference, DifferenceClass } from "./difference-class.js";
import { hasSuchMap } from "./matters.js";

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
      holds: ({ leg, theirs }) =>
        leg.handlers === "grpc-js" && /Error (de)?serializing (request|response)/.test(theirs.body),
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
    id: "ts-proto-milliseconds",
    area: "Message styles",
    gateway: "nanoseconds",
    product: "ts-proto's Date has milliseconds",
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
      holds: (difference) => difference.leg.handlers === "ts-proto" && isSame(...bothSides(difference, inMilliseconds)),
      aspects: ["request", "body"],
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
      holds: ({ leg, api }) => leg.handlers === "ts-proto" && api.set.name === "zoo",
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

function bothSides({ theirs, ours }: Difference, rewrite: (text: string) => string): [unknown, unknown] {
  const of = ({ body, calls }: Difference["theirs"]) => [
    rewrite(body),
    calls.map(({ requests }) => requests.map(rewrite)),
  ];
  return [of(theirs), of(ours)];
}

function inMilliseconds(text: string): string {
  return text
    .replaceAll(/(\d\d:\d\d:\d\d)(\.\d+)?Z/g, (_, time: string, fraction = "") => `${time}${cut(fraction.slice(1))}Z`)
    .replaceAll(/,?nanos:(\d+)/g, (_, nanos: string) => cut(nanos.padStart(9, "0")));
}

/** Milliseconds, and nothing for none. */
function cut(fraction: string): string {
  const digits = fraction.slice(0, 3).padEnd(3, "0");
  return digits === "000" ? "" : `.${digits}`;
}

/** Deeper than what a library reads back from the bytes that these tests make objects of. */
function isDeep(calls: Difference["theirs"]["calls"]): boolean {
  return calls.some(({ requests }) => requests.some((text) => /(\{[^{}]*){50}/.test(text)));
}
