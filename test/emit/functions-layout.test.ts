/** Names of every length in functions with everything that can be around an RPC: the formatter changes nothing. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { planOptions } from "../support/plan-options.js";

const names = Array.from({ length: 40 }, (_, index) => "Rpc".padEnd(5 + index * 2, "abcdefghijklmnop"));
const rpcs = names.map(
  (name) => `rpc ${name}(M) returns (M) { option (google.api.http) = { post: "/${name}" body: "*" }; }`,
);
const proto = `syntax = "proto3"; package t; import "google/api/annotations.proto";
service S { ${rpcs.join("\n")} } message M { string a = 1; }`;

const { deployment } = planOptions();
const cors = { origins: ["*"], headers: [], exposeHeaders: [], maxAge: 5, credentials: false };
const compression = { minBytes: 10, maxBytes: 20_000 };
const largePayloads = {
  bucket: "own",
  responses: "redirect",
  uploads: true,
  maxBytes: 5_000_000,
  linkSeconds: 60,
  prefix: "",
  deleteUploads: false,
} as const;
const errorMapper = { module: "src/errors", exportName: "errorMapper" };
const headers = { module: "src/headers", exportName: "headerMatchersOfTheApi" };
const interceptors = { module: "src/interceptors", exportName: "interceptors" };

const variants: Readonly<Record<string, Partial<PlanOptions>>> = {
  "nothing around it": {},
  "options of the door": { deployment: { ...deployment, frontDoor: "alb", auth: "none", cors, compression } },
  "options and payloads": { deployment: { ...deployment, frontDoor: "alb", auth: "none", cors, largePayloads } },
  "payloads alone": { deployment: { ...deployment, largePayloads } },
  "an error mapper": { customization: { errorMapper } },
  "errors, headers and options": {
    customization: { errorMapper, headers },
    deployment: { ...deployment, frontDoor: "alb", auth: "none", cors, compression },
  },
  interceptors: { interceptors },
  "one function": {
    interceptors,
    customization: { headers },
    deployment: { ...deployment, functions: { kind: "single" } },
  },
};

function format(files: ReturnType<typeof emitFiles>): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "g2l-functions-"));
  try {
    for (const { path, content } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const formatter = { indentStyle: "space", lineWidth: 120 };
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ formatter }));
    execFileSync(resolve("node_modules/.bin/biome"), ["format", "--write", "."], { cwd: folder, stdio: "ignore" });
    return new Map(files.map(({ path }) => [path, readFileSync(join(folder, path), "utf8")]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each(Object.entries(variants))("%s", (_, plan) => {
  const files = emitFiles(planFromProto({ "t.proto": proto }, { plan })).filter(({ path }) =>
    path.startsWith("gen/functions/"),
  );
  expect(files.some(({ content }) => /handler = \w+\($/m.test(content))).toBe(true);
  const formatted = format(files);
  for (const { path, content } of files) expect([path, formatted.get(path)]).toEqual([path, content]);
});
