/** Paths by the rules of both families of systems, whichever runs the tests. */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { displayPath } from "../src/cli/config/project-paths.js";
import { pathInside } from "../src/path-inside.js";

describe("on Windows", () => {
  test.each([
    ["C:\\p", "C:\\p\\gen\\a.ts", "gen/a.ts"],
    ["C:\\p", "c:\\P\\gen", "gen"],
    ["C:\\p\\", "C:\\p", ""],
    ["C:\\", "C:\\gen", "gen"],
    ["C:\\p", "C:\\p2\\gen", undefined],
    ["C:\\p", "C:\\", undefined],
    ["C:\\p", "C:\\p\\..\\q", undefined],
    ["C:\\p", "C:\\p\\..gen\\a", "..gen/a"],
    ["C:\\p", "D:\\p\\gen", undefined],
    ["C:\\p", "\\\\server\\share\\gen", undefined],
    ["\\\\server\\share\\p", "\\\\server\\share\\p\\gen", "gen"],
    ["\\\\server\\share\\p", "\\\\server\\other\\p\\gen", undefined],
    ["C:\\p", "C:/p/gen/a.ts", "gen/a.ts"],
  ])("from %s, %s is %s", (folder, file, expected) => expect(pathInside(folder, file, path.win32)).toBe(expected));

  test.each([
    ["C:\\p\\sub", "C:\\p\\a.proto", "../a.proto"],
    ["C:\\p", "C:\\p", "."],
    ["C:\\p", "D:\\x\\a.proto", "D:/x/a.proto"],
  ])("in %s, %s is shown as %s", (cwd, file, expected) => expect(displayPath(cwd, file, path.win32)).toBe(expected));
});

test.each([
  ["/p", "/p/gen/a.ts", "gen/a.ts"],
  ["/p", "/P/gen", undefined],
  ["/p/", "/p", ""],
  ["/", "/gen", "gen"],
  ["/p", "/p2/gen", undefined],
  ["/p", "/", undefined],
  ["/p", "/p/..gen/a", "..gen/a"],
  ["/p", "/p/a\\b", "a\\b"],
])("elsewhere, from %s, %s is %s", (folder, file, expected) => {
  expect(pathInside(folder, file, path.posix)).toBe(expected);
});
