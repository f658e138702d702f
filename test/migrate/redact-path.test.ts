/** Secrets in variables of paths: in the results of `compare`, and in what `record` keeps. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parsePathTemplate } from "../../src/http-rule/parse-path-template.js";
import { redactPath } from "../../src/migrate/redaction/redact-path.js";
import { redactRecorded } from "../../src/migrate/record/redact-recorded.js";
import { createRedactor } from "../../src/migrate/redaction/redactor.js";
import { indexModel } from "../../src/model/model-index.js";
import { libraryProto } from "../support/temporary-project.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { compare, json, lines, project, serve, useComparisons } from "./comparison-project.js";

function template(source: string) {
  const parsed = parsePathTemplate(source);
  if (parsed.kind !== "ok") throw new Error(source);
  return parsed.template;
}

test.each([
  ["/v1/{token}", "/v1/a%2Fb", "/v1/#a%2Fb"],
  ["/v1/{token=keys/*}", "/v1/keys/a", "/v1/keys/#a"],
  ["/v1/{token=keys/*/of/*}", "/v1/keys/a/of/b", "/v1/keys/#a/of/#b"],
  ["/v1/{token}:use", "/v1/a:use", "/v1/#a:use"],
  ["/v1/{token}:use", "/v1/a:use:use", "/v1/#a:use:use"],
  ["/v1/{name}/{token}", "/v1/a/b", "/v1/a/#b"],
  ["/v1/{token=**}", "/v1/a/b/c", "/v1/#a/#b/#c"],
  ["/v1/{token=**}", "/v1", "/v1"],
  ["/v1/{token=**}/end", "/v1/a//b/end", "/v1/#a//#b/end"],
  ["/v1/{name=**}/of/{token}:use", "/v1/a/b/of/c:use", "/v1/a/b/of/#c:use"],
  ["/v1/{name=a/**}", "/v1/a/b", "/v1/a/b"],
])("%s hides in %s", (source, path, expected) => {
  const redaction = { isSecret: (name: string) => name === "token", hash: (text: string) => `#${text}` };
  expect(redactPath(path, template(source), redaction)).toBe(expected);
});

describe("compare", () => {
  useComparisons();

  test.each([
    ["the field has debug_redact", "string name = 1 [debug_redact = true];", ""],
    ["the configuration names the variable", "string name = 1;", 'compare:\n  redact: ["path:name"]\n'],
    ["nothing says so", "string name = 1;", ""],
  ])("a variable is kept out of files and commands if %s", async (title, field, configuration) => {
    project.put(
      "proto/library.proto",
      libraryProto.replace("GetShelfRequest {\n  string name = 1;", `GetShelfRequest {\n  ${field}`),
    );
    project.put("grpc2lambda.yaml", `protos: [proto]\ninclude: [proto]\n${configuration}`);
    project.put("secret.jsonl", lines([{ method: "GET", target: "/v1/shelves/hunter2?x=1" }]));
    const sides = [await serve(json(() => ({ name: "a" }))), await serve(json(() => ({ name: "b" })))];
    const { exitCode, stdout } = await compare(`secret.jsonl --old ${sides[0]} --new ${sides[1]}`);
    const files = ["results.jsonl", "summary.json"].map((name) =>
      readFileSync(join(project.root, "compare", name), "utf8"),
    );
    const all = [stdout, ...files].join("\n");
    expect([exitCode, all.includes("hunter2")]).toEqual([1, title === "nothing says so"]);
    expect(all).toMatch(/v1\/shelves\/(?:redacted-sha256-[0-9a-f]{8}|hunter2)\?x=1/);
  });
});

test("a recording has it no more, and its request is not sent again", () => {
  const model = modelFromProto({ "a.proto": 'syntax = "proto3"; package acme.v1; message Get { string token = 1; }' });
  const index = indexModel(model);
  const redactor = createRedactor({ names: ["path:Token"], salt: "s" }, index);
  const answer = { status: 200, headers: [], body: new Uint8Array(), ms: 1 };
  const request = { method: "GET", target: "/v1/hunter2", headers: [], body: new Uint8Array(), answer };
  const label = { rpc: "", binding: "", safe: true, functionId: "", template: template("/v1/{token}") };
  expect(redactRecorded(request, label, redactor, index).target).toMatch(/^\/v1\/redacted-sha256-[0-9a-f]{8}$/);
});
