/** The last line of a suite, which `run.mjs` adds up: nothing that went wrong is left out of it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
mkdirSync(join(root, ".cache"), { recursive: true });
const folder = mkdtempSync(join(root, ".cache/totals-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const suites = `import { afterAll, beforeAll, describe, test } from "vitest";
const fail = () => { throw new Error("a hook"); };
describe("a beforeAll fails", () => { beforeAll(fail); test("is skipped", () => {}); });
describe("an afterAll fails", () => { afterAll(fail); test("has passed", () => {}); });
describe("nothing fails", () => { test("passes", () => {}); });
`;

test("a hook that fails counts as failed, in Vitest's totals", () => {
  writeFileSync(join(folder, "hooks.test.ts"), suites);
  const reporter = JSON.stringify(join(root, "test/support/totals-reporter.ts"));
  writeFileSync(
    join(folder, "vitest.config.ts"),
    `import { TotalsReporter } from ${reporter};\nexport default { test: { reporters: [new TotalsReporter()] } };\n`,
  );
  const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", folder];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stdout.trim().split("\n").at(-1)).toBe("2 passed, 2 failed, 1 skipped");
  expect(status).toBe(1);
});

test("a judge that there is not fails, instead of judging nothing", () => {
  const args = [join(root, "test/judges/run.mjs"), "checkov", "cfnlint"];
  const { stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toMatch(/^no judge is called cfnlint: there are cfn-lint, checkov, /);
  expect(status).toBe(2);
});
