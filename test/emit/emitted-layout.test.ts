/** Names of every length: wherever a line of emitted code gets too long, it breaks as the formatter breaks it. */
import { expect, it } from "vitest";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/model/message-style.js";
import { emitCodecs } from "../support/emit-json.js";
import { formatChanges } from "../support/format-emitted.js";
import { planFromProto } from "../support/plan-from-proto.js";

/** A name of `length` characters that starts with `start`. */
function name(start: string, length: number): string {
  return start.padEnd(length, "abcdefghi_jklmnopqrstuvwxyz");
}

/** As long as names in googleapis get, and a bit beyond. */
const lengths = Array.from({ length: 54 }, (_, index) => 5 + Math.floor(index * 1.5));
const pairs: readonly (readonly [message: number, field: number])[] = [
  ...lengths.map((length) => [length, 12] as const),
  ...lengths.filter((length) => length < 75).map((length) => [12, length] as const),
  ...lengths.filter((length) => length < 55).map((length) => [length, length] as const),
];

function proto3(): string {
  const messages = pairs.map(([message, field], index) => {
    const type = name(`M${index}`, message);
    const kind = name(`E${index}`, message);
    const fields = [
      ...["string", "int64", "uint64", "bytes", "double", "bool", kind, type, `optional ${kind}`, "optional int64"],
      ...[`repeated ${type}`, `repeated ${kind}`, "repeated int64", "repeated string", "map<string, string>"],
      ...[`map<int32, ${type}>`, `map<bool, ${kind}>`, "google.protobuf.Int64Value", "google.protobuf.Value"],
      "google.protobuf.Timestamp",
    ].map((text, at) => `${text} ${name(`f${at}`, field)} = ${at + 1};`);
    const members = ["string", "int64", "bytes", kind, type, "google.protobuf.StringValue"];
    const choice = members.map((text, at) => `${text} ${name(`m${at}`, field)} = ${at + 101};`);
    const oneof = `oneof ${name("o", field)} { ${choice.join(" ")} }`;
    return `enum ${kind} { ${kind}_ZERO = 0; ${kind}_ONE = 1; } message ${type} { ${fields.join(" ")} ${oneof} }`;
  });
  const imports = ["wrappers", "struct", "timestamp"].map((file) => `import "google/protobuf/${file}.proto";`);
  return ['syntax = "proto3"; package layout;', ...imports, ...messages].join("\n");
}

function proto2(): string {
  const messages = pairs.map(([message, field], index) => {
    const type = name(`M${index}`, message);
    const kind = name(`E${index}`, message);
    const fields = [
      ...[`optional ${kind}`, `required ${kind}`, `repeated ${kind}`, "required int64", `required ${type}`],
      ...[`map<string, ${kind}>`, "optional bytes"],
    ].map((text, at) => `${text} ${name(`f${at}`, field)} = ${at + 1};`);
    const group = `repeated group ${name("G", field)} = 20 { optional string ${name("g", field)} = 1; }`;
    const oneof = `oneof ${name("o", field)} { ${kind} ${name("m", field)} = 30; ${type} ${name("n", field)} = 31; }`;
    const set = name(`S${index}`, message);
    const extension = `extend ${set} { optional ${type} ${name("x", field)} = 1000; }`;
    return `enum ${kind} { ${kind}_ZERO = 0; ${kind}_ONE = 1; } message ${type} { ${fields.join(" ")} ${group} ${oneof} ${extension} }
      message ${set} { option message_set_wire_format = true; extensions 4 to max; }`;
  });
  return ['syntax = "proto2"; package layout2;', ...messages].join("\n");
}

const styles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "ts-proto": tsProtoStyle,
  "protobuf-es": protobufEsStyle,
  "proto-loader": protoLoaderDefaults,
  "proto-loader-filled": {
    ...protoLoaderDefaults,
    ...({ names: "proto", longs: "String", enums: "String", defaults: true, oneofs: "virtual" } as const),
  },
};

const other = { unknownFields: "reject", emitDefaults: false, originalNames: true } as const;

it("breaks lines where the formatter does", { timeout: 60_000 }, () => {
  const sources = { "three.proto": proto3(), "two.proto": proto2() };
  const files = Object.entries(styles).flatMap(([style, messages], index) =>
    emitCodecs(planFromProto(sources, { style: messages, transcoding: index % 2 === 0 ? {} : other, outDir: style })),
  );
  expect(formatChanges(files)).toStrictEqual([]);
});
