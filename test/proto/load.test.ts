/** The entry of the stage: both kinds of input, and what is left out after a syntax error. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type LoadRequest, loadProtos } from "../../src/proto/load.js";
import { buildImage, type FileTexts, googleApiFiles, withFiles } from "../support/buf.js";

const messages = 'syntax = "proto3"; package acme; message Shelf {}';
const service =
  'syntax = "proto3"; package acme; import "acme/shelf.proto"; service Library { rpc Get(Shelf) returns (Shelf); }';
const operations =
  'syntax = "proto3"; package google.longrunning; message O {} service Operations { rpc Get(O) returns (O); }';
const longRunning =
  'syntax = "proto3"; package acme; import "google/longrunning/operations.proto"; service Long { rpc Run(google.longrunning.O) returns (google.longrunning.O); }';

const library: FileTexts = {
  "acme/shelf.proto": messages,
  "acme/library.proto": service,
  "acme/long.proto": longRunning,
  "google/longrunning/operations.proto": operations,
};

function loadSet(files: FileTexts, options: readonly string[], protos: readonly string[] = []) {
  return withFiles(files, (cwd) => {
    writeFileSync(join(cwd, "image.binpb"), buildImage(cwd, options));
    return loadProtos({ cwd, protos, includePaths: [], descriptorSet: "image.binpb" });
  });
}

function loadSources(files: FileTexts, request: Partial<LoadRequest> = {}) {
  return withFiles(files, (cwd) => loadProtos({ cwd, protos: ["."], includePaths: ["."], ...request }));
}

describe("targets of a descriptor set", () => {
  test("what buf was asked for", () => {
    expect(loadSet(library, ["--path", "acme/library.proto"]).targets).toEqual(["acme/library.proto"]);
  });

  test("files with services that are not a compiler's, in a set that does not say", () => {
    expect(loadSet(library, ["--as-file-descriptor-set"]).targets).toEqual(["acme/library.proto", "acme/long.proto"]);
  });

  test("an operations service that nobody imports is the user's own", () => {
    const options = ["--as-file-descriptor-set", "--path", "google/longrunning/operations.proto"];
    expect(loadSet(library, options).targets).toEqual(["google/longrunning/operations.proto"]);
  });

  test.each([
    [["acme/shelf.proto"], ["acme/shelf.proto"]],
    [["./acme/long.proto"], ["acme/long.proto"]],
    [["acme"], ["acme/library.proto", "acme/long.proto", "acme/shelf.proto"]],
    [["google/"], ["google/longrunning/operations.proto"]],
    [["acme/library.proto", "acme/library.proto"], ["acme/library.proto"]],
  ])("named as %j", (protos, targets) => {
    const loaded = loadSet(library, [], protos);
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.targets).toEqual(targets);
  });
});

describe("sources", () => {
  test("targets are the named files, and files holds their imports too", () => {
    const loaded = loadSources(library, { protos: ["acme/library.proto"] });
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.targets).toEqual(["acme/library.proto"]);
    expect(loaded.files.map((file) => file.path)).toEqual(["acme/shelf.proto", "acme/library.proto"]);
  });

  test("descriptor.proto is known without being loaded", () => {
    const loaded = loadSources({ "a.proto": 'syntax = "proto3"; option java_package = 1;' });
    expect(loaded.files.map((file) => file.path)).toEqual(["a.proto"]);
    expect(loaded.diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["PB068"]);
  });

  test("files that lack something because of another finding are not complained about", () => {
    const loaded = loadSources({
      "broken.proto": 'syntax = "proto3"; message Broken { string a 1; }',
      "user.proto": 'syntax = "proto3"; import "broken.proto"; message User { Missing m = 1; }',
      "lost.proto": 'syntax = "proto3"; import "nowhere.proto"; message Lost { Missing m = 1; }',
      "other.proto": 'syntax = "proto3"; message Other { Missing m = 1; }',
    });
    expect(loaded.diagnostics.map(({ code, location }) => `${location?.file} ${code}`)).toEqual([
      "broken.proto PB001",
      "lost.proto PB015",
      "other.proto PB040",
    ]);
  });

  test("an http rule keeps the place of its path", () => {
    const text = `syntax = "proto3";
import "google/api/annotations.proto";
message Shelf { string name = 1; }
service Library {
  rpc Get(Shelf) returns (Shelf) {
    option (google.api.http) = {
      get: "/v1/{name}"
    };
  }
}
`;
    const loaded = loadSources({ "a.proto": text, ...googleApiFiles() }, { protos: ["a.proto"] });
    expect(loaded.files.at(-1)?.services[0]?.methods[0]?.http).toEqual({
      pattern: {
        kind: "get",
        httpMethod: "GET",
        path: { value: "/v1/{name}", span: { line: 7, column: 13, endLine: 7, endColumn: 23 } },
      },
      additionalBindings: [],
      span: { line: 6, column: 12, endLine: 8, endColumn: 6 },
    });
  });

  test("names on Object.prototype are names like others", () => {
    const text =
      'syntax = "proto3"; package constructor; message __proto__ { message toString {} toString valueOf = 1; __proto__ hasOwnProperty = 2; }';
    const loaded = loadSources({ "a.proto": text });
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.files[0]?.messages[0]?.fields.map((field) => field.type)).toEqual([
      { kind: "message", fullName: "constructor.__proto__.toString" },
      { kind: "message", fullName: "constructor.__proto__" },
    ]);
  });
});

test.each([
  [{}, "PB017", "the descriptor set image.binpb cannot be read: ENOENT"],
  [{ "image.binpb/x": "" }, "PB017", "the descriptor set image.binpb cannot be read: EISDIR"],
])("a set that cannot be read: %j", (files, code, message) => {
  const loaded = withFiles(files, (cwd) =>
    loadProtos({ cwd, protos: [], includePaths: [], descriptorSet: "image.binpb" }),
  );
  expect(loaded.diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.message])).toEqual([[code, message]]);
});
