/** Descriptor sets: whole, incomplete, damaged. */
import { fc, runs } from "../support/property.js";
import { describe, expect, test } from "vitest";
import { readDescriptorSet } from "../../src/proto/descriptor-set/read-descriptor-set.js";
import { buildImage, googleApiFiles, withFiles } from "../support/buf.js";
import { varint } from "../support/wire-bytes.js";

const library = `syntax = "proto3";
package acme;
import "google/api/annotations.proto";
// A shelf.
message Shelf {
  string name = 1;
  map<string, Shelf> shelves = 2;
  oneof kind { bool small = 3; }
  optional int32 size = 4;
}
service Library {
  // Gets a shelf.
  rpc GetShelf(Shelf) returns (stream Shelf) {
    option (google.api.http) = { get: "/v1/{name}" additional_bindings { custom { kind: "HEAD" path: "/v1/{name}" } } };
  }
}
`;
const files = { ...googleApiFiles(), "acme/library.proto": library };
const image = withFiles(files, (folder) => buildImage(folder, ["--path", "acme/library.proto"]));
const plainSet = withFiles(files, (folder) =>
  buildImage(folder, ["--path", "acme/library.proto", "--as-file-descriptor-set"]),
);

function readLibrary(options: readonly string[]) {
  const bytes = withFiles(files, (folder) => buildImage(folder, ["--path", "acme/library.proto", ...options]));
  const read = readDescriptorSet(bytes, "image.binpb");
  expect(read.diagnostics).toEqual([]);
  const found = read.files.find((file) => file.path === "acme/library.proto");
  if (found === undefined) throw new Error("acme/library.proto is not in the set");
  return found;
}

describe("what a set says", () => {
  test("declarations have places and comments", () => {
    const [shelf] = readLibrary([]).messages;
    expect(shelf).toMatchObject({
      fullName: "acme.Shelf",
      comment: " A shelf.\n",
      span: { line: 5, column: 9, endLine: 5, endColumn: 14 },
    });
    expect(shelf?.fields.map(({ name, label, oneof, type }) => ({ name, label, oneof, type }))).toEqual([
      { name: "name", label: "singular", oneof: undefined, type: { kind: "scalar", scalar: "string" } },
      {
        name: "shelves",
        label: "repeated",
        oneof: undefined,
        type: { kind: "map", key: "string", value: { kind: "message", fullName: "acme.Shelf" } },
      },
      { name: "small", label: "singular", oneof: "kind", type: { kind: "scalar", scalar: "bool" } },
      { name: "size", label: "optional", oneof: undefined, type: { kind: "scalar", scalar: "int32" } },
    ]);
    expect(shelf?.oneofs.map((oneof) => oneof.name)).toEqual(["kind"]);
    expect(shelf?.messages).toEqual([]);
  });

  test("rules have places inside the option", () => {
    const http = readLibrary([]).services[0]?.methods[0]?.http;
    expect(http?.pattern).toMatchObject({ kind: "get", path: { value: "/v1/{name}", span: { line: 14 } } });
    const [custom] = http?.additionalBindings ?? [];
    expect(custom?.pattern).toMatchObject({ kind: "custom", httpMethod: "HEAD", path: { value: "/v1/{name}" } });
  });

  test("without source info everything stands at 1:1 and has no comment", () => {
    const file = readLibrary(["--exclude-source-info"]);
    const start = { line: 1, column: 1, endLine: 1, endColumn: 1 };
    expect(file.messages[0]).toMatchObject({ comment: "", span: start });
    expect(file.services[0]?.methods[0]).toMatchObject({ comment: "", span: start, input: { span: start } });
    expect(file.services[0]?.methods[0]?.http?.pattern?.path).toEqual({ value: "/v1/{name}", span: start });
  });

  test("buf says which files it was asked for, a plain set does not", () => {
    expect(readDescriptorSet(image, "image.binpb").named).toEqual(["acme/library.proto"]);
    expect(readDescriptorSet(plainSet, "image.binpb")).not.toHaveProperty("named");
  });
});

describe("what is no set", () => {
  test.each([
    ["nothing", [], "PB031", "found an empty file, expected a binary descriptor set"],
    ["gzip", [0x1f, 0x8b, 8, 0], "PB031", "found gzip, expected a binary descriptor set"],
    ["zstd", [0x28, 0xb5, 0x2f, 0xfd], "PB031", "found zstd, expected a binary descriptor set"],
    ["JSON", [...Buffer.from('{"file": []}')], "PB031", "found JSON, expected a binary descriptor set"],
    ["proto text", [...Buffer.from('syntax = "proto3";')], "PB031", "found text, expected a binary descriptor set"],
    ["an unknown wire type", [0x0f, 1], "PB030", "not a descriptor set: found wire type 7"],
    ["another message", [0x10, 1], "PB030", "not a descriptor set: found no files"],
    ["field number 0", [0x02, 0], "PB030", "not a descriptor set: found field number 0"],
    [
      "a length beyond the end",
      [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f],
      "PB030",
      "not a descriptor set: found the end of the data inside a field",
    ],
    [
      "a number without end",
      Array(12).fill(0xff),
      "PB030",
      "not a descriptor set: found a number of more than 10 bytes",
    ],
  ])("%s", (_, bytes, code, message) => {
    const { files: found, diagnostics } = readDescriptorSet(Uint8Array.from(bytes), "image.binpb");
    expect(found).toEqual([]);
    expect(diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.message])).toEqual([[code, message]]);
  });

  test.each([
    ["a name that is no identifier", [0x0a, 3, ...Buffer.from("a;b")], 'the name "a;b"'],
    ["a name on Object.prototype is as good as any", [0x0a, 9, ...Buffer.from("__proto__")], undefined],
  ])("%s", (_, name, fault) => {
    const message = [0x22, name.length, ...name];
    const path = [0x0a, 7, ...Buffer.from("a.proto")];
    const file = [...path, ...message];
    const { diagnostics, files: found } = readDescriptorSet(
      Uint8Array.from([0x0a, file.length, ...file]),
      "image.binpb",
    );
    if (fault === undefined) expect(found[0]?.messages[0]?.fullName).toBe("__proto__");
    else expect(diagnostics[0]?.message).toBe(`file that cannot be used in image.binpb: found ${fault}`);
  });

  test.each(["../a.proto", "/a.proto", "a//b.proto", "a\\b.proto", "", "a/./b.proto"])("the file name %j", (name) => {
    const file = [0x0a, name.length, ...Buffer.from(name)];
    const { diagnostics } = readDescriptorSet(Uint8Array.from([0x0a, file.length, ...file]), "image.binpb");
    expect(diagnostics[0]?.message).toBe(
      `file that cannot be used in image.binpb: found the file name ${JSON.stringify(name)}`,
    );
  });

  test("messages nested without end", () => {
    let message: number[] = [0x0a, 1, 0x4d];
    for (let depth = 0; depth < 500; depth++) message = [0x0a, 1, 0x4d, 0x1a, ...varint(message.length), ...message];
    const file = [0x0a, 7, ...Buffer.from("a.proto"), 0x22, ...varint(message.length), ...message];
    const { diagnostics } = readDescriptorSet(Uint8Array.from([0x0a, ...varint(file.length), ...file]), "image.binpb");
    expect(diagnostics[0]?.message).toBe("file that cannot be used in image.binpb: found messages nested too deep");
  });
});

test.each([
  [["a"], '"gone/a.proto" is not in the descriptor set'],
  [["a", "b"], '"gone/a.proto" and 1 more are not in the descriptor set'],
])("a set that was written without its imports is one finding: %j", (gone, expected) => {
  const imports = gone.map((name) => `import "gone/${name}.proto";`).join(" ");
  const fields = gone.map((name, index) => `gone.${name} f${index} = ${index + 1};`).join(" ");
  const files = {
    ...Object.fromEntries(
      gone.map((name) => [`gone/${name}.proto`, `syntax = "proto3"; package gone; message ${name} {}`]),
    ),
    "m.proto": `syntax = "proto3"; ${imports} message M { ${fields} }`,
    "n.proto": `syntax = "proto3"; ${imports} message N { ${fields} }`,
  };
  const bytes = withFiles(files, (folder) =>
    buildImage(folder, ["--path", "m.proto", "--path", "n.proto", "--exclude-imports"]),
  );
  expect(readDescriptorSet(bytes, "image.binpb").diagnostics).toMatchObject([
    { code: "PB032", message: `import ${expected}, which 2 files import`, location: { file: "m.proto", line: 1 } },
  ]);
});

describe("a damaged set never throws", () => {
  test("cut anywhere", () => {
    // A cut between two files leaves a set that lacks one: imports come first, so nothing is missing in it.
    const wholeFiles = [0];
    for (let at = 0; at < plainSet.length; ) {
      const length = readLength(plainSet, at + 1);
      at = length.end + length.value;
      wholeFiles.push(at);
    }
    for (let length = 1; length < plainSet.length; length += 7) {
      const { diagnostics } = readDescriptorSet(plainSet.subarray(0, length), "image.binpb");
      expect(diagnostics.length > 0 || wholeFiles.includes(length), `cut at ${length}`).toBe(true);
    }
  });

  test("with bytes changed", () => {
    const changes = fc.array(fc.tuple(fc.nat(plainSet.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(changes, (list) => {
        const damaged = Uint8Array.from(plainSet);
        for (const [at, byte] of list) damaged[at] = byte;
        const { diagnostics } = readDescriptorSet(damaged, "image.binpb");
        return diagnostics.every((diagnostic) => /^PB03[0-4]$/.test(diagnostic.code));
      }),
      { numRuns: runs(400) },
    );
  });
});

function readLength(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let at = start, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, end: at + 1 };
  }
}
