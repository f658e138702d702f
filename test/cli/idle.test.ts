/** `idle`: the script that it prints, in the hands of a shell with an `aws` that notes what it is asked. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto } from "../support/temporary-project.js";

let project: ReturnType<typeof createProject> | undefined;
afterEach(() => project?.remove());

/** Stands in for the AWS CLI: a stack with a nested one, and the calls of three functions. */
const aws = `#!/bin/sh
printf '%s\\n' "$*" >> "$(dirname "$0")/asked"
case "$*" in
  *"--stack-name broken"*) echo 'Stack with id broken does not exist' >&2; exit 254 ;;
  *AWS::CloudFormation::Stack*) echo arn:aws:cloudformation:eu-west-1:123456789012:stack/library-dev-Nested/1 ;;
  *"--stack-name arn:"*AWS::Lambda::Function*) echo library-dev-Third-1 ;;
  *AWS::Lambda::Function*) printf 'library-dev-First-1\\tlibrary-dev-Second-1\\n' ;;
  *Value=library-dev-First-1*) echo 1204.0 ;;
  *Value=library-dev-Second-1*) echo 0 ;;
  *) echo 17.0 ;;
esac
`;

async function run(configuration: string, ...flags: readonly string[]) {
  project = createProject({ "library.proto": libraryProto, "grpc2lambda.yaml": configuration });
  const { exitCode, stdout, stderr } = await runCli(project.root, "idle", ...flags);
  expect(exitCode, stderr).toBe(0);
  const bin = join(project.root, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "aws"), aws);
  chmodSync(join(bin, "aws"), 0o755);
  const shell = spawnSync("sh", { input: stdout, encoding: "utf8", env: { PATH: `${bin}:${process.env.PATH}` } });
  const asked = readFileSync(join(bin, "asked"), "utf8").trim().split("\n");
  return { script: stdout, shell, asked };
}

describe("idle", () => {
  it("lists the functions of a stack and its nested ones, the fewest calls first", async () => {
    const { shell, asked } = await run("protos: [library.proto]\n", "--days", "90");
    expect(shell.stderr).toBe("");
    expect(shell.stdout.split("\n").slice(0, 3)).toEqual([
      "0\tlibrary-dev-Second-1",
      "17.0\tlibrary-dev-Third-1",
      "1204.0\tlibrary-dev-First-1",
    ]);
    const [, start, end] = /--start-time (\d+) --end-time (\d+)/.exec(asked.at(-1) ?? "") ?? [];
    expect(Number(end) - Number(start)).toBe(90 * 86_400);
  });

  it("knows the names that Terraform gives", async () => {
    const settings = "protos: [library.proto]\ndeployment: { target: terraform }\n";
    const { shell, asked } = await run(settings, "--stage", "prod");
    expect(shell.status).toBe(0);
    expect(asked[0]).toContain("Name=FunctionName,Value=library-prod-library-service-");
    expect(asked.join("\n")).not.toContain("cloudformation");
  });

  it("ends with the error of the AWS CLI", async () => {
    const { shell } = await run("protos: [library.proto]\n", "--stack", "broken");
    expect([shell.status, shell.stdout, shell.stderr]).toEqual([1, "", "Stack with id broken does not exist\n"]);
  });

  it("quotes what a shell would read", async () => {
    project = createProject({ "library.proto": libraryProto });
    const { stdout } = await runCli(project.root, "idle", "library.proto", "--stack", "a; touch here");
    expect(stdout).toContain("stack='a; touch here'\n");
  });

  it.each([
    ["single", true],
    ["per-rpc", false],
  ])("with functions %s, says how to tell the routes of one apart: %s", async (functions, isSaid) => {
    const text = `protos: [library.proto]\ndeployment: { functions: ${functions} }\n`;
    project = createProject({ "library.proto": libraryProto, "grpc2lambda.yaml": text });
    const { stdout } = await runCli(project.root, "idle");
    expect(stdout.includes("by routeKey")).toBe(isSaid);
  });

  it.each(["0", "456", "x"])("refuses --days %s", async (days) => {
    project = createProject({ "library.proto": libraryProto });
    const { exitCode, stderr } = await runCli(project.root, "idle", "library.proto", "--days", days);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("expected 1 to 455")]);
  });
});
