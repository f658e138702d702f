/** `dev` bundles few functions at its start, and of many those that are asked for, when they are. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BundleError, type BundleReport } from "../../../src/build/bundler.js";
import { type LocalFunctions, mostAtStart, startLocalFunctions } from "../../../src/cli/dev/local-functions.js";

let root = "";
let functions: LocalFunctions | undefined;
const reports: BundleReport[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "local-functions-"));
  mkdirSync(join(root, "out"));
  reports.length = 0;
});
afterEach(async () => {
  await functions?.dispose();
  functions = undefined;
  rmSync(root, { recursive: true, force: true });
});

/** Functions that answer their number and what `shared.ts` says; 2 does not bundle. */
async function start(count: number, watch: boolean, broken = true): Promise<void> {
  writeFileSync(join(root, "shared.ts"), 'export const shared: string = "old";');
  const entries = Array.from({ length: count }, (_, index) => `f${index}.ts`);
  for (const [index, entry] of entries.entries()) {
    const lost = broken && index === 2 ? 'import "./lost.js";' : "";
    writeFileSync(
      join(root, entry),
      `${lost}import { shared } from "./shared.js"; export const handler = async () => [${index}, shared];`,
    );
  }
  const request = { root, functions: entries.map((entry) => ({ entry })), outDir: join(root, "out"), minify: false };
  functions = await startLocalFunctions(request, watch, (report) => reports.push(report));
}

async function invoke(index: number): Promise<unknown> {
  const local = { id: `f${index}`, entry: `f${index}.ts`, timeout: 10, memorySize: 128 };
  const result = await functions?.invoke(local, {}, "request-1");
  return result?.kind === "result" ? result.payload : result;
}

const bundles = (): string[] => readdirSync(join(root, "out")).sort();

test("many functions are bundled one by one, at their first request", async () => {
  await start(mostAtStart + 1, false);
  expect([bundles(), reports]).toEqual([[], []]);
  expect(await invoke(7)).toEqual([7, "old"]);
  expect(await invoke(7)).toEqual([7, "old"]);
  expect(bundles()).toEqual(["f7.mjs"]);
  expect(await Promise.all([invoke(3), invoke(3), invoke(4)])).toEqual([
    [3, "old"],
    [3, "old"],
    [4, "old"],
  ]);
  expect(bundles()).toEqual(["f3.mjs", "f4.mjs", "f7.mjs"]);
  expect(reports).toHaveLength(3);
});

test("one that does not bundle fails alone, with what esbuild says", async () => {
  await start(mostAtStart + 1, false);
  const error = new BundleError('f2.ts:1:8: Could not resolve "./lost.js"');
  expect(await invoke(2)).toEqual({ kind: "failed", error });
  expect(await invoke(1)).toEqual([1, "old"]);
});

test("a change is bundled again where it was asked for, and nowhere else", async () => {
  await start(mostAtStart + 1, true);
  expect(await invoke(0)).toEqual([0, "old"]);
  writeFileSync(join(root, "shared.ts"), 'export const shared: string = "new";');
  await expect.poll(() => invoke(0), { timeout: 20_000 }).toEqual([0, "new"]);
  expect(bundles()).toEqual(["f0.mjs"]);
  expect(await invoke(1)).toEqual([1, "new"]);
}, 30_000);

test("functions that are being replaced start no more bundles", async () => {
  await start(mostAtStart + 1, true);
  expect(await invoke(0)).toEqual([0, "old"]);
  await functions?.dispose();
  expect(await invoke(0)).toEqual([0, "old"]);
  expect(await invoke(1)).toMatchObject({ kind: "failed" });
  expect(bundles()).toEqual(["f0.mjs"]);
});

test("few functions are bundled at the start, which fails where one does not bundle", async () => {
  await expect(start(mostAtStart, false)).rejects.toThrow('f2.ts:1:8: Could not resolve "./lost.js"');
  await start(mostAtStart, false, false);
  expect(bundles()).toHaveLength(mostAtStart);
  expect(await invoke(2)).toEqual([2, "old"]);
});
