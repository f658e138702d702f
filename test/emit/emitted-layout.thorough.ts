/** Names of every length: wherever a line of emitted code gets too long, it breaks as the formatter breaks it. */
import { expect, it } from "vitest";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";
import { emitFiles } from "../../src/emit/emit-files.js";
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

/** Every kind of body, path variables, a query, and a mask that is derived from the body. */
function services(): string {
  const methods = pairs.map(([message, field], index) => {
    const type = name(`M${index}`, message);
    const request = name(`R${index}`, message);
    const [id, part, list, mask, big, choice, member] = [..."abcdefg"].map((letter) => name(letter, field));
    const bindings = [
      [`post: "/a${index}/{${id}}/{${big}}" body: "*"`, "", request],
      [`post: "/b${index}" body: "${part}"`, "", request],
      [`patch: "/c${index}/{${part}.${id}}" body: "${part}"`, "", request],
      [`get: "/d${index}/{${member}.${id}}"`, "", request],
      [`post: "/e${index}" body: "${list}"`, "", request],
      [`post: "/f${index}/{${part}.${big}}" body: "*"`, "stream ", request],
      [`post: "/g${index}" body: "${member}"`, "", request],
    ].map(([rule, stream, input], at) => {
      const option = `option (google.api.http) = { ${rule} };`;
      return `rpc ${name(`C${index}${"abcdefg"[at]}`, message)}(${stream}${input}) returns (${type}) { ${option} }`;
    });
    return `message ${type} { string ${id} = 1; int64 ${big} = 2; }
      message ${request} {
        string ${id} = 1; ${type} ${part} = 2; repeated string ${list} = 3; google.protobuf.FieldMask ${mask} = 4; int64 ${big} = 5;
        oneof ${choice} { ${type} ${member} = 6; string ${name("h", field)} = 7; }
      }
      service ${name(`S${index}`, message)} { ${bindings.join(" ")} }`;
  });
  const imports = ["google/api/annotations.proto", "google/protobuf/field_mask.proto"].map(
    (file) => `import "${file}";`,
  );
  return ['syntax = "proto3"; package layout3;', ...imports, ...methods].join("\n");
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

it("breaks the lines of bindings where the formatter does", { timeout: 60_000 }, () => {
  const files = Object.entries(styles).flatMap(([style, messages], index) => {
    const more = index % 2 === 0 ? {} : { binary: true, formBodies: true };
    const transcoding = { clientStreaming: "collect", ...more } as const;
    const plan = planFromProto({ "services.proto": services() }, { style: messages, transcoding, outDir: style });
    return emitFiles(plan).filter(({ path }) => /\.(http|params|mask)\.ts$/.test(path));
  });
  expect(files.length).toBeGreaterThan(10);
  expect(formatChanges(files)).toStrictEqual([]);
});
