/** The fixtures of configuration (CF), building (BD), Go modules (GO) and output (OU): a folder is a project, run through the command line. */
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { formatDiagnostics } from "../../src/cli/report/format-diagnostic.js";
import type { Diagnostic } from "../../src/diagnostics.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { snapshotFolder } from "../support/snapshot-folder.js";

const fixtures = join(import.meta.dirname, "../../fixtures/diagnostics");

/** What a fixture cannot hold as files. */
const preparations: Readonly<Record<string, (project: string) => void | Promise<void>>> = {
  BD001: async (project) => {
    await generate(project);
    rmSync(join(project, "gen/library.ts"));
  },
  BD002: generate,
  BD003: generate,
  BD004: generate,
  BD005: generate,
  BD006: generate,
  BD007: async (project) => {
    await generate(project);
    expect(await run(["build", "--report", "text"], captureTerminal(project).terminal)).toBe(0);
    writeFileSync(join(project, "grpc2lambda.yaml"), "protos: [library.proto]\nout: gen/other\n");
    rmSync(join(project, "gen"), { recursive: true });
    await generate(project);
  },
  OU013: generate,
  OU001: (project) => symlinkSync(tmpdir(), join(project, "gen")),
  OU003: async (project) => {
    await generate(project);
    const file = join(project, "gen/library.ts");
    writeFileSync(file, `${readFileSync(file, "utf8")}// mine\n`);
  },
  OU007: async (project) => {
    await generate(project);
    const proto = join(project, "library.proto");
    writeFileSync(
      proto,
      readFileSync(proto, "utf8").replace("message Shelf {", "message Shelf {\n  string theme = 2;"),
    );
    chmodSync(join(project, "gen/library.ts"), 0o444);
  },
  OU010: async (project) => {
    await generate(project);
    const file = join(project, "gen/library.ts");
    writeFileSync(file, `${readFileSync(file, "utf8")}// mine\n`);
    rmSync(join(project, "gen/manifest.json"));
  },
};

async function generate(project: string): Promise<void> {
  expect(await run(["generate", "--report", "text"], captureTerminal(project).terminal)).toBe(0);
}

/** Sizes of bundles change with every line of the runtime. */
function maskSizes(text: string): string {
  return text.replaceAll(/\d+\.\d kB/g, "0.0 kB");
}

const codes = readdirSync(fixtures)
  .filter((code) => /^(BD|CF|GO|OU)/.test(code))
  // A write that fails half-way and a run beside another one take a race: tests in test/output hold them against the fixtures.
  .filter((code) => code !== "OU009" && code !== "OU011");

test.each(codes)("%s", async (code) => {
  const project = mkdtempSync(join(tmpdir(), "g2l-fixture-"));
  try {
    cpSync(join(fixtures, code), project, { recursive: true });
    const args = readdirSync(project).includes("args.txt")
      ? readFileSync(join(project, "args.txt"), "utf8")
      : "generate";
    await preparations[code]?.(project);
    const before = snapshotFolder(project);
    const { terminal, stdout } = captureTerminal(project);
    const exitCode = await run([...args.trim().split(" "), "--json"], terminal);
    const { diagnostics } = JSON.parse(stdout()) as { diagnostics: Diagnostic[] };
    const own = diagnostics.filter((diagnostic) => diagnostic.code === code);
    const expected = readFileSync(join(fixtures, code, "expected.txt"), "utf8");
    expect(maskSizes(formatDiagnostics(own))).toBe(maskSizes(expected));
    if (code === "BD005") return expect(exitCode).toBe(1);
    const isError = own.some((diagnostic) => diagnostic.severity === "error");
    expect(exitCode).toBe(isError ? 2 : 0);
    if (isError) expect(snapshotFolder(project)).toEqual(before);
  } finally {
    rmSync(project, { recursive: true });
  }
});
