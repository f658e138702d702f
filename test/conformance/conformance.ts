/**
 * Runs the upstream conformance suite against emitted codecs, once per message style, and closes with the plain totals. The text
 * format suite, which comes after the one for binary and JSON, is answered with "skipped" and left out of the totals.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";
import { inMemory } from "../support/load-emitted.js";
import { emitCodecTable } from "./emit-codec-table.js";
import { conformanceRunner } from "./runner.js";

/** The presets, as they are. */
const styles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "proto-loader": protoLoaderDefaults,
  "protobuf-es": protobufEsStyle,
  "ts-proto": tsProtoStyle,
};

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const folder = resolve(".cache/conformance");
const runner = conformanceRunner();
if (typeof runner === "string") {
  console.log(`conformance suite not run: ${runner}`);
  report([{ passed: 0, failed: 0, skipped: 1 }]);
} else {
  const totals: Totals[] = [];
  for (const [name, style] of Object.entries(styles)) totals.push(await runSuite(runner, name, style));
  report(totals);
}

async function runSuite(command: readonly string[], name: string, style: MessageStyle): Promise<Totals> {
  const output = join(folder, name.replaceAll(/\W+/g, "-"));
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const testee = await buildTestee(output, style);
  const options = ["--maximum_edition", "2023", "--enforce_recommended", "--output_dir", output];
  const [program = "", ...args] = [...command, ...options, testee];
  const result = spawnSync(program, args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  writeFileSync(join(output, "runner.log"), result.stderr);
  const totals = readTotals(result.stderr);
  console.log(`${name}: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  for (const line of failures(output)) console.log(`  ${line}`);
  if (result.status !== 0 && totals.failed === 0) console.log(result.stderr.slice(-2000));
  return result.status !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

/** A program that the runner can start, with the emitted codecs inside. */
async function buildTestee(output: string, style: MessageStyle): Promise<string> {
  const bundle = join(output, "testee.mjs");
  const { files, table } = emitCodecTable(style);
  await build({
    entryPoints: ["test/conformance/testee.ts"],
    outfile: bundle,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "warning",
    plugins: [
      {
        name: "codecs",
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /^codecs:generated$/ }, () => ({ path: "codecs.ts", namespace: "codecs" }));
          onLoad({ filter: /.*/, namespace: "codecs" }, () => ({
            contents: table,
            loader: "ts",
            resolveDir: resolve(),
          }));
        },
      },
      inMemory(files),
    ],
  });
  const program = join(output, "testee");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${bundle}"\n`);
  chmodSync(program, 0o755);
  return program;
}

/** `CONFORMANCE SUITE PASSED: 5567 successes, 0 skipped, 0 expected failures, 0 unexpected failures.`, the first of two. */
function readTotals(log: string): Totals {
  const found = /(\d+) successes, (\d+) skipped, (\d+) expected failures, (\d+) unexpected failures/.exec(log);
  if (found === null) return { passed: 0, failed: 1, skipped: 0 };
  const [, passed, skipped, expected, unexpected] = found.map(Number);
  return { passed: passed ?? 0, failed: (expected ?? 0) + (unexpected ?? 0), skipped: skipped ?? 0 };
}

function failures(output: string): string[] {
  try {
    return readFileSync(join(output, "failing_tests.txt"), "utf8")
      .split("\n")
      .filter((line) => line !== "");
  } catch {
    return [];
  }
}

function report(all: readonly Totals[]): void {
  const sum = (key: keyof Totals): number => all.reduce((total, totals) => total + totals[key], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
  process.exitCode = sum("failed") === 0 ? 0 : 1;
}
