/** The diagnostics of planning and deployment: `fixtures/diagnostics/<code>` with PlanOptions in `options.json`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { formatDiagnostics } from "../../src/cli/report/format-diagnostic.js";
import { checkDeployment } from "../../src/deploy/targets.js";
import { diagnosticCodes } from "../../src/diagnostic-codes.js";
import type { ApiModel } from "../../src/model/api-model.js";
import { buildModel } from "../../src/model/build-model.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { emitFiles } from "../../src/emit/emit-files.js";
import { checkNames } from "../../src/emit/check-names.js";
import { checkAnySize } from "../../src/emit/json/any-size.js";
import { loadProtos } from "../../src/proto/load.js";
import { withFiles } from "../support/buf.js";
import { planOptions } from "../support/plan-options.js";

const fixtures = new URL("../../fixtures/diagnostics/", import.meta.url).pathname;
const codes = Object.keys(diagnosticCodes).filter((code) => /^(PL|DP)/.test(code));

it("has a fixture for every code", () => {
  expect(readdirSync(fixtures).filter((code) => /^(PL|DP)/.test(code))).toEqual([...codes].sort());
});

it.each(codes)("%s", (code) => {
  const folder = join(fixtures, code);
  const { plan, diagnostics } = planGeneration(readModel(folder, appended[code] ?? ""), readOptions(folder));
  const emitted = [...checkNames(plan), ...checkAnySize(emitFiles(plan), plan)];
  const found = [...diagnostics, ...checkDeployment(plan), ...emitted];
  expect(found.map((diagnostic) => diagnostic.code)).toContain(code);
  expect(formatDiagnostics(found)).toBe(readFileSync(join(folder, "expected.txt"), "utf8"));
});

/** What would be long to read in a folder. */
const appended: Readonly<Record<string, string>> = {
  DP002: `service Archive {
${Array.from({ length: 450 }, (_, i) => {
  return `  rpc Get${i}(GetShelfRequest) returns (Shelf) { option (google.api.http) = { get: "/v1/${"a".repeat(2_500)}${i}" }; }`;
}).join("\n")}
}
`,
  PL020: Array.from({ length: 5000 }, (_, i) => {
    return `message BookWasBorrowed${i} { string book_name = 1; string reader_name = 2; int64 day_of_return = 3; }\n`;
  }).join(""),
};

function readModel(folder: string, more: string): ApiModel {
  const text = `${readFileSync(join(folder, "library.proto"), "utf8")}${more}`;
  const { files, targets, diagnostics } = withFiles({ "library.proto": text }, (cwd) => {
    return loadProtos({ cwd, protos: ["library.proto"], includePaths: [] });
  });
  expect(diagnostics).toEqual([]);
  return buildModel({ files, targets, unboundMethods: "report" }).model;
}

function readOptions(folder: string): PlanOptions {
  const path = join(folder, "options.json");
  const own: Partial<PlanOptions> = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  const defaults = planOptions();
  const serviceOptions = new Map(Object.entries(own.serviceOptions ?? {}));
  const methodOptions = new Map(Object.entries(own.methodOptions ?? {}));
  return {
    ...defaults,
    ...own,
    serviceOptions,
    methodOptions,
    ...(own.proxy === undefined ? {} : { proxy: { ...own.proxy, messages: defaults.messages } }),
    deployment: { ...defaults.deployment, ...own.deployment },
  };
}
