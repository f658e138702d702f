/** The plugin, run by buf: byte for byte what `generate` writes, errors in the response, and no work of the user lost. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readRequest, writeResponse } from "../../src/cli/plugin/code-generator.js";
import { bufBinary, googleApiFiles } from "../support/buf.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const repository = resolve(import.meta.dirname, "../..");
const projects: TemporaryProject[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

function create(files: Readonly<Record<string, string>>): TemporaryProject {
  const project = createProject(files);
  projects.push(project);
  return project;
}

const api = Object.fromEntries(Object.entries(googleApiFiles()).map(([path, text]) => [`proto/${path}`, text]));
const settings = {
  ...api,
  "buf.yaml": "version: v2\nmodules:\n  - path: proto\n",
  "grpc2lambda.yaml": "protos: [proto/acme]\ninclude: [proto]\n",
  "proto/acme/library.proto": libraryProto,
};

/** `buf generate` with the plugin of this repository, as built. */
function bufGenerate(
  root: string,
  options: readonly string[] = [],
): { readonly status: number | null; readonly stderr: string } {
  const plugin = {
    local: ["node", join(repository, "bin/protoc-gen-grpc2lambda.js")],
    out: ".",
    opt: options,
    strategy: "all",
  };
  const template = JSON.stringify({ version: "v2", plugins: [plugin] });
  return spawnSync(bufBinary(), ["generate", "--template", template, "--path", "proto/acme"], {
    cwd: root,
    encoding: "utf8",
  });
}

/** Every file below a folder by path. */
function read(root: string, folder: string): Record<string, string> {
  const paths = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    paths.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length), readFileSync(path, "utf8")];
    }),
  );
}

test("buf writes what generate writes, manifest and template included", async () => {
  const [ours, theirs] = [create(settings), create(settings)];
  expect((await runCli(ours.root, "generate")).exitCode).toBe(0);
  const run = bufGenerate(theirs.root);
  expect([run.status, run.stderr]).toEqual([0, expect.stringContaining("2 handlers are not there yet")]);
  expect(read(theirs.root, "gen")).toEqual(read(ours.root, "gen"));
  expect(theirs.get("template.yaml")).toBe(ours.get("template.yaml"));
  expect(existsSync(join(theirs.root, "src"))).toBe(false);
  expect(bufGenerate(theirs.root, ["scaffolds"]).status).toBe(0);
  expect(read(theirs.root, "src")).toEqual(read(ours.root, "src"));
  expect((await runCli(theirs.root, "check")).exitCode).toBe(0);
}, 60_000);

test("the example: with an existing service, a comment in every place and streams", async () => {
  const { root } = create(api);
  cpSync(join(repository, "fixtures/example"), root, { recursive: true });
  projects[0]?.put("buf.yaml", settings["buf.yaml"]);
  const before = read(root, "gen");
  const run = bufGenerate(root, ["config=grpc2lambda.yaml"]);
  expect(run.status, run.stderr).toBe(0);
  const ignored = (files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).filter(([path]) => !path.endsWith("manifest.json")));
  expect(ignored(read(root, "gen"))).toEqual(ignored(before));
}, 60_000);

test("errors of rules, of options and of edits are the plugin's error, with their place", () => {
  const broken = create({
    ...settings,
    "proto/acme/library.proto": libraryProto.replace("{name=shelves/*}:merge", "{nam=shelves/*}:merge"),
  });
  const run = bufGenerate(broken.root);
  expect(run.status).not.toBe(0);
  expect(run.stderr).toMatch(/acme\/library\.proto:\d+:\d+ error HR\d+: .*"nam"/);
  expect(existsSync(join(broken.root, "gen"))).toBe(false);
  const { root, put, get } = create(settings);
  expect(bufGenerate(root, ["scafolds"]).stderr).toContain(
    'unknown option "scafolds", expected config=grpc2lambda.yaml, scaffolds or force',
  );
  expect(bufGenerate(root).status).toBe(0);
  put("gen/routes.json", `${get("gen/routes.json")} `);
  const edited = bufGenerate(root);
  expect([edited.status === 0, edited.stderr]).toEqual([false, expect.stringContaining("OU003")]);
  expect(bufGenerate(root, ["force"]).status).toBe(0);
}, 60_000);

test("handlers are never written again", () => {
  const { root, put, get } = create(settings);
  expect(bufGenerate(root, ["scaffolds"]).status).toBe(0);
  put("src/handlers/library-service/get-shelf.ts", "// mine\n");
  expect(bufGenerate(root, ["scaffolds"]).status).toBe(0);
  expect(get("src/handlers/library-service/get-shelf.ts")).toBe("// mine\n");
}, 60_000);

test("an edition, and proto3 optional, which only plugins get that declare them", async () => {
  const edition =
    'edition = "2023"; package e; import "google/api/annotations.proto"; service S { rpc A(M) returns (M) { option (google.api.http) = { get: "/a" }; } } message M { string name = 1; }';
  const optional = edition
    .replace('edition = "2023"', 'syntax = "proto3"')
    .replace("string name", "optional string name");
  for (const text of [edition, optional]) {
    const files = { ...settings, "proto/acme/library.proto": text };
    const [ours, theirs] = [create(files), create(files)];
    expect((await runCli(ours.root, "generate")).exitCode).toBe(0);
    const run = bufGenerate(theirs.root);
    expect(run.status, run.stderr).toBe(0);
    expect(read(theirs.root, "gen")).toEqual(read(ours.root, "gen"));
  }
}, 60_000);

test("a request is read, and a response written, as plugin.proto says", () => {
  const bytes = Buffer.from("0a016112036b3d767a030a0161", "hex");
  expect(readRequest(bytes)).toEqual({
    files: ["a"],
    parameter: "k=v",
    descriptorSet: Buffer.from("0a030a0161", "hex"),
  });
  expect(writeResponse({ error: "no" }).toString("hex")).toBe("0a026e6f100318e60720ea07");
  const content = "x".repeat(200);
  expect(writeResponse({ files: [{ path: "p", content }] }).toString("hex")).toBe(
    `100318e60720ea077ace010a01707ac801${Buffer.from(content).toString("hex")}`,
  );
});

test("called by hand it says what it is for", () => {
  const run = spawnSync(process.execPath, [join(repository, "bin/protoc-gen-grpc2lambda.js"), "--help"], {
    encoding: "utf8",
  });
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining("is run by buf or protoc")]);
});
