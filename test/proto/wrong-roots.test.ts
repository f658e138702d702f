/** Include paths that load a tree twice are told once, and nothing that follows from them is. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadProtos } from "../../src/proto/load.js";

let cwd = "";
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "wrong-roots-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), `syntax = "proto3";\n${content}`);
  }
}

/** `CODE message | help`, one per finding. */
function found(protos: readonly string[], ...includePaths: readonly string[]): string[] {
  const { diagnostics } = loadProtos({ protos, includePaths, cwd });
  return diagnostics.map(({ code, message, help }) => `${code} ${message} | ${help}`);
}

/** A tree of files that import each other from the top of it. */
function writeTree(root: string): void {
  write({
    [`${root}acme/a.proto`]: 'package acme; import "acme/b.proto"; message A { B b = 1; } enum E { E_0 = 0; }',
    [`${root}acme/b.proto`]: 'package acme; import "acme/c.proto"; message B { C c = 1; }',
    [`${root}acme/c.proto`]: "package acme; message C { string name = 1; }",
  });
}

test("overlapping include paths", () => {
  writeTree("p/");
  expect(found(["p"], ".", "p")).toEqual([
    'PB023 p/acme/b.proto and 1 more file are loaded as "p/acme/b.proto" and as "acme/b.proto", expected one import path' +
      " | remove the include path that lies above or below the other",
  ]);
  expect(found(["p"], "p", ".")).toEqual([]);
});

test("a tree of somebody else's below the root, of which the tool has a copy", () => {
  write({
    "vendor/googleapis/google/api/http.proto": "package google.api; message Http { repeated string rules = 1; }",
    "vendor/googleapis/google/api/client.proto":
      'package google.api; import "google/api/http.proto"; message Publishing {}',
    "vendor/googleapis/google/other.proto": 'package google; import "google/more.proto"; message Other { More m = 1; }',
    "vendor/googleapis/google/more.proto": "package google; message More {}",
    "acme/a.proto": 'package acme; import "google/api/http.proto"; import "google/api/client.proto"; message A {}',
  });
  expect(found(["."], ".")).toEqual([
    "PB023 vendor/googleapis/google/api/client.proto and 1 more file are loaded beside copies, google/api/client.proto among them" +
      ' | put the include path "vendor/googleapis" before the others, or name only your own protos',
  ]);
  expect(found(["acme"], ".")).toEqual([]);
});

test("a copy of one's own tree, and other missing imports beside it", () => {
  writeTree("");
  writeTree("old/");
  write({ "acme/d.proto": 'package acme; import "lost.proto"; message D { Lost l = 1; }' });
  expect(found(["."], ".").map((text) => text.slice(0, 76))).toEqual([
    "PB023 old/acme/a.proto and 2 more files are loaded beside copies, acme/a.pro",
    'PB015 found no file "lost.proto" in the include paths (".") | add the includ',
  ]);
});

test("a link to a file, and one to a folder", () => {
  write({
    "acme/a.proto": "package acme; message A {}",
    "acme/b.proto": 'package acme; import "lib/a.proto"; message B { A a = 1; }',
  });
  symlinkSync("acme", join(cwd, "lib"));
  expect(found(["acme"], ".")).toEqual([
    'PB023 acme/a.proto, by a link also lib/a.proto, is loaded as "acme/a.proto" and as "lib/a.proto", expected one import path' +
      " | name one of the two folders only",
  ]);
  mkdirSync(join(cwd, "go"));
  symlinkSync("../acme/a.proto", join(cwd, "go/a.proto"));
  expect(found(["acme/a.proto", "go/a.proto"], ".")[0]).toMatch(/^PB023 /);
});

test("files of one name and package that declare different things are no copies", () => {
  write({
    "acme/a.proto": "package acme; message A {}",
    "more/acme/a.proto": "package acme; message B {}",
    "third/acme/a.proto": "package third; message A {}",
  });
  expect(found(["."], ".")).toEqual([]);
});
