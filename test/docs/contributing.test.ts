/** CONTRIBUTING names every suite and every folder of tests, and none that is not there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

test("every suite is in the table of suites", () => {
  const suites = Object.keys(scripts).filter((name) => /^(?:test|fuzz)(?::|$)/.test(name));
  expect(suites.filter((name) => !page.includes(`\n| \`npm run ${name}\` |`) && name !== "test")).toEqual([]);
  expect(page).toContain("\n| `npm test` |");
});

test("every script that it names is there", () => {
  const named = [...page.matchAll(/npm run ([a-z]+(?::[a-z0-9]+)?)(?![\w:*])/g)].map(([, name = ""]) => name);
  expect([...new Set(named)].filter((name) => scripts[name] === undefined)).toEqual([]);
});

test("every folder of tests is named after one of src/, or is in the table", () => {
  const folders = readdirSync(join(root, "test"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const unknown = folders.filter((name) => !existsSync(join(root, "src", name)) && !page.includes(`\`test/${name}/\``));
  expect(unknown).toEqual([]);
  const named = [...page.matchAll(/`test\/([a-z0-9-]+)\/`/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !folders.includes(name))).toEqual([]);
});

test("all suites that need nothing else are run by CI", () => {
  const ci = readFileSync(join(root, "test/ci/run.mjs"), "utf8");
  const partOfTests = new Set(["test", "test:vectors"]);
  const suites = Object.keys(scripts).filter((name) => /^(?:test|fuzz)(?::|$)/.test(name) && !partOfTests.has(name));
  expect(suites.filter((name) => !new RegExp(`npm run --silent ${name}(?![:\\w])`).test(ci))).toEqual([]);
});
