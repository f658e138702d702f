import { describe, expect, test } from "vitest";
import { readProtoSource } from "../../src/proto/syntax/read-proto-source.js";

/** The comment of field `x` in a message whose body is `body`. */
function commentOfX(body: string): string | undefined {
  const { file, diagnostics } = readProtoSource("a.proto", "a.proto", `syntax = "proto3";\nmessage M {${body}}\n`);
  expect(diagnostics).toEqual([]);
  return file.messages[0]?.fields.find((field) => field.name === "x")?.comment;
}

describe("the leading comment of a field", () => {
  test.each([
    ["none", "\n  int32 x = 1;\n", ""],
    ["one line", "\n  // One.\n  int32 x = 1;\n", " One.\n"],
    ["several lines", "\n  // One.\n  //\n  //Two.\n  int32 x = 1;\n", " One.\n\nTwo.\n"],
    ["carriage returns stay", "\r\n  // One.\r\n  int32 x = 1;\r\n", " One.\r\n"],
    ["the last of two", "\n  // Detached.\n\n  // Leading.\n  int32 x = 1;\n", " Leading.\n"],
    ["blank line below", "\n  // Detached.\n\n  int32 x = 1;\n", ""],
    ["a block", "\n  /* One. */\n  int32 x = 1;\n", " One. "],
    ["a block on the line of the field", "\n  /* One. */ int32 x = 1;\n", " One. "],
    ["a block with stars", "\n  /** One.\n   * Two.\n   */\n  int32 x = 1;\n", "* One.\n Two.\n"],
    ["a block without stars", "\n  /*\n    One\n    Two */\n  int32 x = 1;\n", "\nOne\nTwo "],
    ["a block, then lines", "\n  /* Block. */\n  // Line.\n  int32 x = 1;\n", " Line.\n"],
    ["lines, then a block", "\n  // Line.\n  /* Block. */\n  int32 x = 1;\n", " Block. "],
    ["empty blocks", "\n  /**/\n  int32 x = 1;\n", ""],
    ["beside the field before", "\n  int32 w = 2; // w's\n  int32 x = 1;\n", ""],
    ["beside the field before, then its own", "\n  int32 w = 2; // w's\n  // x's\n  int32 x = 1;\n", " x's\n"],
    ["a block beside the field before", "\n  int32 w = 2; /* w's */\n  int32 x = 1;\n", ""],
    ["a block between two on one line belongs to neither", "\n  int32 w = 2; /* ? */ int32 x = 1;\n", ""],
    ["below the field before, with a blank line", "\n  int32 w = 2;\n  // w's\n\n  int32 x = 1;\n", ""],
    ["beside the brace", " // M's\n  int32 x = 1;\n", ""],
    ["inside the statement", "\n  // Own.\n  int32 // type\n  x // name\n  = 1;\n", " Own.\n"],
    ["above an option of the field only", "\n  int32 x = 1 [\n    // deprecated\n    deprecated = true];\n", ""],
    ["of a field in a oneof", "\n  oneof o {\n    // In o.\n    int32 x = 1;\n  }\n", " In o.\n"],
    ["of a map field", "\n  // Map.\n  map<string, int32> x = 1;\n", " Map.\n"],
    ["after a semicolon too many", "\n  ;\n  // Own.\n  int32 x = 1;\n", " Own.\n"],
    ["after a nested message", "\n  message N {\n    // End of N.\n  }\n  // Own.\n  int32 x = 1;\n", " Own.\n"],
    ["with slashes and stars in a string before", '\n  option (o) = "// no /* comment";\n  int32 x = 1;\n', ""],
  ])("%s", (_, body, comment) => {
    expect(commentOfX(body)).toBe(comment);
  });
});

describe("leading comments of other declarations", () => {
  const text = `// Detached licence.

// Syntax.
syntax = "proto2";
// Package.
package a;
// Message.
message M { // beside
  // Oneof.
  oneof o { int32 x = 1; }
  // Group.
  optional group G = 2 {}
  // Enum.
  enum E {
    // Value.
    V = 0;
    // nothing's
  }
}
// Service.
service S {
  // Method.
  rpc Get(M) returns (M);
  // Method with options.
  rpc Put(M) returns (M) {
    // Option.
    option deprecated = true;
  }
}
// Extend.
extend M {
  // Extension.
  optional int32 ext = 100;
}
// last
`;
  test("are found for each", () => {
    const { file, diagnostics } = readProtoSource("a.proto", "a.proto", text);
    const [message] = file.messages;
    const [service] = file.services;
    expect(diagnostics).toEqual([]);
    expect([
      message?.comment,
      message?.oneofs[0]?.comment,
      message?.fields[1]?.comment,
      message?.messages[0]?.comment,
      message?.enums[0]?.comment,
      message?.enums[0]?.values[0]?.comment,
      service?.comment,
      service?.methods[0]?.comment,
      service?.methods[1]?.comment,
      file.extensions[0]?.comment,
    ]).toEqual([
      " Message.\n",
      " Oneof.\n",
      " Group.\n",
      " Group.\n",
      " Enum.\n",
      " Value.\n",
      " Service.\n",
      " Method.\n",
      " Method with options.\n",
      " Extension.\n",
    ]);
  });
});
