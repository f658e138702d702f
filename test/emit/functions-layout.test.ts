/** Names of every length in functions with everything that can be around an RPC: the formatter changes nothing. */
import { expect, test } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { formatChanges } from "../support/format-emitted.js";
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

test.each(Object.entries(variants))("%s", (_, plan) => {
  const files = emitFiles(planFromProto({ "t.proto": proto }, { plan })).filter(({ path }) =>
    path.startsWith("gen/functions/"),
  );
  expect(files.some(({ content }) => /handler = \w+\($/m.test(content))).toBe(true);
  expect(formatChanges(files)).toEqual([]);
});
