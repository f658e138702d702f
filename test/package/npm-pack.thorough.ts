/** The package as users get it: packed, installed elsewhere, run there. `npm test` builds dist/ first. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const root = join(import.meta.dirname, "../..");

let folder: string;
let project: TemporaryProject;
let packed: readonly string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "g2l-pack-"));
  const json = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  // npm 12 gives an object by package name, older ones a list.
  const [entry] = Object.values<{ filename: string; files: { path: string }[] }>(JSON.parse(json));
  packed = (entry?.files ?? []).map(({ path }) => path);
  project = createProject({
    "proto/library.proto": libraryProto,
    "package.json": '{"private": true, "type": "module"}',
  });
  const flags = ["--prefer-offline", "--no-audit", "--no-fund", "--omit=dev"];
  execFileSync("npm", ["install", ...flags, join(folder, entry?.filename ?? "")], {
    cwd: project.root,
    stdio: "ignore",
  });
}, 300_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
  project.remove();
});

function installed(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { GITHUB_ACTIONS: _actions, FORCE_COLOR: _color, ...env } = process.env;
  return spawnSync(join(project.root, "node_modules/.bin/grpc2lambda"), args, {
    cwd: project.root,
    encoding: "utf8",
    env,
  });
}

test("holds what runs, and nothing else", () => {
  const folders = new Set(packed.map((path) => path.replace(/^(src\/[^/]+\/|[^/]+\/).*$/, "$1")));
  const allowed = [
    "bin/",
    "dist/",
    "docs/",
    "prices/",
    "src/emit/",
    "src/proto/",
    "src/runtime/",
    "templates/",
    "package.json",
    "schema.json",
  ];
  const documents = ["README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md"];
  expect([...folders].filter((path) => !allowed.includes(path) && !documents.includes(path))).toEqual([]);
  expect(allowed.filter((path) => !folders.has(path))).toEqual([]);
  expect(packed.filter((path) => path.startsWith("src/proto/") && !path.startsWith("src/proto/include/"))).toEqual([]);
  expect(packed.filter((path) => /^src\/emit\/(?!go\/runtime\/\w+\/\w+\.go$)/.test(path))).toEqual([]);
  expect(packed.filter((path) => /\.(test|map|tsbuildinfo)/.test(path))).toEqual([]);
});

test("says which version it is", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(installed("--version")).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: "" });
});

test("generates what the sources generate", async () => {
  expect(installed("generate", "proto", "-I", "proto")).toMatchObject({ status: 0, stderr: "" });
  expect(installed("check", "proto", "-I", "proto")).toMatchObject({ status: 0, stderr: "" });
  const other = createProject({ "proto/library.proto": libraryProto });
  expect(await run(["generate", "proto", "-I", "proto"], captureTerminal(other.root).terminal)).toBe(0);
  const manifest = project.get("gen/manifest.json");
  expect(manifest).toBe(other.get("gen/manifest.json"));
  for (const path of Object.keys(JSON.parse(manifest).files)) expect(project.get(path)).toBe(other.get(path));
  other.remove();
});

test("reads a configuration and its schema", () => {
  project.put("grpc2lambda.yaml", "protos: [proto]\nincude: [proto]\n");
  const { status, stderr } = installed("check");
  expect(status).toBe(2);
  expect(stderr).toContain('grpc2lambda.yaml:2:1 error CF003: unknown key "incude" (did you mean "include"?)');
  project.put("grpc2lambda.yaml", "protos: [proto]\ninclude: [proto]\n");
  expect(installed("check")).toMatchObject({ status: 0 });
});
