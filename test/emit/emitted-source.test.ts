/** Emitted code as source: it type-checks under the strictest settings, the formatter leaves it alone, same input same bytes. */
import { deepStrictEqual } from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import type { TranscodingOptions } from "../../src/plan/plan.js";
import { emitCodecs, loadJsonCodec } from "../support/emit-json.js";
import { hostileNames } from "../support/hostile-proto.js";
import { planFromProto } from "../support/plan-from-proto.js";

const long = "a_field_name_as_long_as_the_longest_ones_in_googleapis";
const longType = "MessageWithANameAsLongAsTheLongestOnesInGoogleapisAre";

/** Names that collide with words of the language, with Object.prototype, with what emitted code itself declares. */
const hostile = `
  syntax = "proto3";
  package test;
  import "google/protobuf/any.proto";
  import "google/protobuf/struct.proto";
  /* ends the comment: *\u200b/ \${alert(1)} \\u{61} <script> @deprecated */
  message Object { string a = 1; }
  message Promise { Object object = 1; }
  message message { string message = 1; }
  message JsonValue { string json = 1; JsonInput other = 2; }
  message JsonInput { JsonValue value = 1; }
  message DecodeError { string name = 1; }
  message class { Outer.Inner inner = 1; }
  message Outer { message Inner { enum Kind { Kind_0 = 0; default = 1; } Kind kind = 1; } Inner inner = 1; }
  message Outer_Inner2 { optional bool is = 1; }
  enum String { STRING_UNSPECIFIED = 0; delete = 1; }
  message Hostile {
    string constructor = 1;
    optional string to_string = 2;
    optional string hasOwnProperty = 3;
    Object valueOf = 4;
    string __proto__ = 5;
    repeated string isPrototypeOf = 6;
    map<string, Object> toLocaleString = 7;
    string key = 8;
    string value = 9;
    string object = 10;
    string error = 11;
    string decoded = 12;
    bool class = 13 [deprecated = true];
    bool await = 14;
    oneof constructor_choice { string a = 15; string b = 16; Promise c = 17; }
    oneof x { String d = 18; google.protobuf.Value e = 19; bytes f = 20; }
    google.protobuf.Any any = 21;
    .test.message message = 22;
    JsonValue json_value = 23;
    class class_message = 24;
    google.protobuf.NullValue null_value = 25;
  }
  message Empty2 {}
  message ${longType} {
    string ${long}_1 = 1;
    repeated ${longType} ${long}_2 = 2;
    map<int32, ${longType}> ${long}_3 = 3;
    optional ${longType}.State ${long}_4 = 4;
    ${longType} ${long}_5 = 5;
    oneof ${long} { ${longType} ${long}_6 = 6; int64 ${long}_7 = 7; }
    oneof single_${long} { ${longType} ${long}_8 = 8; }
    State ${long}_9 = 9;
    repeated bytes ${long}_10 = 10 [json_name = "${long}"];
    enum State { ${longType}_UNSPECIFIED = 0; ${longType}_OTHER = 1; ${longType}_ANOTHER = -1; }
  }
  message M${longType} { string a = 1; }
`;

const closed = `
  syntax = "proto2";
  package test.two;
  enum Size { SMALL = 1; LARGE = 2; }
  message Shirt {
    required string label = 1;
    optional Size size = 2 [default = LARGE];
    optional int64 stock = 3 [default = -5];
    optional double ratio = 4 [default = inf];
    optional bytes tag = 5 [default = "\\001a"];
    optional group Fit = 6 { optional string cut = 1; }
    repeated Size others = 7;
    extensions 100 to 200;
  }
  extend Shirt { optional string brand = 100; repeated Size brand_sizes = 101; }
`;

const styles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "ts-proto": tsProtoStyle,
  "protobuf-es": protobufEsStyle,
  "proto-loader": protoLoaderDefaults,
  "proto-loader-filled": {
    ...protoLoaderDefaults,
    ...({
      names: "proto",
      longs: "String",
      enums: "String",
      bytes: "String",
      defaults: true,
      oneofs: "virtual",
    } as const),
  },
  messages: {
    ...idiomaticStyle,
    wellKnownTypes: "message",
    enums: "Number",
    oneofs: "flat",
    longs: "Number",
    bytes: "Array",
  },
};

const settings: Readonly<Record<string, Partial<TranscodingOptions>>> = {
  default: {},
  other: { unknownFields: "reject", emitDefaults: false, originalNames: true, enumsAsNumbers: true },
};

function emitAll(): OutputFile[] {
  const files: Readonly<Record<string, string>> = {
    "test.proto": hostile,
    "two.proto": closed,
    "names.proto": hostileNames,
    "vectors.proto": readFileSync("fixtures/vectors/transcoding.proto", "utf8"),
  };
  const withoutAny = { ...planFromProto({ "test.proto": hostile }, { outDir: "without-any" }), anyTypes: [] };
  const others = Object.entries(styles).flatMap(([name, style]) =>
    Object.entries(settings).flatMap(([setting, transcoding]) =>
      emitCodecs(planFromProto(files, { style, transcoding, outDir: `${name}-${setting}` })),
    ),
  );
  return [...emitCodecs(withoutAny), ...others];
}

describe("emitted source", () => {
  const folder = mkdtempSync(join(tmpdir(), "emitted-source-"));
  let files: OutputFile[];
  beforeAll(() => {
    files = emitAll().filter(({ path }) => !path.includes("/google/protobuf/compiler/"));
    for (const { path, content } of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    for (const root of new Set(files.map(({ path }) => path.split("/")[0] ?? ""))) {
      symlinkSync(resolve("src/runtime"), join(folder, root, "runtime"));
    }
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    const { vcs: _, ...biome } = JSON.parse(readFileSync("biome.json", "utf8")) as Record<string, unknown>;
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ ...biome, files: { includes: ["**/*.ts"] } }));
    const tsconfig = JSON.parse(readFileSync("tsconfig.json", "utf8")) as object;
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ ...tsconfig, include: ["**/*.ts"], exclude: ["node_modules", "*/runtime"] }),
    );
    cpSync("package.json", join(folder, "package.json"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("type-checks", () => {
    const { stdout } = spawnSync(resolve("node_modules/.bin/tsc"), ["-p", "."], { cwd: folder, encoding: "utf8" });
    expect(stdout).toBe("");
  });

  it("is as the formatter would print it", () => {
    execFileSync(resolve("node_modules/.bin/biome"), ["format", "--write", "."], { cwd: folder, stdio: "ignore" });
    const changed = files.filter(({ path, content }) => readFileSync(join(folder, path), "utf8") !== content);
    expect(changed.map(({ path }) => path)).toStrictEqual([]);
  });

  it("has no code at the top level but declarations", () => {
    for (const { path, content: whole } of files) {
      const content = whole.replace(/^ {2}table: `[^`$\\]*`/m, "");
      const statements = content.split("\n").filter((line) => /^[a-z(`[+-]/i.test(line));
      const odd = statements.filter(
        (line) =>
          !/^(import|export (function|interface|type|const [\w$]+(: \w+)? = \{)|function |const \w+ = )/.test(line),
      );
      expect(odd, path).toStrictEqual([]);
    }
  });

  it("is the same bytes for the same input", () => {
    expect(emitAll().filter(({ path }) => !path.includes("/google/protobuf/compiler/"))).toStrictEqual(files);
  });
});

describe("hostile names at run time", () => {
  it.each(Object.entries(styles))("%s", async (_, style) => {
    const codec = await loadJsonCodec(hostile, { style, transcoding: { emitDefaults: false } });
    const round = (json: object): unknown => JSON.parse(String(codec.encodeHostile?.(codec.decodeHostile?.(json))));
    deepStrictEqual(round({}), {});
    const members = {
      constructor: "1",
      toString: "2",
      hasOwnProperty: "3",
      valueOf: { a: "4" },
      isPrototypeOf: ["6"],
      toLocaleString: { constructor: { a: "7" } },
      ...{ key: "8", value: "9", object: "10", error: "11", decoded: "12", class: true, await: true },
      ...{ a: "", d: "delete", message: { message: "m" }, jsonValue: { other: { value: { json: "j" } } } },
      classMessage: { inner: { kind: "default" } },
    };
    deepStrictEqual(round(members), members);
    const proto = JSON.parse('{"__proto__":"5"}') as object;
    expect(JSON.stringify(round(proto))).toBe('{"Proto":"5"}');
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });
});
