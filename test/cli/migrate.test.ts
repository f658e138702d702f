/** `migrate`: the output of an older version of the tool, as it was before runtime modules moved to folders, and that of a newer one. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stackChanges } from "../../src/cli/upgrade/stack-changes.js";
import { deploymentTargets } from "../../src/deploy/targets.js";
import { hashContent } from "../../src/output/generated-content.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const configuration = "protos: [proto]\ndeployment: { deadLetterQueue: own }\n";

let project: TemporaryProject;
beforeEach(async () => {
  project = createProject({ "grpc2lambda.yaml": configuration, "proto/library.proto": libraryProto });
  expect((await runCli(project.root, "generate")).exitCode).toBe(0);
});
afterEach(() => project.remove());

const [place, oldPlace] = ["gen/runtime/values/percent.ts", "gen/runtime/percent.ts"];

/** Puts files as an older version would have written and recorded them; undefined: it had none there. */
function before(files: Readonly<Record<string, string | undefined>>): void {
  const manifest = JSON.parse(project.get("gen/manifest.json"));
  for (const [path, text] of Object.entries(files)) {
    delete manifest.files[path];
    if (text === undefined) rmSync(join(project.root, path));
    else {
      project.put(path, text);
      manifest.files[path] = hashContent(text);
    }
  }
  project.put("gen/manifest.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
}

const handler = (folder: string): string => `import { decode } from "../../../../gen/runtime/${folder}percent.js";
export { escape } from '../../../../gen/runtime/${folder}percent';
// A comment of the user's.
export const own = () => import("../../../../gen/runtime/rpc.js").then(() => decode);
`;

/** A template without the queue, a module at its old place, and a scaffold that imports it. */
function makeOlder(lineEnd = "\n"): string {
  const [path = ""] = JSON.parse(project.get("gen/manifest.json")).scaffolds as string[];
  const template = project.get("template.yaml");
  const at = template.indexOf("  DeadLetterQueuePolicy:");
  const queue = template.slice(at, template.indexOf("\n  Library", at) + 1);
  before({ [place]: undefined, [oldPlace]: project.get(place), "template.yaml": template.replace(queue, "") });
  project.put(path, handler("").replaceAll("../../../../", upFrom(path)).replaceAll("\n", lineEnd));
  return path;
}

function upFrom(path: string): string {
  return "../".repeat(path.split("/").length - 1);
}

test("--dry-run says what an upgrade changes, with the diff of the user's files, and writes nothing", async () => {
  const path = makeOlder();
  const old = [project.get(path), project.get("template.yaml"), project.get("gen/manifest.json")];
  const { exitCode, stdout } = await runCli(project.root, "migrate", "--dry-run");
  expect(exitCode).toBe(1);
  const lines = stdout.split("\n").map((line) => line.replaceAll(/ {2,}/g, " | "));
  expect(lines.slice(0, 6)).toEqual([
    `${oldPlace} | would go`,
    `${place} | would appear`,
    `${path}:1 | imports ${oldPlace}, now ${place}`,
    `${path}:2 | imports ${oldPlace}, now ${place}`,
    "AWS::SQS::QueuePolicy DeadLetterQueuePolicy | appears with the next deployment",
    "2 generated files would change",
  ]);
  expect(stdout).toContain(`-import { decode } from "${upFrom(path)}gen/runtime/percent.js";\n`);
  expect(stdout).toContain(`+import { decode } from "${upFrom(path)}gen/runtime/values/percent.js";\n`);
  expect([project.get(path), project.get("template.yaml"), project.get("gen/manifest.json")]).toEqual(old);
});

test.each([
  ["LF", "\n"],
  ["CRLF", "\r\n"],
])("imports follow, and nothing else in the user's files changes: %s", async (_, lineEnd) => {
  const path = makeOlder(lineEnd);
  const { exitCode, stdout } = await runCli(project.root, "migrate");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(new RegExp(`^${oldPlace} +removed\n${place} +added\n`));
  expect(project.get(path)).toBe(handler("values/").replaceAll("../../../../", upFrom(path)).replaceAll("\n", lineEnd));
  expect(existsSync(join(project.root, oldPlace))).toBe(false);
  expect((await runCli(project.root, "check")).exitCode).toBe(0);
  const again = await runCli(project.root, "migrate", "--dry-run");
  expect([again.exitCode, again.stdout]).toEqual([0, "everything is as this version makes it\n"]);
});

test("an import of a module that there is nowhere any more is named, and stays", async () => {
  const path = makeOlder();
  before({ [oldPlace]: undefined, "gen/runtime/gone.ts": project.get(oldPlace) });
  const text = project.get(path).replaceAll("percent", "gone");
  project.put(path, text);
  const { exitCode, stdout } = await runCli(project.root, "migrate");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("imports gen/runtime/gone.ts, which this version does not make: name what you need from");
  expect(project.get(path)).toBe(text);
});

test("a generated file that was edited is refused without --force, as by generate", async () => {
  makeOlder();
  project.put(oldPlace, `${project.get(oldPlace)}// Mine.\n`);
  const { exitCode, stderr } = await runCli(project.root, "migrate");
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("error OU003")]);
  expect((await runCli(project.root, "migrate", "--force")).exitCode).toBe(0);
});

test.each(["generate", "check", "migrate"])("%s refuses the output of a newer version", async (command) => {
  const newer = project.get("gen/manifest.json").replace('"abiVersion": 1', '"abiVersion": 2');
  project.put("gen/manifest.json", newer);
  project.put("proto/library.proto", `${libraryProto}\nmessage Another {}\n`);
  const { exitCode, stderr } = await runCli(project.root, command);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("(its abiVersion is 2, this one knows 1)")]);
  expect(project.get("gen/manifest.json")).toBe(newer);
});

test("targets know the resources in what they wrote, and none in a file that is broken", () => {
  const { sam, terraform, cdk } = deploymentTargets;
  const module = JSON.stringify({ resource: { aws_sqs_queue: { one: {}, two: {} } } });
  expect(terraform.listResources(module)).toEqual(["aws_sqs_queue one", "aws_sqs_queue two"]);
  expect(sam.listResources("Resources:\n  One: { Type: AWS::SQS::Queue }\n")).toEqual(["AWS::SQS::Queue One"]);
  for (const target of [sam, terraform, cdk]) expect(target.listResources("Resources: [")).toEqual([]);
  expect(stackChanges(["a one", "a two"], ["a two", "a three"])).toEqual([
    { resource: "a one", fate: "goes" },
    { resource: "a three", fate: "appears" },
  ]);
});
