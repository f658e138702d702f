/** The plugin, run by buf: byte for byte what `generate` writes. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRequest, writeResponse } from "../../src/cli/plugin/code-generator.js";
import { runCli } from "../support/run-cli.js";
import { bufGenerate, create, read, repository, settings } from "./buf-generate.js";

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
