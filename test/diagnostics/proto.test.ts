/** The diagnostics of linking and of descriptor sets: `fixtures/diagnostics/PB030` to `PB099`, loaded as a whole. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatDiagnostics } from "../../src/cli/report/format-diagnostic.js";
import { diagnosticCodes } from "../../src/diagnostic-codes.js";
import { type LoadRequest, loadProtos } from "../../src/proto/load.js";

const fixtures = join(import.meta.dirname, "../../fixtures/diagnostics");
const codes = Object.keys(diagnosticCodes).filter((code) => /^PB0[3-9]/.test(code));

test("there is a fixture for every code", () => {
  expect(readdirSync(fixtures).filter((code) => /^PB0[3-9]/.test(code))).toEqual([...codes].sort());
});

test.each(codes)("%s", (code) => {
  const cwd = join(fixtures, code);
  const { diagnostics } = loadProtos({ protos: ["."], includePaths: ["."], ...readRequest(cwd), cwd });
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  expect(formatDiagnostics(diagnostics)).toBe(readFileSync(join(cwd, "expected.txt"), "utf8"));
});

/** `request.json` where the whole folder is not what to load. */
function readRequest(folder: string): Partial<LoadRequest> {
  const path = join(folder, "request.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}
