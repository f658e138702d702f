/** TypeScript from 5.4 on: generated code type-checks under @tsconfig/strictest with each of its lines. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { matrixModel, openWorkshop, planProject } from "./project.js";
import { presetStyles } from "./styles.js";

/** The last of each line but the newest, which every other suite uses. */
const versions = ["5.4.5", "5.5.4", "5.6.3", "5.7.3", "5.8.3", "5.9.3", "6.0.3"];

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "grpc2lambda");

/** The compiler's script, installed once; undefined where the registry cannot be reached. */
function compilerOf(version: string): string | undefined {
  const folder = join(cache, `typescript-${version}`);
  if (!existsSync(folder) && !install(version, folder)) return undefined;
  return join(folder, "node_modules/typescript/bin/tsc");
}

/** Into a folder of its own that is renamed when it is complete. */
function install(version: string, folder: string): boolean {
  const staging = `${folder}.${process.pid}`;
  mkdirSync(staging, { recursive: true });
  writeFileSync(join(staging, "package.json"), '{"private":true}\n');
  try {
    const flags = ["--no-audit", "--no-fund", "--ignore-scripts"];
    execFileSync("npm", ["install", ...flags, `typescript@${version}`], { cwd: staging, stdio: "ignore" });
    renameSync(staging, folder);
    return true;
  } catch {
    rmSync(staging, { recursive: true, force: true });
    console.log(`TypeScript ${version} is skipped: npm could not install it`);
    return false;
  }
}

const workshop = openWorkshop();

beforeAll(() => {
  const model = matrixModel(["editions"], "some");
  for (const [name, style] of Object.entries(presetStyles)) {
    const options = { style, frontDoor: "function-url", functions: { kind: "single" } } as const;
    workshop.write(name, planProject(model, options));
  }
});
afterAll(() => workshop.remove());

it.for(versions)("TypeScript %s", (version, { skip }) => {
  const compiler = compilerOf(version);
  if (compiler === undefined) return skip();
  expect(workshop.typeCheck(compiler)).toBe("");
});
