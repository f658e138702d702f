/** Unified diffs: what `patch` makes of them is the new text. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unifiedDiff } from "../../../src/cli/report/unified-diff.js";
import { fc } from "../../support/property.js";

test("a change has three lines around it, and near changes are one hunk", () => {
  const before = Array.from({ length: 20 }, (_, index) => `line ${index}\n`);
  const after = before.flatMap((line, index) => ({ 5: ["changed\n"], 8: [], 19: ["end\n"] })[index] ?? [line]);
  expect(unifiedDiff("gen/a.ts", before.join(""), after.join(""))).toEqual([
    "--- a/gen/a.ts",
    "+++ b/gen/a.ts",
    "@@ -3,10 +3,9 @@",
    ...[
      " line 2",
      " line 3",
      " line 4",
      "-line 5",
      "+changed",
      " line 6",
      " line 7",
      "-line 8",
      " line 9",
      " line 10",
      " line 11",
    ],
    "@@ -17,4 +16,4 @@",
    ...[" line 16", " line 17", " line 18", "-line 19", "+end"],
  ]);
});

test("new and removed files, and equal ones", () => {
  expect(unifiedDiff("a", undefined, "x\n")).toEqual(["--- /dev/null", "+++ b/a", "@@ -0,0 +1,1 @@", "+x"]);
  expect(unifiedDiff("a", "x\n", undefined)).toEqual(["--- a/a", "+++ /dev/null", "@@ -1,1 +0,0 @@", "-x"]);
  expect(unifiedDiff("a", "x\n", "x\n")).toEqual([]);
});

test("thousands of changes are shown as replaced, at once", () => {
  const text = (word: string) => Array.from({ length: 5000 }, (_, index) => `${word} ${index}\n`).join("");
  expect(unifiedDiff("a", text("a"), text("b"))).toHaveLength(10_003);
});

test("patch applies them", () => {
  const folder = mkdtempSync(join(tmpdir(), "diff-"));
  const lines = fc.array(fc.constantFrom("a", "b", "c", "d", ""), { maxLength: 30 });
  fc.assert(
    fc.property(lines, lines, (old, now) => {
      const [before, after] = [old.map((line) => `${line}\n`).join(""), now.map((line) => `${line}\n`).join("")];
      const diff = unifiedDiff("file", before, after);
      expect(diff.length === 0).toBe(before === after);
      if (diff.length === 0) return;
      writeFileSync(join(folder, "file"), before);
      execFileSync("git", ["apply", "--unidiff-zero", "--whitespace=nowarn", "-"], {
        cwd: folder,
        input: `${diff.join("\n")}\n`,
      });
      expect(readFileSync(join(folder, "file"), "utf8")).toBe(after);
    }),
    { numRuns: 40 },
  );
  rmSync(folder, { recursive: true });
}, 60_000);
