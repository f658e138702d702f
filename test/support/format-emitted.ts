/** What the formatter makes of emitted files. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { OutputFile } from "../../src/output/output-tree.js";

/** `path: line -> what it becomes` for every file that the formatter changes, with the first such line. */
export function formatChanges(files: readonly OutputFile[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "g2l-format-"));
  try {
    for (const { path, content } of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const formatter = { indentStyle: "space", indentWidth: 2, lineWidth: 120 };
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ formatter, files: { maxSize: 100_000_000 } }));
    execFileSync(resolve("node_modules/.bin/biome"), ["format", "--write", "."], { cwd: folder, stdio: "ignore" });
    return files.flatMap(({ path, content }) => {
      const formatted = readFileSync(join(folder, path), "utf8");
      return formatted === content ? [] : [`${path}: ${firstDifference(content, formatted)}`];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function firstDifference(ours: string, formatted: string): string {
  const lines = formatted.split("\n");
  const at = ours.split("\n").findIndex((line, index) => line !== lines[index]);
  return `${ours.split("\n")[at]} -> ${lines.slice(at, at + 5).join("\n")}`;
}
