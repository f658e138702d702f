import { describe, expect, test } from "vitest";
import { formatDiagnostic, formatDiagnostics } from "../../../src/cli/report/format-diagnostic.js";
import { formatAnnotations } from "../../../src/cli/report/github-annotation.js";
import { printable } from "../../../src/cli/report/printable.js";
import { renderDiagnostics } from "../../../src/cli/report/render-diagnostic.js";
import type { Diagnostic, Location } from "../../../src/diagnostics.js";

function at(line: number, column: number, endColumn: number, endLine = line): Location {
  return { file: "library.proto", line, column, endLine, endColumn };
}

const source = '    get: "/v1/{shelf.id}"';

const unknownField: Diagnostic = {
  code: "HR003",
  severity: "error",
  message: 'path variable "shelf.id" is not a field of GetShelfRequest (did you mean "shelf_id"?)',
  location: at(42, 15, 23),
  related: [{ message: "GetShelfRequest is declared here", location: at(7, 1, 8) }],
  help: "name a field",
};

function render(diagnostics: readonly Diagnostic[], lines: Readonly<Record<number, string>>, color = false): string {
  return renderDiagnostics(diagnostics, { sourceLines: (_, line) => lines[line], color });
}

/** The two lines of an excerpt. */
function excerpt(line: string, column: number, endColumn: number, endLine = 1): string {
  const diagnostic: Diagnostic = {
    code: "HR003",
    severity: "error",
    message: "m",
    location: at(1, column, endColumn, endLine),
  };
  return render([diagnostic], { 1: line }).split("\n").slice(1, 3).join("\n");
}

test("the plain form has place, code, help and related places", () => {
  expect(formatDiagnostic(unknownField)).toBe(
    'library.proto:42:15 error HR003: path variable "shelf.id" is not a field of GetShelfRequest (did you mean "shelf_id"?)\n' +
      "  help: name a field\n" +
      "  library.proto:7:1: GetShelfRequest is declared here",
  );
  expect(formatDiagnostic({ code: "CF005", severity: "warning", message: "no place" })).toBe("warning CF005: no place");
});

test("findings are in order of file, line, column and code", () => {
  const place = (file: string, line: number, column: number): Location => ({ ...at(line, column, column), file });
  const finding = (code: Diagnostic["code"], location?: Location): Diagnostic => ({
    code,
    severity: "error",
    message: "m",
    ...(location === undefined ? {} : { location }),
  });
  const findings = [
    finding("HR003", place("b", 1, 1)),
    finding("HR003", place("a", 10, 1)),
    finding("HR003", place("a", 9, 2)),
    finding("HR003", place("a", 9, 1)),
    finding("HR002", place("a", 9, 1)),
    finding("CF005"),
  ];
  expect(formatDiagnostics(findings)).toBe(
    "error CF005: m\na:9:1 error HR002: m\na:9:1 error HR003: m\na:9:2 error HR003: m\na:10:1 error HR003: m\nb:1:1 error HR003: m\n",
  );
  expect(formatDiagnostics([])).toBe("");
});

test("the full form shows the source of every place and counts at the end", () => {
  const warning: Diagnostic = { code: "HR021", severity: "warning", message: "shadowed", location: at(58, 5, 8) };
  expect(render([warning, unknownField], { 42: source, 7: "message GetShelfRequest {", 58: "    get: x" })).toBe(
    `library.proto:42:15 error HR003: path variable "shelf.id" is not a field of GetShelfRequest (did you mean "shelf_id"?)
   42 |     get: "/v1/{shelf.id}"
      |               ^^^^^^^^
  help: name a field
  library.proto:7:1: GetShelfRequest is declared here
    7 | message GetShelfRequest {
      | ^^^^^^^
library.proto:58:5 warning HR021: shadowed
   58 |     get: x
      |     ^^^
1 error, 1 warning
`,
  );
  expect(render([], {})).toBe("");
});

test("without the source there is no excerpt", () => {
  expect(render([unknownField], {})).not.toContain("|");
});

test("colours wrap and never change the text", () => {
  const colored = render([unknownField], { 42: source }, true);
  expect(colored).toContain("\u001b[31merror HR003\u001b[39m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  expect(colored.replaceAll(/\u001b\[\d+m/g, "")).toBe(render([unknownField], { 42: source }));
});

describe("carets stand under what is meant", () => {
  test.each([
    ["spaces", "  get: x", 3, 6, "    1 |   get: x\n      |   ^^^"],
    ["tabs before", "\t\tget: x", 3, 6, "    1 |         get: x\n      |         ^^^"],
    ["a tab after text", "a\tget", 3, 6, "    1 | a   get\n      |     ^^^"],
    ["a marked tab", "a\tb", 2, 3, "    1 | a   b\n      |  ^^^"],
    ["wide characters before", '"日本" x', 6, 7, '    1 | "日本" x\n      |        ^'],
    ["wide characters marked", '"日本" x', 2, 4, '    1 | "日本" x\n      |  ^^^^'],
    ["an emoji (two UTF-16 units)", '"😀" x', 6, 7, '    1 | "😀" x\n      |      ^'],
    ["a combining accent", "e\u0301x", 3, 4, "    1 | e\u0301x\n      |  ^"],
    ["an escape sequence", "\u001b[31mx", 6, 7, "    1 | \\u{1b}[31mx\n      |           ^"],
    ["a right-to-left override", "\u202ex", 2, 3, "    1 | \\u{202e}x\n      |         ^"],
    ["the end of the line", "get", 4, 5, "    1 | get\n      |    ^"],
    ["far behind the end of the line", "get", 40, 45, "    1 | get\n      |    ^"],
    ["a span that ends early", "get", 2, 1, "    1 | get\n      |    ^"],
  ])("%s", (_, line, column, endColumn, expected) => {
    expect(excerpt(line, column, endColumn)).toBe(expected);
  });

  test("several lines: to the end of the first", () => {
    expect(excerpt("get: {", 1, 2, 3)).toBe("    1 | get: {\n      | ^^^^^^");
  });

  test("an empty span speaks of the whole file and has no excerpt", () => {
    expect(excerpt("get", 1, 1)).toBe("1 error\n");
  });

  test("a long line is cut around the place", () => {
    const line = `${"a".repeat(500)}HERE${"b".repeat(500)}`;
    expect(excerpt(line, 501, 505)).toBe(
      `    1 | …${"a".repeat(30)}HERE${"b".repeat(76)}…\n      | ${" ".repeat(31)}^^^^`,
    );
  });

  test("a marked part longer than the line is cut too", () => {
    const line = "a".repeat(5000);
    expect(excerpt(line, 1, 5001)).toBe(`    1 | ${"a".repeat(110)}…\n      | ${"^".repeat(110)}`);
  });
});

test("nothing that moves the cursor gets through", () => {
  expect(printable("a\u001b[2Jb\r\nc\u0085\u202ed")).toBe("a\\u{1b}[2Jb\\u{d}\\u{a}c\\u{85}\\u{202e}d");
  expect(formatDiagnostic({ code: "HR003", severity: "error", message: "a\nb" })).toBe("error HR003: a\\u{a}b");
});

test("annotations are escaped as GitHub asks", () => {
  expect(formatAnnotations([{ ...unknownField, location: { ...at(42, 15, 23), file: "a,b:c%.proto" } }])).toBe(
    '::error file=a%2Cb%3Ac%25.proto,line=42,col=15,title=HR003::path variable "shelf.id" is not a field of GetShelfRequest (did you mean "shelf_id"?)%0Ahelp: name a field\n',
  );
  const escapes = formatAnnotations([
    {
      ...unknownField,
      message: "\u001b[2J\r\u202etxt",
      location: { ...at(1, 1, 2), file: "\u001b[31m\n.proto" },
    },
  ]);
  expect(escapes).toBe(
    "::error file=\\u{1b}[31m\\u{a}.proto,line=1,col=1,title=HR003::\\u{1b}[2J\\u{d}\\u{202e}txt%0Ahelp: name a field\n",
  );
  expect(formatAnnotations([{ code: "CF005", severity: "info", message: "100%" }])).toBe(
    "::notice title=CF005::100%25\n",
  );
});

test("long lists end after twenty of a code, which are counted", () => {
  const many = (code: Diagnostic["code"], severity: Diagnostic["severity"], count: number): Diagnostic[] =>
    Array.from({ length: count }, (_, index) => ({ code, severity, message: `m${index + 100}` }));
  const diagnostics = [...many("PB040", "error", 25), ...many("HR017", "info", 20), ...many("HR021", "warning", 22)];
  const options = { sourceLines: () => undefined, color: false };
  const lines = renderDiagnostics(diagnostics, options).trimEnd().split("\n");
  expect(lines.filter((line) => line.startsWith("error PB040"))).toHaveLength(20);
  expect(lines.filter((line) => line.startsWith("info HR017"))).toHaveLength(20);
  expect(lines.slice(-3)).toEqual([
    "and 2 more: warning HR021 (check --json has all)",
    "and 5 more: error PB040 (check --json has all)",
    "25 errors, 22 warnings, 20 notes",
  ]);
  const annotations = formatAnnotations(diagnostics).trimEnd().split("\n");
  expect(annotations).toHaveLength(62);
  expect(annotations.slice(-2)).toEqual([
    "::notice title=grpc2lambda::and 2 more: warning HR021 (check --json has all)",
    "::notice title=grpc2lambda::and 5 more: error PB040 (check --json has all)",
  ]);
});
