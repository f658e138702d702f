/** Which places may be written to, on this system and on others. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatDiagnostics } from "../../src/cli/report/format-diagnostic.js";
import { checkOutputPaths, outputPathProblem, shortPath } from "../../src/output/output-path.js";
import { fc } from "../support/property.js";
import {
  createOutputProject,
  generatedModule,
  generatedTemplate,
  type OutputProject,
  scaffold,
} from "../support/output-project.js";
import { portableName, windowsNameProblem } from "../../src/windows-names.js";

describe("a path", () => {
  test.each([
    [".git/hooks/pre-commit", ".git is not for generated files"],
    ["gen/.git/config", ".git is not for generated files"],
    [".GIT/hooks/x", ".GIT is not for generated files"],
    [".git./hooks/x", ".git. is not for generated files"],
    [".g\u200cit/hooks/x", ".g\u200cit is not for generated files"],
    ["GIT~1/hooks/x", "GIT~1 is not for generated files"],
    [".hg/hgrc", ".hg is not for generated files"],
    [".github/workflows/ci.yml", ".github is not for generated files"],
    [".GitHub/workflows/ci.yml", ".GitHub is not for generated files"],
    [".husky/pre-commit", ".husky is not for generated files"],
    ["node_modules/a/index.js", "node_modules is not for generated files"],
    ["gen/con.ts", '"con.ts" is a device on Windows'],
    ["gen/NUL", '"NUL" is a device on Windows'],
    ["aux/a.ts", '"aux" is a device on Windows'],
    ["gen/Com1.http.ts", '"Com1.http.ts" is a device on Windows'],
    ["gen/LPT\u00b2.ts", '"LPT\u00b2.ts" is a device on Windows'],
    ["gen/CONOUT$", '"CONOUT$" is a device on Windows'],
    ["gen/nul .ts", '"nul .ts" is a device on Windows'],
    ["gen/a./b.ts", "Windows has no dot or space at the end of names"],
    ["gen/a ", "Windows has no dot or space at the end of names"],
    ["gen/*.ts", "Windows has no * in names"],
    ["gen/a:b.ts", "Windows has no : in names"],
    [`gen/${"a/".repeat(1100)}b.ts`, "it has more than 2,048 bytes"],
  ])("%j is refused", (path, problem) => expect(outputPathProblem(path)).toBe(problem));

  test.each([
    "gen/a.ts",
    "gen/.github/a.ts",
    "src/github/a.ts",
    ".gitlab-notes/a.ts",
    "gen/console.ts",
    "gen/com10.ts",
    "gen/com.ts",
    "gen/auxiliary/nulls.ts",
    "gen/git/a.ts",
    `gen/${"a/".repeat(1000)}b.ts`,
    `gen/${"a".repeat(252)}.ts`,
    "gen/böök/ü.ts",
  ])("%j is fine", (path) => expect(outputPathProblem(path)).toBeUndefined());

  test("is shown from both ends when it is long", () => {
    expect(shortPath("a".repeat(200))).toBe("a".repeat(200));
    expect(shortPath("a".repeat(450_000) + "b".repeat(450_000))).toBe(`${"a".repeat(100)}…${"b".repeat(100)}`);
    const tree = { files: [generatedModule(`gen/${"x".repeat(900_000)}`, "1")] };
    expect(formatDiagnostics(checkOutputPaths(tree, "gen")).length).toBeLessThan(600);
  });
});

test("names of generated files can be held by Windows, whatever the proto is called", () => {
  expect(["CON", "a.b", "*", "a?", "x. ", "com1.v1", "nul ", "Aux"].map(portableName)).toEqual([
    "CON_",
    "a.b",
    "_",
    "a_",
    "x__",
    "com1_.v1",
    "nul_",
    "Aux_",
  ]);
  const names = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("con", "nul.", "com1 .a", "lpt9.b.c", "*", " "));
  fc.assert(
    fc.property(names, (name) => {
      expect([name, windowsNameProblem(`${portableName(name)}.ts`)]).toEqual([name, undefined]);
      expect(portableName(portableName(name))).toBe(portableName(name));
    }),
  );
});

describe("two outputs", () => {
  const problems = (...paths: readonly string[]): string =>
    formatDiagnostics(checkOutputPaths({ files: paths.map((path) => generatedTemplate(path, "1")) }, "gen"));

  test.each([
    ["gen/manifest.json", "two files would be written to gen/manifest.json, expected a path for each"],
    ["gen/Manifest.json", "gen/Manifest.json and gen/manifest.json are one file on a disk that ignores case"],
    ["gen", "gen would be a file, and a folder for gen/manifest.json, expected one of them"],
    ["GEN", "GEN would be a file, and a folder for gen/manifest.json, expected one of them"],
  ])("at %s and the manifest's place are refused", (path, message) => {
    expect(problems(path)).toMatch(`error OU004: ${message}`);
  });

  test("at one place, or one below the other, are refused", () => {
    expect(problems("gen/a.ts", "gen/a.ts")).toMatch("error OU004: two files would be written to gen/a.ts");
    expect(problems("src/a.ts", "src/a.ts/b/c.ts")).toMatch(
      "error OU004: src/a.ts would be a file, and a folder for src/a.ts/b/c.ts",
    );
    expect(problems("src/a.ts", "src/a.ts.d/c.ts", "src/a")).toBe("");
  });
});

describe("what stands where a file goes", () => {
  let project: OutputProject;

  beforeEach(() => {
    project = createOutputProject();
  });

  afterEach(() => project.remove());

  const files = [generatedTemplate("template.yaml", "1"), scaffold("src/handlers/a.ts")];
  const kinds: readonly (readonly [string, (path: string) => void])[] = [
    ["a folder", (path) => mkdirSync(path)],
    ["a named pipe", (path) => execFileSync("mkfifo", [path])],
    ["a link", (path) => symlinkSync("nowhere", path)],
  ];

  test.each(kinds)("%s is refused and called by its name, scaffolds included", (kind, make) => {
    for (const path of ["template.yaml", "src/handlers/a.ts"]) {
      mkdirSync(join(project.root, "src/handlers"), { recursive: true });
      make(join(project.root, path));
    }
    const before = Object.keys(project.contents());
    expect(project.report(files)).toMatch(
      new RegExp(
        `^error OU008: src/handlers/a\\.ts is ${kind}, expected a file\\n.*\\nerror OU008: template\\.yaml is ${kind}, expected a file\\n`,
      ),
    );
    expect(Object.keys(project.contents())).toEqual(before);
  });

  test("a link to a handler that is elsewhere is a handler", () => {
    project.put("src/real.ts", "mine\n");
    mkdirSync(join(project.root, "src/handlers"));
    symlinkSync("../real.ts", join(project.root, "src/handlers/a.ts"));
    expect(project.report(files)).toBe("");
    expect(project.get("src/handlers/a.ts")).toBe("mine\n");
  });

  test("a link to a folder beside the project that begins with its name leads out of it", () => {
    mkdirSync(`${project.root}-beside`);
    symlinkSync(`${project.root}-beside`, join(project.root, "gen"));
    expect(project.report(files)).toMatch(/^error OU001: gen is a link that leads out of the project folder/);
    expect(readdirSync(`${project.root}-beside`)).toEqual([]);
    rmSync(`${project.root}-beside`, { recursive: true });
  });

  test("a named pipe where a folder goes is called so", () => {
    execFileSync("mkfifo", [join(project.root, "src")]);
    expect(project.report(files)).toContain("error OU008: src is a named pipe, expected a folder");
    writeFileSync(join(project.root, "gen"), "");
    expect(project.report(files)).toContain("error OU008: gen is a file, expected a folder");
  });
});
