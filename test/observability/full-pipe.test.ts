/** Lines that do not fit into the pipe at once. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "grpc2lambda-pipe-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("long lines come whole and in their order through a pipe that is full", async () => {
  const outfile = join(folder, "write-line.mjs");
  const entry = resolve("src/runtime/observability/write-line.ts");
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm", logLevel: "silent" });
  const script = join(import.meta.dirname, "full-pipe.mjs");
  const writer = spawn(process.execPath, [script, outfile, "20", "100000"], { stdio: ["ignore", "pipe", "inherit"] });
  const chunks: Buffer[] = [];
  writer.stdout.pause();
  await sleep(300);
  for await (const chunk of writer.stdout) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString().trimEnd().split("\n");
  expect(lines.map((line) => line.slice(0, 4))).toEqual(
    Array.from({ length: 20 }, (_, at) => `${at} é`.padEnd(4, "é")),
  );
  expect(lines.every((line) => line.endsWith("é") && line.length >= 100_002)).toBe(true);
});
