/** Type-checks what was generated from many inputs, in one go. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { OutputFile } from "../../src/output/output-tree.js";

/** What one input gave. */
export interface Sample {
  /** Names the input in findings. */
  readonly name: string;
  readonly files: readonly OutputFile[];
}

/** The first error of each sample that has one, by its name. */
export function typeFaults(samples: readonly Sample[]): ReadonlyMap<string, string> {
  if (samples.length === 0) return new Map();
  const root = mkdtempSync(join(tmpdir(), "fuzz-types-"));
  try {
    symlinkSync(resolve("node_modules"), join(root, "node_modules"));
    for (const { name, files } of samples) {
      for (const { path, content } of files) {
        if (!path.endsWith(".ts")) continue;
        mkdirSync(dirname(join(root, name, path)), { recursive: true });
        writeFileSync(join(root, name, path), content);
      }
    }
    const compilerOptions = {
      ...{ strict: true, noEmit: true, target: "es2022", module: "nodenext", types: ["node"], skipLibCheck: true },
    };
    writeFileSync(
      join(root, "tsconfig.json"),
      JSON.stringify({ compilerOptions, include: samples.map(({ name }) => name) }),
    );
    const { stdout } = spawnSync(process.execPath, [resolve("node_modules/typescript/bin/tsc"), "-p", root], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 1e9,
    });
    const found = new Map<string, string>();
    for (const line of stdout.split("\n").filter((each) => each.includes("error TS"))) {
      const [name = ""] = line.split("/");
      if (!found.has(name)) found.set(name, line);
    }
    return found;
  } finally {
    rmSync(root, { recursive: true });
  }
}
