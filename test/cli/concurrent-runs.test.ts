/** Several runs at once, as processes: all of them end well, and the disk is as one run leaves it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { snapshotFolder } from "../support/snapshot-folder.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const root = join(import.meta.dirname, "../..");
let project: TemporaryProject;

beforeEach(() => {
  project = createProject({ "library.proto": libraryProto });
});

afterEach(() => project.remove());

/** Runs `generate` on a slow disk; gives the exit code and what it said. */
async function generate(...flags: readonly string[]): Promise<readonly [number | null, string]> {
  const preload = join(root, "test/crash/slow-disk.mjs");
  const args = ["--import", preload, join(root, "bin/grpc2lambda.js"), "generate", "library.proto", ...flags];
  const child = spawn(process.execPath, args, { cwd: project.root, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  const [code] = await once(child, "close");
  return [code, errors];
}

/** Files and folders with their content. */
function contents(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(snapshotFolder(project.root)).map(([path, entry]) => [path, entry.replace(/^\S+ /, "")]),
  );
}

test("of the same input, for the first time", async () => {
  expect(await Promise.all([generate(), generate(), generate()])).toEqual([
    [0, ""],
    [0, ""],
    [0, ""],
  ]);
  const found = contents();
  expect(Object.keys(found).filter((path) => path.includes("grpc2lambda"))).toEqual([]);
  expect((await runCli(project.root, "check", "library.proto")).exitCode).toBe(0);
});

test("of inputs that differ: the tree is that of one of them", async () => {
  const moved = ["--template", "deploy/template.yaml"];
  await Promise.all([generate(), generate(...moved)]);
  const checks = await Promise.all([
    runCli(project.root, "check", "library.proto"),
    runCli(project.root, "check", "library.proto", ...moved),
  ]);
  expect(checks.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
  expect(Object.keys(contents()).filter((path) => /grpc2lambda|^(deploy\/)?template/.test(path))).toHaveLength(1);
});
