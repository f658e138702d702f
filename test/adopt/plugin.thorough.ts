/** The plugin, run by buf: errors in the response, editions, and no work of the user lost. */
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { libraryProto } from "../support/temporary-project.js";
import { api, bufGenerate, create, read, repository, settings } from "./buf-generate.js";

test("the example: with an existing service, a comment in every place and streams", async () => {
  const { root, put } = create(api);
  cpSync(join(repository, "fixtures/example"), root, { recursive: true });
  put("buf.yaml", settings["buf.yaml"]);
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
