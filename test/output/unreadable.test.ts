/** Folders that the system does not let us read: a finding, never a bug report. In a process without root's rights. */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const bin = join(import.meta.dirname, "../../bin/grpc2lambda.js");
const isRoot = process.getuid?.() === 0;
/** `nobody` in all distributions of Linux, and no owner of anything. */
const nobody = 65534;
let project: TemporaryProject;

beforeEach(async () => {
  project = createProject({ "library.proto": libraryProto });
  expect(await runCli(project.root, "generate", "library.proto")).toMatchObject({ exitCode: 0 });
  if (!isRoot) return;
  for (const path of ["", ...readdirSync(project.root, { recursive: true, encoding: "utf8" })]) {
    chownSync(join(project.root, path), nobody, nobody);
  }
});

afterEach(() => {
  for (const path of ["gen", "gen/functions", "src"]) chmodSync(join(project.root, path), 0o755);
  project.remove();
});

function grpc2lambda(command: string): { readonly status: number | null; readonly stderr: string } {
  const identity = isRoot ? { uid: nobody, gid: nobody } : {};
  const args = [bin, command, "library.proto"];
  return spawnSync(process.execPath, args, { cwd: project.root, encoding: "utf8", ...identity });
}

/** The repository may be where nobody else may look. */
const runnable =
  spawnSync(process.execPath, [bin, "--version"], isRoot ? { uid: nobody, gid: nobody } : {}).status === 0;

/** With the manifest gone, the whole folder is looked through before anything else. */
const cases = [
  ["gen", 0o000, "check", "kept"],
  ["gen", 0o644, "generate", "kept"],
  ["gen/functions", 0o000, "generate", "kept"],
  ["gen/functions", 0o444, "check", "kept"],
  ["gen/functions", 0o111, "generate", "kept"],
  ["gen/functions", 0o000, "check", "gone"],
  ["src", 0o000, "generate", "kept"],
] as const;

test.runIf(runnable).each(cases)(
  "%s with mode %o is OU008 without an absolute path: %s, manifest %s",
  (path, mode, command, manifest) => {
    if (manifest === "gone") rmSync(join(project.root, "gen/manifest.json"));
    chmodSync(join(project.root, path), mode);
    const { status, stderr } = grpc2lambda(command);
    const finding = /^(?:.*\n)*error OU008: [^/\n][^\n]* cannot be read \(EACCES\)/;
    expect([status, stderr]).toEqual([2, expect.stringMatching(finding)]);
    expect(stderr).not.toContain(project.root);
  },
);

test.runIf(runnable)("a folder that cannot be written is OU009, and no finding where nothing has to be written", () => {
  chmodSync(join(project.root, "gen"), 0o555);
  expect(grpc2lambda("generate")).toMatchObject({ status: 0, stderr: "" });
  project.put("library.proto", libraryProto.replace("message Shelf {", "message Shelf {\n  string theme = 7;"));
  expect(grpc2lambda("generate")).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^error OU009: writing the output failed \(EACCES\) and was undone/),
  });
});
