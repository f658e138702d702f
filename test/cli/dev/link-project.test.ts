/** Packages and files that are beside functions when they are deployed are beside those of `dev`, too. */
import { existsSync, lstatSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { linkProject } from "../../../src/cli/dev/link-project.js";
import { startLocalFunctions } from "../../../src/cli/dev/local-functions.js";
import { createProject, type TemporaryProject } from "../../support/temporary-project.js";

let project: TemporaryProject;
let outDir: string;

beforeEach(() => {
  project = createProject({
    // Of a workspace: the package is installed above the project, one of its versions in it.
    "node_modules/@acme/native/package.json": '{ "name": "@acme/native", "exports": { "import": "./own.mjs" } }',
    "node_modules/@acme/native/own.mjs": 'import name from "inner"; export default name;',
    "node_modules/inner/index.js": 'module.exports = "native";',
    "node_modules/layered/index.js": 'module.exports = "above";',
    "app/node_modules/layered/index.js": 'module.exports = "own";',
    "app/data/rates.json": '{ "rate": 2 }',
    "app/main.ts": `import { readFileSync } from "node:fs";
import native from "@acme/native";
import layered from "layered";
const { rate } = JSON.parse(readFileSync(new URL("data/rates.json", import.meta.url), "utf8"));
export const handler = async () => [native, layered, rate];`,
  });
  outDir = join(project.root, "elsewhere/out");
  mkdirSync(outDir, { recursive: true });
});
afterEach(() => project.remove());

const build = {
  external: ["@acme/*", "layered", "not-installed"],
  files: ["data/rates.json", "../main.ts", "gone.json"],
};

test("external packages are loaded as Node finds them from the project, and files are beside the bundle", async () => {
  const root = join(project.root, "app");
  linkProject(root, outDir, build);
  linkProject(root, outDir, build);
  const local = { id: "main", entry: "main.ts", bundle: { external: build.external }, timeout: 10, memorySize: 128 };
  const functions = await startLocalFunctions({ root, functions: [local], outDir, minify: false }, false, () => {});
  expect(await functions.invoke(local, {}, "request-1")).toEqual({ kind: "result", payload: ["native", "own", 2] });
  await functions.dispose();
  expect(existsSync(join(outDir, "../main.ts"))).toBe(false);
  expect(lstatSync(join(outDir, "data/rates.json")).isSymbolicLink()).toBe(true);
});

test("what is removed with the folder is the links", () => {
  const root = join(project.root, "app");
  linkProject(root, outDir, build);
  rmSync(outDir, { recursive: true, force: true });
  expect(project.get("app/data/rates.json")).toContain("rate");
  expect(project.get("node_modules/@acme/native/own.mjs")).toContain("inner");
});
