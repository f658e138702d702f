/** The plugin, run by protoc itself: what `generate` writes, and errors of the input as errors of protoc. */
import { chmodSync, existsSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pythonTools } from "../support/python-tools.mjs";
import { runCli } from "../support/run-cli.js";
import { libraryProto } from "../support/temporary-project.js";
import { create, read, repository, settings } from "../adopt/buf-generate.js";

/** protoc of grpcio-tools on PyPI, whose version is known, or that of the PATH; a text says why there is neither. */
function findProtoc(): readonly string[] | string {
  const { folder, missing = "" } = pythonTools("protoc", ["grpcio-tools==1.85.1"]);
  if (folder !== undefined) return [join(folder, "bin/python"), "-m", "grpc_tools.protoc"];
  return spawnSync("protoc", ["--version"]).status === 0 ? ["protoc"] : missing;
}

const protoc = findProtoc();
if (typeof protoc === "string") console.log(`skipped: there is no protoc, and ${protoc}`);

/** Runs the plugin below the name by which protoc finds it on the PATH. */
function protocGenerate(
  root: string,
  ...flags: readonly string[]
): { readonly status: number | null; readonly stderr: string } {
  const [command = "", ...args] = protoc;
  const plugin = join(repository, "bin/protoc-gen-grpc2lambda.js");
  chmodSync(plugin, 0o755);
  const inputs = ["-I", "proto", "proto/acme/library.proto"];
  return spawnSync(command, [...args, `--plugin=protoc-gen-grpc2lambda=${plugin}`, ...flags, ...inputs], {
    cwd: root,
    encoding: "utf8",
  });
}

describe.skipIf(typeof protoc === "string" || process.platform === "win32")("protoc", () => {
  test("writes what generate writes", async () => {
    const [ours, theirs] = [create(settings), create(settings)];
    expect((await runCli(ours.root, "generate")).exitCode).toBe(0);
    const made = protocGenerate(theirs.root, "--grpc2lambda_out=.", "--grpc2lambda_opt=scaffolds");
    expect([made.status, made.stderr]).toEqual([0, ""]);
    for (const folder of ["gen", "src"]) expect(read(theirs.root, folder)).toEqual(read(ours.root, folder));
    expect(theirs.get("template.yaml")).toBe(ours.get("template.yaml"));
    expect((await runCli(theirs.root, "check")).exitCode).toBe(0);
  });

  test.each([
    ["an edition", 'edition = "2023"; message M { string name = 1; }'],
    ["proto3 optional", 'syntax = "proto3"; message M { optional string name = 1; }'],
  ])("takes %s", async (_, text) => {
    const service =
      'import "google/api/annotations.proto"; service S { rpc A(M) returns (M) { option (google.api.http) = { get: "/a" }; } }';
    const files = { ...settings, "proto/acme/library.proto": `${text} ${service}` };
    const [ours, theirs] = [create(files), create(files)];
    expect((await runCli(ours.root, "generate")).exitCode).toBe(0);
    const made = protocGenerate(theirs.root, "--grpc2lambda_out=.");
    expect([made.status, made.stderr]).toEqual([0, expect.stringContaining("1 handlers are not there yet")]);
    expect(read(theirs.root, "gen")).toEqual(read(ours.root, "gen"));
  });

  test("fails with errors of rules and of options, and writes nothing", () => {
    const broken = libraryProto.replace("{name=shelves/*}:merge", "{nam=shelves/*}:merge");
    const { root, put } = create({ ...settings, "proto/acme/library.proto": broken });
    const run = protocGenerate(root, "--grpc2lambda_out=.");
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/--grpc2lambda_out: acme\/library\.proto:\d+:\d+ error HR\d+: .*"nam"/);
    put("proto/acme/library.proto", libraryProto);
    const odd = protocGenerate(root, "--grpc2lambda_out=.", "--grpc2lambda_opt=scafolds");
    expect([odd.status, odd.stderr]).toEqual([1, expect.stringContaining('unknown option "scafolds"')]);
    expect(existsSync(join(root, "gen"))).toBe(false);
  });
});
