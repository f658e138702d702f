/** The diagnostics of planning and deployment: `fixtures/diagnostics/<code>` with PlanOptions in `options.json`. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { formatDiagnostics } from "../../src/cli/report/format-diagnostic.js";
import { deploymentTargets } from "../../src/deploy/deployment-target.js";
import { diagnosticCodes } from "../../src/diagnostic-codes.js";
import type { ApiModel } from "../../src/model/api-model.js";
import { buildModel } from "../../src/model/build-model.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { readDescriptorSet } from "../../src/proto/read-descriptor-set.js";
import { bufPath } from "../support/buf.js";
import { planOptions } from "../support/plan-options.js";

const fixtures = new URL("../../fixtures/diagnostics/", import.meta.url).pathname;
const codes = Object.keys(diagnosticCodes).filter((code) => /^(PL|DP)/.test(code));

it("has a fixture for every code", () => {
  expect(readdirSync(fixtures).filter((code) => /^(PL|DP)/.test(code))).toEqual([...codes].sort());
});

it.each(codes)("%s", (code) => {
  const folder = join(fixtures, code);
  const { plan, diagnostics } = planGeneration(readModel(folder), readOptions(folder));
  const found = [...diagnostics, ...deploymentTargets.flatMap((target) => target.check(plan))];
  expect(found.map((diagnostic) => diagnostic.code)).toContain(code);
  expect(formatDiagnostics(found)).toBe(readFileSync(join(folder, "expected.txt"), "utf8"));
});

function readModel(folder: string): ApiModel {
  const work = mkdtempSync(join(tmpdir(), "fixture-"));
  try {
    cpSync(new URL("../../src/proto/include/google/api", import.meta.url).pathname, join(work, "google/api"), {
      recursive: true,
    });
    cpSync(join(folder, "library.proto"), join(work, "library.proto"));
    writeFileSync(join(work, "buf.yaml"), "version: v2\n");
    execFileSync(bufPath, ["build", "--path", "library.proto", "-o", "image.binpb"], { cwd: work, stdio: "pipe" });
    const { files, diagnostics } = readDescriptorSet(readFileSync(join(work, "image.binpb")), "image.binpb");
    expect(diagnostics).toEqual([]);
    return buildModel({ files, targets: ["library.proto"], unboundMethods: "report" }).model;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function readOptions(folder: string): PlanOptions {
  const path = join(folder, "options.json");
  const own: Partial<PlanOptions> = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  const defaults = planOptions();
  return { ...defaults, ...own, deployment: { ...defaults.deployment, ...own.deployment } };
}
