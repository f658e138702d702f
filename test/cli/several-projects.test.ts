/** `generate` and `check` over several projects of one repository: roots that overlap, paths with `..`, spaces and other scripts. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const shared = 'syntax = "proto3";\npackage acme.shared;\nmessage Page { int32 size = 1; }\n';
const stock = libraryProto
  .replaceAll("library", "stock")
  .replaceAll("Library", "Stock")
  .replace('import "google', 'import "shared/page.proto";\nimport "google')
  .replace("message Shelf {", "message Shelf {\n  acme.shared.Page page = 5;");

let project: TemporaryProject;
beforeEach(() => {
  project = createProject({
    "services/my library/grpc2lambda.yaml": "protos: [../../protos/library.proto]\ninclude: [../../protos]\n",
    "services/склад/grpc2lambda.yaml":
      "protos: [../../protos/stock.proto]\ninclude: [../../protos, ../../protos/../protos]\n",
    "protos/library.proto": libraryProto,
    "protos/stock.proto": stock,
    "protos/shared/page.proto": shared,
  });
});
afterEach(() => project.remove());

const configs = ["-c", "services/my library/grpc2lambda.yaml", "-c", "services/склад/grpc2lambda.yaml"];
const there = (path: string): boolean => existsSync(join(project.root, path));

test("each project has its own output, and a line before its report", async () => {
  const { exitCode, stdout, stderr } = await runCli(project.root, "generate", ...configs);
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(
    /^services\/my library\/grpc2lambda\.yaml\nlibrary\.proto .*[\s\S]*\n\nservices\/склад\/grpc2lambda\.yaml\n/,
  );
  expect(there("services/my library/gen/library.ts")).toBe(true);
  expect(there("services/my library/gen/stock.ts")).toBe(false);
  expect(there("services/склад/gen/shared/page.ts")).toBe(true);
  expect(there("gen")).toBe(false);
  const checked = await runCli(project.root, "check", ...configs);
  expect(checked).toMatchObject({ exitCode: 0, stderr: "" });
  project.put("protos/shared/page.proto", shared.replace("size", "length"));
  const stale = await runCli(project.root, "check", ...configs, "--json");
  expect(stale.exitCode).toBe(1);
  const { projects } = JSON.parse(stale.stdout) as {
    readonly projects: readonly { readonly config: string; readonly files: readonly { readonly reason: string }[] }[];
  };
  expect(projects.map(({ config, files }) => [config, new Set(files.map(({ reason }) => reason))])).toEqual([
    ["services/my library/grpc2lambda.yaml", new Set()],
    ["services/склад/grpc2lambda.yaml", new Set(["shared/page.proto changed"])],
  ]);
  const { stdout: advice } = await runCli(project.root, "check", ...configs);
  expect(advice).toContain(
    "Run `npx grpc2lambda generate -c 'services/my library/grpc2lambda.yaml' -c 'services/склад/grpc2lambda.yaml'` and commit",
  );
});

test("the output is the same from another working directory, and as one project", async () => {
  await runCli(project.root, "generate", ...configs);
  expect(await runCli(join(project.root, "services/my library"), "check")).toMatchObject({ exitCode: 0 });
  const elsewhere = [
    "-c",
    "../my library/grpc2lambda.yaml",
    "-c",
    "grpc2lambda.yaml",
    "-c",
    "../склад/grpc2lambda.yaml",
  ];
  const { exitCode, stdout } = await runCli(join(project.root, "services/склад"), "check", ...elsewhere);
  expect(exitCode).toBe(0);
  expect(stdout.match(/all up to date/g)).toHaveLength(2);
});

test("a mistake in one project leaves the others their output, and the worst exit code", async () => {
  project.put("protos/library.proto", libraryProto.replace("{name=", "{nmae="));
  const { exitCode, stderr } = await runCli(project.root, "generate", ...configs);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("protos/library.proto");
  expect(there("services/my library/gen")).toBe(false);
  expect(there("services/склад/gen/stock.ts")).toBe(true);
  expect(await runCli(project.root, "generate", "protos", ...configs)).toMatchObject({
    exitCode: 2,
    stderr: "error: protos are named for several configurations, expected those of each configuration\n",
  });
});
