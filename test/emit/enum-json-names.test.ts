/** `(pb.enumvalue.json).string`: the JSON names of enum values that edition 2026 brought. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";
import { readDescriptorSet } from "../../src/proto/descriptor-set/read-descriptor-set.js";
import { loadCodecTable } from "../support/codec-table.js";
import { loadEmitted } from "../support/load-emitted.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planFromProto } from "../support/plan-from-proto.js";

const source = `
  edition = "2026";
  package test;
  import option "google/protobuf/json_enumvalue_options.proto";
  enum Genre {
    GENRE_UNSPECIFIED = 0;
    GENRE_FICTION = 1 [(pb.enumvalue.json).string = "fiction"];
    GENRE_NONE = 2 [(pb.enumvalue.json).string = ""];
    GENRE_ODD = 3 [(pb.enumvalue.json) = { string: "__proto__ */ \\" \\u2028" }];
    GENRE_PLAIN = 4;
  }
  message Book { Genre genre = 1; repeated Genre genres = 2; map<string, Genre> by_name = 3; }
`;
const odd = '__proto__ */ " \u2028';
const styles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "proto-loader": protoLoaderDefaults,
  "ts-proto": tsProtoStyle,
  "protobuf-es": protobufEsStyle,
};

const folder = mkdtempSync(join(tmpdir(), "enum-json-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(Object.entries(styles))("%s", (_, style) => {
  const load = async (enumsAsNumbers = false) =>
    (
      await loadCodecTable({ "test.proto": source }, { style, transcoding: { emitDefaults: false, enumsAsNumbers } })
    ).get("test.Book");

  it("prints the JSON name and reads both", async () => {
    const codec = await load();
    const json = { genres: ["fiction", "", odd, "GENRE_PLAIN"], byName: { a: "fiction" }, genre: "fiction" };
    const message = codec?.decodeJson(json);
    expect(JSON.parse(codec?.encodeJson(message) ?? "")).toEqual(json);
    const named = { ...json, genres: ["GENRE_FICTION", "GENRE_NONE", "GENRE_ODD", 4], genre: "GENRE_FICTION" };
    expect(codec?.decodeJson(named)).toEqual(message);
    expect(() => codec?.decodeJson({ genre: "Fiction" })).not.toThrow(TypeError);
  });

  it("prints numbers where asked to", async () => {
    const codec = await load(true);
    expect(codec?.encodeJson(codec.decodeJson({ genre: "fiction" }))).toBe('{"genre":1}');
  });
});

describe("query parameters", () => {
  const service = `
    service Books { rpc List(Book) returns (Book) { option (google.api.http).get = "/v1/books"; } }
  `;

  it.each([
    ["idiomatic", "GENRE_FICTION", "GENRE_NONE"],
    ["ts-proto", 1, 2],
  ])("%s: by either name or number", async (style, fiction, none) => {
    const files = {
      "test.proto": `${source.replace("import", 'import "google/api/annotations.proto"; import')}${service}`,
    };
    const plan = planFromProto(files, { style: styles[style] ?? idiomaticStyle });
    const [params] = await loadEmitted(emitFiles(plan), ["gen/test.params"]);
    for (const text of ["fiction", "GENRE_FICTION", "1"]) expect(params?.parseGenre?.(text), text).toBe(fiction);
    expect(params?.parseGenre?.("")).toBe(none);
    expect(() => params?.parseGenre?.("Fiction")).toThrow(expect.objectContaining({ name: "DecodeError" }));
  });
});

describe("both readers", () => {
  it("find the same names", async () => {
    writeFileSync(join(folder, "test.proto"), source);
    writeFileSync(join(folder, "buf.yaml"), "version: v2\n");
    execFileSync(resolve("node_modules/.bin/buf"), ["build", "-o", "image.binpb"], { cwd: folder });
    const read = readDescriptorSet(readFileSync(join(folder, "image.binpb")), "image.binpb");
    const file = read.files.find(({ path }) => path === "test.proto");
    const names = [undefined, "fiction", "", odd, undefined];
    expect(file?.enums[0]?.values.map(({ jsonName }) => jsonName)).toEqual(names);
    const model = modelFromProto({ "test.proto": source });
    const declared = model.files.find(({ path }) => path === "test.proto")?.enums[0];
    expect(declared?.values.map(({ jsonName }) => jsonName)).toEqual(names);
  });
});
