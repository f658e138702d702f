/** `diff` against a revision of git and a descriptor set: exit codes, reports and exceptions. */
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { buildImage, googleApiFiles, withFiles } from "../support/buf.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

let project: TemporaryProject;

const broken = libraryProto.replace(":merge", ":join");
const ours = "POST /v1/shelves/*:merge moved to POST /v1/shelves/*:join: acme.library.v1.LibraryService.MergeShelves";
const id = "route-moved POST /v1/shelves/*:merge";

beforeEach(() => {
  project = createProject({ "api/grpc2lambda.yaml": "protos: [proto]\n", "api/proto/library.proto": libraryProto });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "first");
});
afterEach(() => project.remove());

function git(...args: string[]): void {
  execFileSync("git", ["-C", project.root, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args]);
}

const diff = (...flags: string[]) => runCli(join(project.root, "api"), "diff", "--against", ...flags);

test("nothing has changed", async () => {
  expect(await diff("HEAD")).toEqual({ exitCode: 0, stdout: "no change that clients or the stack see\n", stderr: "" });
});

test("a breaking change: exit code 1, and the exception that would accept it", async () => {
  project.put("api/proto/library.proto", broken);
  expect(await diff("HEAD")).toEqual({
    exitCode: 1,
    stdout: `Breaking:\n  ${ours}\n    exception: ${id}\nNot breaking:\n  POST /v1/shelves/*:join is new: acme.library.v1.LibraryService.MergeShelves\n`,
    stderr: "",
  });
  const { exitCode, stdout } = await diff("HEAD", "--json");
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    changes: [{ id, breaking: true, message: ours }, { breaking: false }],
    unusedExceptions: [],
  });
  const { terminal, stdout: annotations } = captureTerminal(join(project.root, "api"), { GITHUB_ACTIONS: "true" });
  expect(await run(["diff", "--against", "HEAD"], terminal)).toBe(1);
  expect(annotations()).toBe(`::error title=${id.replace(":", "%3A")}::${ours}\n`);
});

test("reviewed exceptions accept it, and those that nothing needs are named", async () => {
  project.put("api/proto/library.proto", broken);
  project.put(
    "api/grpc2lambda.exceptions.yaml",
    `- change: "${id}"\n  reason: no client merges yet\n- { change: status x, reason: old }\n`,
  );
  const { exitCode, stdout } = await diff("HEAD");
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`Breaking, and accepted:\n  ${ours}\n    no client merges yet\n`);
  expect(stdout).toContain("Exceptions for changes that are not there:\n  status x\n");
  project.put("other.yaml", "- { change: x }\n");
  expect(await diff("HEAD", "--exceptions", "../other.yaml")).toMatchObject({
    exitCode: 2,
    stderr:
      "the exceptions ../other.yaml cannot be used: exception 1 has other keys than change and reason, or lacks one of them\n",
  });
});

test("a descriptor set", async () => {
  const image = withFiles({ ...googleApiFiles(), "library.proto": libraryProto }, (folder) => buildImage(folder));
  writeFileSync(join(project.root, "image.binpb"), image);
  expect((await diff("../image.binpb")).exitCode).toBe(0);
  project.put("api/proto/library.proto", broken);
  expect(await diff("../image.binpb")).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(ours) });
});

test("what cannot be compared", async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith("grpc2lambda-diff-"));
  expect(await diff("nowhere")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("--against nowhere is no file and no revision of git: fatal: "),
  });
  expect((await diff("--upload-pack=x")).exitCode).toBe(2);
  project.put("api/proto/library.proto", "nonsense");
  expect(await diff("HEAD")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("library.proto:1:1 error") });
  git("commit", "--quiet", "--all", "--message", "broken");
  project.put("api/proto/library.proto", libraryProto);
  expect(await diff("HEAD")).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^HEAD has errors: PB/) });
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith("grpc2lambda-diff-"))).toEqual(before);
});
