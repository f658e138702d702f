/** The commands at the head of a template, as they are written: `sam build` and `sam deploy`, with the emulator in place of AWS. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pythonTools } from "../support/python-tools.mjs";
import { region, send } from "./aws.js";
import { type Ministack, startMinistack, tools } from "./ministack.js";
import { makeProject, type Project } from "./project.js";
import { resourcesOf } from "./stack.js";

const sam = pythonTools("aws-sam-cli-1.170.0", ["aws-sam-cli==1.170.0"]);
if (sam.missing !== undefined) console.warn(`skipped: ${sam.missing}`);

let aws: Ministack;
let project: Project;
beforeAll(async () => {
  if (tools.folder === undefined || sam.folder === undefined) return;
  aws = await startMinistack(tools.folder);
  project = await makeProject(aws.host, "by-sam", "  frontDoor: http-api\n  auth: none\n");
});
afterAll(async () => {
  await aws?.stop();
  project?.remove();
});

/** Runs SAM in the project; gives what it printed. `more` are variables of the environment. */
function runSam(flags: readonly string[], more: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = spawnSync(join(sam.folder ?? "", "bin/sam"), flags, {
    cwd: project.folder,
    encoding: "utf8",
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: project.folder,
      SAM_CLI_TELEMETRY: "0",
      AWS_ENDPOINT_URL: `http://${aws.host}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_DEFAULT_REGION: region,
      ...more,
    },
  });
  expect(status, `${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** Hashes of what `sam build` made, by path. */
function artifacts(): Readonly<Record<string, string>> {
  const folder = join(project.folder, ".aws-sam/build");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(
    files.map((path) => [
      path,
      createHash("sha256")
        .update(readFileSync(join(folder, path)))
        .digest("hex"),
    ]),
  );
}

describe.skipIf(tools.folder === undefined || sam.folder === undefined)("AWS SAM", () => {
  test("sam build leaves the zips of grpc2lambda build as they are, every time", () => {
    runSam(["build"]);
    const first = artifacts();
    runSam(["build"]);
    expect(artifacts()).toEqual(first);
    expect(Object.keys(first)).toEqual(expect.arrayContaining(["template.yaml"]));
  });

  test("sam deploy deploys", async () => {
    await send(aws.host, { method: "PUT", target: "/by-sam", service: "s3" });
    const answers = ["--no-confirm-changeset", "--no-progressbar", "--capabilities", "CAPABILITY_IAM"];
    runSam([
      "deploy",
      "--stack-name",
      "by-sam",
      "--s3-bucket",
      "by-sam",
      ...answers,
      "--parameter-overrides",
      "Stage=prod",
    ]);
    const host = `${(await resourcesOf(aws.host, "by-sam")).get("HttpApi")}.execute-api.localhost`;
    const { status, body } = await send(aws.host, { method: "GET", target: "/v1/shelves/history?books=1" }, host);
    expect([status, body]).toEqual([200, '{"name":"history","theme":"prod","books":["book 0"]}']);
  });

  test("with build.by: sam, sam build bundles with esbuild among the dependencies", () => {
    const root = resolve(import.meta.dirname, "../..");
    const { version } = JSON.parse(readFileSync(join(root, "node_modules/esbuild/package.json"), "utf8")) as {
      version: string;
    };
    writeFileSync(
      join(project.folder, "package.json"),
      JSON.stringify({ type: "module", dependencies: { esbuild: version } }),
    );
    project.configure("  frontDoor: function-url\n  functions: single\n  auth: none\nbuild: { by: sam }\n");
    mkdirSync(join(project.folder, "npm"));
    runSam(["build"], { npm_config_cache: join(project.folder, "npm") });
    expect(Object.keys(artifacts())).toEqual(
      expect.arrayContaining([expect.stringMatching(/^ShelvesFunction\/.*\.mjs$/)]),
    );
  });
});
