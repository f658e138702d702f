/** Every HR diagnostic: fixtures/diagnostics/<code>/library.proto (with service.yaml, and the names of skip.json and collect.json) give exactly expected.txt. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { formatDiagnostics } from "../../src/cli/report/format-diagnostic.js";
import { diagnosticCodes } from "../../src/diagnostic-codes.js";
import { buildModel } from "../../src/model/build-model.js";
import { readServiceConfig } from "../../src/model/service-config/service-config.js";
import { loadProtos } from "../../src/proto/load.js";

const fixtures = fileURLToPath(new URL("../../fixtures/diagnostics", import.meta.url));
const codes = Object.keys(diagnosticCodes).filter((code) => code.startsWith("HR"));

function findings(folder: string, profile: "grpc-gateway" | "spec" = "grpc-gateway"): string {
  const loaded = loadProtos({ protos: ["library.proto"], includePaths: ["."], cwd: folder });
  const yaml = join(folder, "service.yaml");
  const read = existsSync(yaml) ? readServiceConfig(readFileSync(yaml, "utf8"), "service.yaml") : { diagnostics: [] };
  const names = (file: string): readonly string[] =>
    existsSync(join(folder, file)) ? JSON.parse(readFileSync(join(folder, file), "utf8")) : [];
  const built = buildModel({
    files: loaded.files,
    targets: loaded.targets,
    unboundMethods: "report",
    profile,
    precedence: profile === "spec" ? "specificity" : "lastDeclared",
    skip: names("skip.json").map((name) => ({ name })),
    collectRequests: { byDefault: false, methods: new Map(names("collect.json").map((name) => [name, true])) },
    serviceConfigs: read.config === undefined ? [] : [read.config],
  });
  return formatDiagnostics([...loaded.diagnostics, ...read.diagnostics, ...built.diagnostics]);
}

test("every code has a fixture, and every fixture a code", () => {
  const folders = readdirSync(fixtures).filter((name) => name.startsWith("HR"));
  expect(folders.sort()).toEqual(codes.sort());
});

/** What grpc-gateway takes, and profile spec refuses. */
test.each(codes.filter((code) => existsSync(join(fixtures, code, "expected-spec.txt"))))(
  "%s in profile spec",
  (code) => {
    const folder = join(fixtures, code);
    expect(findings(folder, "spec")).toBe(readFileSync(join(folder, "expected-spec.txt"), "utf8"));
  },
);

test.each(codes)("%s", (code) => {
  const folder = join(fixtures, code);
  const text = findings(folder);
  expect(text).toBe(readFileSync(join(folder, "expected.txt"), "utf8"));
  expect(text).toContain(` ${code}: `);
});
