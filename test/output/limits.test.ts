/** The limits of what is written and read back at their exact value: one below it and the value itself are taken, one above is not. */
import { closeSync, ftruncateSync, openSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { carriesMarker, generatedMarker } from "../../src/output/generated-content.js";
import { parseManifest, renderManifest } from "../../src/output/manifest.js";
import { checkOutputPaths, foldPath, outputPathProblem } from "../../src/output/output-path.js";
import { openProjectFolder } from "../../src/output/project-folder.js";
import { gatherEntries } from "../../src/output/salvage-manifest.js";
import { createProject } from "../support/temporary-project.js";

describe.each([
  ["one byte", "a"],
  ["two bytes", "é"],
  ["three bytes", "日"],
  ["four bytes", "😀"],
])("with characters of %s", (_, character) => {
  const size = Buffer.byteLength(character);
  /** A text of so many bytes, padded with what takes one. */
  const text = (bytes: number): string => character.repeat(bytes / size) + "x".repeat(bytes % size);

  it.each([254, 255, 256])("a name has %i bytes, up to 255", (bytes) => {
    const problem = bytes > 255 ? "a name in it has more than 255 bytes" : undefined;
    expect(outputPathProblem(`gen/${text(bytes)}`)).toBe(problem);
  });

  it.each([2047, 2048, 2049])("a path has %i bytes, up to 2,048", (bytes) => {
    const problem = bytes > 2048 ? "it has more than 2,048 bytes" : undefined;
    expect(outputPathProblem(pathOf(bytes, text))).toBe(problem);
  });
});

/** A path of so many bytes, in names of 100. */
function pathOf(bytes: number, text: (bytes: number) => string): string {
  const names = Math.floor((bytes - 1) / 101);
  return `${`${text(100)}/`.repeat(names)}${"x".repeat(bytes - names * 101)}`;
}

test.each([
  ["gen/A.ts", "gen/a.ts", true],
  ["gen/é.ts", "gen/e\u0301.ts", true],
  ["gen/É.ts", "gen/e\u0301.ts", true],
  ["gen/a.ts", "gen/b.ts", false],
])("%s and %s are one file on some disks: %s", (one, other, expected) => {
  expect(foldPath(one) === foldPath(other)).toBe(expected);
  const files = [one, other].map((path) => ({ path, content: "", ownership: "generated" as const }));
  expect(checkOutputPaths({ files }, "gen").some(({ code }) => code === "OU004")).toBe(expected);
});

test.each(["\0", "\n", "\u007f", "\u0085"])("a path with %j is refused", (character) => {
  expect(outputPathProblem(`gen/a${character}.ts`)).toBe("it holds a control character");
});

const manifest = { abiVersion: 1, inputs: new Map(), files: new Map(), scaffolds: new Set<string>() };

test.each([-1, 0, 1])("a manifest of 64 MB and %i characters", (more) => {
  const text = renderManifest(manifest).padEnd(64 * 1024 * 1024 + more);
  expect(parseManifest(text)).toEqual(more > 0 ? "it is larger than 64 MB" : manifest);
});

test.each([0, 1, 2, "1"])("a manifest of version %j", (version) => {
  const text = renderManifest(manifest).replace(
    '"manifestVersion": 1',
    `"manifestVersion": ${JSON.stringify(version)}`,
  );
  const expected = `its manifestVersion is ${JSON.stringify(version)}, expected 1`;
  expect(parseManifest(text)).toEqual(version === 1 ? manifest : expected);
});

test("a manifest keeps files that are called like what objects inherit", () => {
  const files = new Map(["__proto__", "constructor", "toString"].map((path) => [path, "0".repeat(64)]));
  const read = parseManifest(renderManifest({ ...manifest, files }));
  expect(typeof read === "string" ? read : [...read.files.keys()].sort()).toEqual([...files.keys()].sort());
});

test.each([19_999, 20_000, 20_001])("a damaged manifest is read by lines of %i characters, up to 20,000", (length) => {
  const hash = "0".repeat(64);
  const line = (path: string): string => `    "${path}": "${hash}",`;
  const path = "a".repeat(length - line("").length);
  expect([...gatherEntries(line(path), undefined).files.keys()]).toEqual(length > 20_000 ? [] : [path]);
});

test.each([-1, 0, 1])("the marker is looked for in the first 1,000 characters: it ends at 1,000 and %i", (more) => {
  const text = `${" ".repeat(1000 + more - generatedMarker.length)}${generatedMarker}${" ".repeat(1000)}`;
  expect(carriesMarker(text)).toBe(more <= 0);
});

test("a file of more than 256 MB is not read", () => {
  const project = createProject({});
  const file = openSync(join(project.root, "large.ts"), "w");
  ftruncateSync(file, 256 * 1024 * 1024 + 1);
  closeSync(file);
  const entry = openProjectFolder(project.root).look("large.ts");
  project.remove();
  // Not compared as a whole: a difference of 256 MB cannot be shown.
  expect(entry.kind === "file" && entry.text.length).toBe(0);
});
