import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostics.js";
import { type LoadSourcesResult, loadProtoSources, readBundledProto } from "../../src/proto/sources/load-sources.js";

let cwd = "";
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "load-sources-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** Writes files below the working directory; text becomes the body of a proto3 file unless it is bytes. */
function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), typeof content === "string" ? `syntax = "proto3";\n${content}` : content);
  }
}

function load(protos: readonly string[], ...includePaths: readonly string[]): LoadSourcesResult {
  return loadProtoSources({ protos, includePaths, cwd });
}

const paths = (result: LoadSourcesResult) => result.files.map((file) => file.path);

/** `place CODE message | help`, one per finding. */
function show(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, message, location, help }) => {
    const place = location === undefined ? "" : `${location.file}:${location.line}:${location.column} `;
    return `${place}${code} ${message}${help === undefined ? "" : ` | ${help}`}`;
  });
}

describe("files and import paths", () => {
  test("imports come first, each file once", () => {
    write({
      "a.proto": 'import "c.proto"; import "b.proto";',
      "b.proto": 'import "c.proto";',
      "c.proto": "",
    });
    const result = load(["a.proto", "./b.proto", join(cwd, "a.proto")]);
    expect(result.diagnostics).toEqual([]);
    expect(paths(result)).toEqual(["c.proto", "b.proto", "a.proto"]);
    expect(result.targets).toEqual(["a.proto", "b.proto"]);
  });

  test("a folder stands for every .proto below it", () => {
    write({
      "p/b.proto": "",
      "p/a/z.proto": "",
      "p/a/readme.txt": "",
      "p/node_modules/x.proto": "",
      "p/.hidden/y.proto": "",
    });
    const result = load(["p"], "p");
    expect(result.diagnostics).toEqual([]);
    expect(result.targets).toEqual(["a/z.proto", "b.proto"]);
    expect(result.files.map((file) => file.displayPath)).toEqual(["p/a/z.proto", "p/b.proto"]);
  });

  test("the first include path that has a file wins", () => {
    write({ "one/x.proto": "package one;", "two/x.proto": "package two;", "two/a.proto": 'import "x.proto";' });
    const result = load(["two/a.proto"], "one", "two");
    expect(result.files.map((file) => [file.displayPath, file.package?.value])).toEqual([
      ["one/x.proto", "one"],
      ["two/a.proto", undefined],
    ]);
  });

  test("an import path is an argument too", () => {
    write({ "protos/acme/a.proto": "" });
    expect(load(["acme/a.proto"], "protos").targets).toEqual(["acme/a.proto"]);
  });

  test("the tool supplies google/api and the well-known types, unless an include path has them", () => {
    write({
      "a.proto": 'import "google/api/annotations.proto"; import "google/protobuf/timestamp.proto";',
      "own/google/protobuf/timestamp.proto": "package own;",
    });
    const result = load(["a.proto"], ".", "own");
    expect(result.diagnostics).toEqual([]);
    expect(result.files.map((file) => file.displayPath)).toEqual([
      "google/api/http.proto",
      "google/protobuf/descriptor.proto",
      "google/api/annotations.proto",
      "own/google/protobuf/timestamp.proto",
      "a.proto",
    ]);
    expect(readBundledProto("google/protobuf/empty.proto")?.messages[0]?.name).toBe("Empty");
    expect(readBundledProto("google/protobuf/nothing.proto")).toBeUndefined();
    expect(readBundledProto("../../../package.json")).toBeUndefined();
  });

  test("a byte order mark is no part of the text", () => {
    write({ "a.proto": Buffer.from('\ufeffsyntax = "proto3"; message M {}', "utf8") });
    const result = load(["a.proto"]);
    expect(result.diagnostics).toEqual([]);
    expect(result.files[0]?.messages[0]?.span.column).toBe(28);
  });
});

describe("what is wrong with arguments", () => {
  test("a file that is not there", () => {
    write({ "protos/library.proto": "" });
    expect(show(load(["protos/libary.proto"]).diagnostics)).toEqual([
      'PB013 found no file or folder "protos/libary.proto" | did you mean "protos/library.proto"?',
    ]);
    expect(show(load(["elsewhere/x.proto"]).diagnostics)).toEqual([
      'PB013 found no file or folder "elsewhere/x.proto" | name a .proto file, a folder, or an import path',
    ]);
  });

  test("a file outside the include paths", () => {
    write({ "a/x.proto": "", "b/y.proto": "" });
    expect(show(load(["a/x.proto"], "b").diagnostics)).toEqual([
      'PB014 a/x.proto is in none of the include paths ("b"), so it has no import path | add the include path "a" or one above it',
    ]);
  });

  test("a folder without protos", () => {
    write({ "a/readme.md": "" });
    expect(show(load(["a"]).diagnostics)).toEqual([
      'PB020 found no .proto file in the folder "a" | name a folder or file with protos',
    ]);
  });

  test("an include path that is none", () => {
    write({ "a.proto": "" });
    expect(show(load(["a.proto"], ".", "nowhere", "a.proto").diagnostics)).toEqual([
      'PB021 the include path "nowhere" is not a folder | name the folder that import paths start in',
      'PB021 the include path "a.proto" is not a folder | name the folder that import paths start in',
    ]);
  });

  test("a file that an earlier include path hides", () => {
    write({ "one/two/x.proto": "", "one/x.proto": "", "other/x.proto": "" });
    expect(show(load(["other/x.proto"], "one", "other").diagnostics)).toEqual([
      'PB022 other/x.proto is hidden by one/x.proto, which an earlier include path has as "x.proto" | change the order of the include paths',
    ]);
  });

  test("files of one folder that none of the include paths has, or that another hides, are one finding", () => {
    write({ "a/x.proto": "", "a/y.proto": "", "a/z.proto": "", "one/x.proto": "", "one/y.proto": "" });
    expect(show(load(["a"], "one").diagnostics)).toEqual([
      'PB014 a/x.proto is in none of the include paths ("one"), so it has no import path; the same goes for 2 more files | add the include path "a" or one above it',
    ]);
    expect(show(load(["a"], "one", "a").diagnostics)).toEqual([
      'PB022 a/x.proto is hidden by one/x.proto, which an earlier include path has as "x.proto"; the same goes for 1 more file | change the order of the include paths',
    ]);
  });
});

describe("what is wrong with imports", () => {
  test.each([
    [
      'import "../x.proto";',
      'p/acme/a.proto:2:9 PB024 found the import path "../x.proto", expected a relative one without ".", ".." and backslashes | write it relative to an include path',
    ],
    [
      'import "/etc/passwd";',
      'p/acme/a.proto:2:9 PB024 found the import path "/etc/passwd", expected a relative one without ".", ".." and backslashes | write it relative to an include path',
    ],
  ])("%s", (text, finding) => {
    write({ "p/acme/a.proto": text, "p/acme/common.proto": "" });
    expect(show(load(["p/acme/a.proto"]).diagnostics)).toEqual([finding]);
  });

  test("a cycle", () => {
    write({ "a.proto": 'import "b.proto";', "b.proto": '\nimport "c.proto";', "c.proto": 'import "b.proto";' });
    const result = load(["a.proto"]);
    expect(show(result.diagnostics)).toEqual([
      'c.proto:2:9 PB016 found an import cycle: "b.proto" imports "c.proto" imports "b.proto" | move what both need into a file that imports neither',
    ]);
    expect(paths(result)).toEqual(["c.proto", "b.proto", "a.proto"]);
  });

  test("a file that imports itself", () => {
    write({ "a.proto": 'import "a.proto";' });
    expect(show(load(["a.proto"]).diagnostics)).toEqual([
      'a.proto:2:9 PB016 found an import cycle: "a.proto" imports "a.proto" | move what both need into a file that imports neither',
    ]);
  });

  test("a long chain of imports is no matter of the stack", () => {
    const length = 3000;
    const files: Record<string, string> = {};
    for (let i = 0; i < length; i++) files[`f${i}.proto`] = i + 1 < length ? `import "f${i + 1}.proto";` : "";
    write(files);
    const result = load(["f0.proto"]);
    expect(result.diagnostics).toEqual([]);
    expect(paths(result)[0]).toBe(`f${length - 1}.proto`);
    expect(result.files).toHaveLength(length);
  });
});

describe("what is wrong with files", () => {
  test("bytes that are not UTF-8", () => {
    const text = 'syntax = "proto3";\n// \ufffd is fine, ';
    write({ "a.proto": Buffer.concat([Buffer.from(text, "utf8"), Buffer.from([0xe9, 0x20, 0xff])]) });
    expect(show(load(["a.proto"]).diagnostics)).toEqual([
      "a.proto:2:15 PB018 found the byte 0xe9, expected UTF-8 text | save the file as UTF-8",
    ]);
  });

  test("more than 64 MB", () => {
    write({ "a.proto": Buffer.alloc(64 * 1024 * 1024 + 1, " ") });
    expect(show(load(["a.proto"]).diagnostics)).toEqual([
      "PB019 a.proto has 67108865 bytes, expected at most 67108864",
    ]);
  });

  test("syntax errors of all files are found in one run, imported ones too", () => {
    write({ "a.proto": 'import "b.proto"; message M {', "b.proto": "message 1 {}" });
    expect(show(load(["a.proto"]).diagnostics)).toEqual([
      'a.proto:2:30 PB001 found the end of the file, expected "}"',
      'b.proto:2:9 PB001 found "1", expected a message name',
    ]);
  });
});
