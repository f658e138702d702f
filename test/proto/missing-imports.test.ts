/** One missing import is one finding, and only a type that stays unknown makes it an error. */
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostics.js";
import { type LoadRequest, loadProtos } from "../../src/proto/load.js";
import { type FileTexts, withFiles } from "../support/buf.js";
import { growth, linearGrowth } from "../support/growth.js";

function load(files: FileTexts, request: Partial<LoadRequest> = {}): readonly Diagnostic[] {
  const texts = Object.entries(files).map(([path, text]) => [
    path,
    path.endsWith(".proto") ? `syntax = "proto3";\n${text}` : text,
  ]);
  return withFiles(Object.fromEntries(texts), (cwd) => {
    return loadProtos({ cwd, protos: ["."], includePaths: ["."], ...request }).diagnostics;
  });
}

/** `place severity CODE message | help | related`, one per finding. */
function show(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, severity, message, location, help, related = [] }) => {
    const place = `${location?.file}:${location?.line}:${location?.column}`;
    const others = related.map((other) => ` | ${other.location.file}:${other.location.line} ${other.message}`);
    return `${place} ${severity} ${code} ${message} | ${help}${others.join("")}`;
  });
}

const anywhere =
  "add the include path (-I) that has it, or read a set of `buf build -o image.binpb` with --descriptor-set";

describe("what the import is needed for", () => {
  test("a type that stays unknown is an error, told once for all files and uses", () => {
    const user = (name: string): string =>
      `package acme; import "lost/rules.proto"; message ${name} { lost.Rule a = 1; lost.Rule b = 2; lost.Other c = 3; }`;
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`acme/m${i + 10}.proto`, user(`M${i}`)]));
    expect(show(load(files))).toEqual([
      'acme/m10.proto:2:23 error PB015 found no file "lost/rules.proto" in the include paths ("."), which 40 files import' +
        ` | ${anywhere} | acme/m10.proto:2 "lost.Rule" and 1 more can be declared there only, 120 uses in all`,
    ]);
  });

  test.each([
    ["an option", '[(lost.field) = { a: 1, b: "x" }]'],
    ["a field of an option", "[(lost.field).deep.er = 1]"],
    ["an option beside one that is known", "[deprecated = true, (lost.field) = LOW]"],
    ["nothing", ""],
  ])("only %s needs it: a warning", (_, options) => {
    const text = `import "lost/rules.proto"; message M { string name = 1 ${options}; }`;
    expect(show(load({ "a.proto": text }))).toEqual([
      `a.proto:2:9 warning PB015 found no file "lost/rules.proto" in the include paths ("."): options that only it can declare are passed over | ${anywhere}`,
    ]);
  });

  test("options of methods, services, enums, oneofs and files, and extensions inside of literals", () => {
    const text = `import "lost/rules.proto"; import "known.proto";
option (lost.file) = true;
message M { option (lost.message) = 1; oneof o { option (lost.oneof) = 1; string a = 1 [(known.rule) = { [lost.more]: 1 }]; } extensions 0; }
enum E { option (lost.enumeration) = 1; E_0 = 0 [(lost.value) = 1]; }
service S { option (lost.service) = 1; rpc Get(M) returns (M) { option (lost.method) = { a: 1 }; } }`.replace(
      " extensions 0;",
      "",
    );
    const known = `package known; import "google/protobuf/descriptor.proto";
message Rule { string name = 1; }
extend google.protobuf.FieldOptions { Rule rule = 50001; }`;
    const found = load({ "a.proto": text, "known.proto": known });
    expect(found.map(({ code, severity }) => `${severity} ${code}`)).toEqual(["warning PB015"]);
  });

  test("of several missing imports, the one whose folders are named after the package is meant", () => {
    const text = `import "lost/rules/v1/rules.proto"; import "other/options.proto";
message M { lost.rules.v1.Rule rule = 1 [(other.field) = true]; }`;
    expect(load({ "a.proto": text }).map(({ severity, message }) => `${severity} ${message.slice(14, 40)}`)).toEqual([
      'error "lost/rules/v1/rules.proto',
      'warning "other/options.proto" in t',
    ]);
  });

  test("what is known stays checked in a file with a missing import", () => {
    const text = `import "lost/rules.proto"; message M { Empty e = 1; google.protobuf.Empty f = 2 [deprecate = true]; string g = 2; }
message Empty { string a = 1; string a = 2; }`;
    const codes = load({ "a.proto": text }).map(({ code, severity }) => `${severity} ${code}`);
    expect(codes).toEqual(["warning PB015", "error PB041", "error PB065", "error PB052", "error PB045"]);
  });

  test("a rule of google.api.http is never passed over", () => {
    const text = `import "vendor/google/api/annotations.proto"; message M {}
service S { rpc Get(M) returns (M) { option (google.api.http) = { get: "/v1" }; } }`;
    expect(load({ "a.proto": text }).map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "warning PB015",
      "error PB067",
    ]);
  });
});

test("a name that is nearly one that is there may be a typo: both are said", () => {
  const files = {
    "a.proto": 'import "lost/o.proto"; message Shelf {} message M { Shelff a = 1; Shelff b = 2; Other c = 3; }',
    "b.proto": 'import "lost/p.proto"; message Bok {} message N { Book a = 1; }',
  };
  expect(show(load(files))).toEqual([
    expect.stringContaining(
      ' | a.proto:2 "Other" can be declared there only | a.proto:2 "Shelff" is declared there, or a typo (did you mean "Shelf"?)',
    ),
    expect.stringMatching(/ \| b.proto:2 "Book" is declared there, or a typo \(did you mean "Bok"\?\)$/),
  ]);
});

describe("what helps", () => {
  const user = 'import "acme/common.proto"; message M { Common c = 1; }';

  test("an include path, once for all that it brings", () => {
    const files = {
      "p/acme/common.proto": "message Common {}",
      "p/acme/other.proto": "message Other {}",
      "p/acme/a.proto": user,
      "p/acme/b.proto":
        'import "acme/other.proto"; import "acme/common.proto"; message N { Other c = 1; Common d = 2; }',
    };
    expect(show(load(files, { protos: ["p/acme/a.proto", "p/acme/b.proto"] }))).toEqual([
      'p/acme/a.proto:2:9 error PB015 found no file "acme/common.proto" and 1 more in the include paths ("."), which 2 files import' +
        ' | add the include path "p" | p/acme/a.proto:2 "Common" and 1 more can be declared there only, 5 uses in all',
    ]);
  });

  test("an include path once, for types and for options", () => {
    const files = {
      "p/x/t.proto": "package x; message T {}",
      "p/x/o.proto":
        'package x; import "google/protobuf/descriptor.proto"; extend google.protobuf.FieldOptions { int32 size = 50001; }',
      "p/a.proto": 'import "x/o.proto"; import "x/t.proto"; message M { x.T t = 1 [(x.size) = 3]; }',
    };
    expect(show(load(files))).toEqual([
      'p/a.proto:2:9 error PB015 found no file "x/o.proto" and 1 more in the include paths (".") | add the include path "p"' +
        ' | p/a.proto:2 "x.T" can be declared there only',
    ]);
  });

  test.each([
    ["a type", "x.T t = 1;", "error PB015"],
    ["an option", "string s = 1 [(x.size) = 3];", "warning PB015"],
    ["both", "x.T t = 1 [(x.size) = 3];", "error PB015"],
  ])("an include path for %s of files that are there under a longer import path", (_, field, expected) => {
    const files = {
      "p/x/x.proto":
        'package x; import "google/protobuf/descriptor.proto"; message T {} extend google.protobuf.FieldOptions { int32 size = 50001; }',
      "p/a.proto": `import "x/x.proto"; message M { ${field} }`,
    };
    const found = load(files);
    expect(found.map(({ code, severity }) => `${severity} ${code}`)).toEqual([expected]);
    expect(found.map(({ help }) => help)).toEqual(['add the include path "p"']);
  });

  test("a file of nearly the same name", () => {
    const text = 'import "google/api/anotations.proto"; import "google/api/annotations.proto";';
    expect(load({ "a.proto": text }).map(({ help }) => help)).toEqual(['did you mean "google/api/annotations.proto"?']);
  });

  test.each([
    ["in the working directory", "buf.yaml", "buf.yaml", " .", ""],
    ["above the importing file", "proto/buf.yaml", "proto/buf.yaml", " proto", " proto"],
  ])("buf, where a buf.yaml %s has deps", (_, path, shown, module, built) => {
    const files = { "proto/acme/a.proto": user, [path]: "version: v2\ndeps:\n  - buf.build/acme/common\n" };
    expect(load(files, { includePaths: ["proto"] }).map(({ help }) => help)).toEqual([
      `${shown} has deps: write them down with \`buf export${module} -o protos\` and read that folder with -I protos, ` +
        `or read the image of \`buf build${built} -o image.binpb\` with --descriptor-set image.binpb`,
    ]);
  });

  test.each([
    ["buf.work.yaml", "version: v1\ndirectories:\n  - api\n  - 'common protos' # shared\n"],
    [
      "buf.yaml",
      "version: v2\nmodules:\n  - path: api\n    name: buf.build/acme/api\n  - name: x\n    path: common protos\nlint: {}\n",
    ],
  ])("the module of the same workspace that has the file: %s", (name, yaml) => {
    const files = { "api/acme/a.proto": user, "common protos/acme/common.proto": "message Common {}", [name]: yaml };
    expect(load(files, { protos: ["api"], includePaths: ["api"] }).map(({ help }) => help)).toEqual([
      'add the include path "common protos", a module of the same buf workspace',
    ]);
    expect(load(files, { protos: ["api"], includePaths: ["api", "common protos"] })).toEqual([]);
  });

  test("buf, where another module of the workspace has deps", () => {
    const files = {
      "buf.work.yaml": "version: v1\ndirectories:\n  - api\n  - common\n",
      "api/buf.yaml": "version: v1\n",
      "api/acme/a.proto": user,
      "common/buf.yaml": "version: v1\ndeps:\n  - buf.build/acme/common\n",
    };
    expect(load(files, { protos: ["api"], includePaths: ["api"] }).map(({ help }) => help)).toEqual([
      "common/buf.yaml has deps: write them down with `buf export . -o protos` and read that folder with -I protos, " +
        "or read the image of `buf build -o image.binpb` with --descriptor-set image.binpb",
    ]);
  });

  test.each([
    ["without deps", "version: v2\nname: buf.build/acme/api\n"],
    ["with another key", "version: v2\n# deps:\nmydeps: []\n"],
  ])("not buf, where the buf.yaml is %s", (_, yaml) => {
    expect(load({ "a.proto": user, "buf.yaml": yaml }).map(({ help }) => help)).toEqual([anywhere]);
  });
});

test("takes time by the length of its input: many missing imports, names and uses in one file", () => {
  const text = (count: number): string => {
    const imports = Array.from({ length: count }, (_, i) => `import "lost${i}/x${i}.proto";`);
    const fields = Array.from({ length: count }, (_, i) => `Gone${i} f${i} = ${i + 1};`);
    return `${imports.join("\n")} message M { ${fields.join("\n")} }`;
  };
  const found = load({ "a.proto": text(2000) });
  expect(found).toHaveLength(2000);
  expect(found.every(({ severity }) => severity === "error")).toBe(true);
  const run = (count: number) => () => load({ "a.proto": text(count) });
  expect(growth(run, 400)).toBeLessThan(linearGrowth);
});
