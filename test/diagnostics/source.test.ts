/** The diagnostics of reading .proto source: `fixtures/diagnostics/PB001` to `PB029`, what to load in `request.json`. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { formatDiagnostics } from "../../src/cli/report/format-diagnostic.js";
import { diagnosticCodes } from "../../src/diagnostic-codes.js";
import { type LoadRequest, loadProtos } from "../../src/proto/load.js";

const fixtures = new URL("../../fixtures/diagnostics/", import.meta.url).pathname;
const codes = Object.keys(diagnosticCodes).filter((code) => /^PB0[012]/.test(code));

/** What a folder in a repository cannot hold. */
const preparations: Readonly<Record<string, (folder: string) => void>> = {
  PB017: (folder) => symlinkSync("library.proto", join(folder, "library.proto")),
  PB019: (folder) => truncateSync(join(folder, "library.proto"), 64 * 1024 * 1024 + 1),
};

it("has a fixture for every code", () => {
  expect(readdirSync(fixtures).filter((code) => /^PB0[012]/.test(code))).toEqual([...codes].sort());
});

it.each(codes)("%s", (code) => {
  const cwd = mkdtempSync(join(tmpdir(), "fixture-"));
  try {
    cpSync(join(fixtures, code), cwd, { recursive: true });
    preparations[code]?.(cwd);
    const { diagnostics } = loadProtos({ protos: ["."], includePaths: [], ...readRequest(cwd), cwd });
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    expect(formatDiagnostics(diagnostics)).toBe(readFileSync(join(cwd, "expected.txt"), "utf8"));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});

function readRequest(folder: string): Partial<LoadRequest> {
  const path = join(folder, "request.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}
