/** `diff` against a revision of git and a descriptor set: exit codes, reports and exceptions. */
import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { checkOut } from "../../src/cli/diff/revision.js";
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
  gitText(...args);
}

function gitText(...args: string[]): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  return execFileSync("git", ["-C", project.root, ...identity, ...args])
    .toString()
    .trim();
}

/** A tree that git itself would not make: mktree takes every name. */
function gitTree(lines: string): string {
  return execFileSync("git", ["-C", project.root, "mktree"], { input: `${lines}\n` })
    .toString()
    .trim();
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
    stderr: expect.stringContaining("--against nowhere is no file, no URL and no revision of git: fatal: "),
  });
  expect((await diff("--upload-pack=x")).exitCode).toBe(2);
  project.put("api/proto/library.proto", "nonsense");
  expect(await diff("HEAD")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("library.proto:1:1 error") });
  git("commit", "--quiet", "--all", "--message", "broken");
  project.put("api/proto/library.proto", libraryProto);
  expect(await diff("HEAD")).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^HEAD has errors: PB/) });
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith("grpc2lambda-diff-"))).toEqual(before);
});

test("absolute paths and a folder outside of the repository: what was there is read from the revision", async () => {
  project.put("api/proto/library.proto", broken);
  const api = join(project.root, "api");
  const flags = [
    ["--config", join(api, "grpc2lambda.yaml")],
    [join(api, "proto"), "--include", join(api, "proto")],
    ["proto", "--include", "proto", "--out", join(api, "gen")],
  ];
  for (const given of flags)
    expect(await diff("HEAD", ...given), given.join(" ")).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining(ours),
    });
  const elsewhere = await runCli(tmpdir(), "diff", "--against", "HEAD", "--config", join(api, "grpc2lambda.yaml"));
  expect(elsewhere).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(ours) });
});

test("a revision with a path that leads out of its folder writes nothing there", async () => {
  const blob = gitText("hash-object", "-w", "api/grpc2lambda.yaml");
  const name = `grpc2lambda-escaped-${process.pid}.yaml`;
  const outer = gitTree(`100644 blob ${blob}\t${name}`);
  const api = gitText("rev-parse", "HEAD:api");
  const tree = gitTree(`040000 tree ${outer}\t..\n040000 tree ${api}\tapi`);
  const commit = gitText("commit-tree", "-m", "hostile", tree);
  expect(await diff(commit)).toMatchObject({ exitCode: 0 });
  expect(existsSync(join(tmpdir(), name))).toBe(false);
});

test("a link, and a submodule with the name of a file, are passed over", async () => {
  const link = gitText("hash-object", "-w", "api/grpc2lambda.yaml");
  git("update-index", "--add", "--cacheinfo", `120000,${link},api/other.yaml`);
  git("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},api/vendored.js`);
  git("update-index", "--add", "--cacheinfo", `160000,${"2".repeat(40)},api/vendored.yaml`);
  git("commit", "--quiet", "--message", "odd");
  expect(await diff("HEAD")).toMatchObject({ exitCode: 0, stderr: "" });
});

test("a shallow clone: what to fetch", async () => {
  git("commit", "--quiet", "--allow-empty", "--message", "second");
  const clone = join(project.root, "clone");
  git("clone", "--quiet", "--depth", "1", `file://${project.root}`, clone);
  const { exitCode, stderr } = await runCli(join(clone, "api"), "diff", "--against", "HEAD~1");
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringMatching(/shallow: fetch the revision first \(actions\/checkout: fetch-depth: 0\)\n$/),
  });
});

test("links inside of the repository lead where they did, others nowhere", async () => {
  project.put("shared/common/base.proto", 'syntax = "proto3";\npackage acme.base;\nmessage Base { string a = 1; }\n');
  symlinkSync("../../shared/common", join(project.root, "api/proto/common"));
  symlinkSync(join(project.root, "shared"), join(project.root, "api/absolute"));
  symlinkSync("../../..", join(project.root, "api/proto/out"));
  symlinkSync("common/../../../..", join(project.root, "api/proto/around"));
  const withBase = (type: string): string =>
    libraryProto
      .replace('import "google', 'import "common/base.proto";\nimport "google')
      .replace("message Shelf {", `message Shelf {\n  ${type} base = 9;`);
  project.put("api/grpc2lambda.yaml", "protos: [proto/library.proto]\ninclude: [proto]\n");
  project.put("api/proto/library.proto", withBase("acme.base.Base"));
  git("add", "--all");
  git("commit", "--quiet", "--message", "links");
  expect(await diff("HEAD")).toMatchObject({ exitCode: 0, stderr: "" });
  project.put("api/proto/library.proto", withBase("string"));
  expect(await diff("HEAD")).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("base"), stderr: "" });
  const revision = checkOut(project.root, "HEAD");
  if (typeof revision === "string") throw new Error(revision);
  const there = (path: string): boolean =>
    lstatSync(revision.locate(join(project.root, "api")) + path, { throwIfNoEntry: false }) !== undefined;
  const links = ["/proto/common", "/absolute", "/proto/out", "/proto/around"].map(there);
  revision.remove();
  expect(links).toEqual([true, false, false, false]);
});
