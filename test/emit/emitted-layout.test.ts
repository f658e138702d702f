/** Names of every length: wherever a line of emitted code gets too long, it breaks as the formatter breaks it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, it } from "vitest";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/model/message-style.js";
import { emitCodecs } from "../support/emit-json.js";
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
  const folder = mkdtempSync(join(tmpdir(), "emitted-layout-"));
  try {
    const sources = { "three.proto": proto3(), "two.proto": proto2() };
    const files = Object.entries(styles).flatMap(([style, messages], index) =>
      emitCodecs(planFromProto(sources, { style: messages, transcoding: index % 2 === 0 ? {} : other, outDir: style })),
    );
    for (const { path, content } of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const formatter = { indentStyle: "space", indentWidth: 2, lineWidth: 120 };
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ formatter, files: { maxSize: 100_000_000 } }));
    execFileSync(resolve("node_modules/.bin/biome"), ["format", "--write", "."], { cwd: folder, stdio: "ignore" });
    const changed = files.flatMap(({ path, content }) => {
      const formatted = readFileSync(join(folder, path), "utf8");
      return formatted === content ? [] : [`${path}: ${firstDifference(content, formatted)}`];
    });
    expect(changed).toStrictEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The first line of ours that the formatter has otherwise, and what it makes of it. */
function firstDifference(ours: string, formatted: string): string {
  const lines = formatted.split("\n");
  const at = ours.split("\n").findIndex((line, index) => line !== lines[index]);
  return `${ours.split("\n")[at]} -> ${lines.slice(at, at + 5).join("\n")}`;
}
