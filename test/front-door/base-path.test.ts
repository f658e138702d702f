/** What custom domains put in front of the paths of an API: the stage, or a base path. */
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { namePlan } from "../../src/emit/names/name-plan.js";
import { emitFunctions } from "../../src/emit/functions/functions.js";
import { restApiReader } from "../../src/runtime/doors/rest-api.js";
import { planFromProto } from "../support/plan-from-proto.js";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const rest = JSON.parse(readFileSync("fixtures/events/rest-api.json", "utf8"));

interface Sent {
  readonly path: string;
  /** `requestContext.path`. */
  readonly whole: string;
  readonly resource: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly stage?: string;
}

/** The path that a function matches. */
function pathOf({ path, whole, resource, pathParameters, stage = "live" }: Sent, basePath = ""): string | undefined {
  const requestContext = { ...rest.requestContext, path: whole, stage, resourcePath: resource };
  return restApiReader.read({ ...rest, path, resource, pathParameters, requestContext }, basePath)?.path;
}

test.each<[title: string, sent: Sent, expected: string, basePath?: string]>([
  ["the host of API Gateway", { path: "/v1/t", whole: "/live/v1/t", resource: "/v1/t" }, "/v1/t"],
  ["a mapping to the stage", { path: "/v1/t", whole: "/v1/t", resource: "/v1/t" }, "/v1/t"],
  ["a mapping without a stage", { path: "/live/v1/t", whole: "/live/v1/t", resource: "/v1/t" }, "/v1/t"],
  [
    "a mapping without a stage, a greedy variable",
    { path: "/live/v1/t", whole: "/live/v1/t", resource: "/{proxy+}", pathParameters: { proxy: "v1/t" } },
    "/v1/t",
  ],
  ["a path that begins like the stage", { path: "/live/t", whole: "/live/t", resource: "/live/t" }, "/live/t"],
  [
    "a variable that holds the stage",
    { path: "/live/t", whole: "/live/t", resource: "/{id}/t", pathParameters: { id: "live" } },
    "/live/t",
  ],
  [
    "a greedy variable that begins with the stage",
    { path: "/live/t", whole: "/live/t", resource: "/{proxy+}", pathParameters: { proxy: "live/t" } },
    "/live/t",
  ],
  [
    "a path that begins like the stage, behind the stage",
    { path: "/live/live/t", whole: "/live/live/t", resource: "/live/t" },
    "/live/live/t",
  ],
  [
    "a segment that only begins like the stage",
    { path: "/lively/t", whole: "/lively/t", resource: "/lively/t" },
    "/lively/t",
  ],
  ["a base path", { path: "/library/v1/t", whole: "/library/v1/t", resource: "/v1/t" }, "/v1/t", "/library"],
  [
    "a base path on the host of API Gateway",
    { path: "/v1/t", whole: "/live/v1/t", resource: "/v1/t" },
    "/v1/t",
    "/library",
  ],
])("%s", (_, sent, expected, basePath) => {
  expect(pathOf(sent, basePath)).toBe(expected);
});

const proto = `syntax = "proto3"; package p; import "google/api/annotations.proto";
service S { rpc Get(M) returns (M) { option (google.api.http) = { get: "/v1/{id}" }; }
  rpc List(M) returns (M) { option (google.api.http) = { get: "/v1" }; } }
message M { string id = 1; }`;

test("deployment.basePath is an option of every function's front door", () => {
  const deployment = { unrouted: "function", basePath: "/library" } as const;
  const files = emitFunctions(namePlan(planFromProto({ "p.proto": proto }, { plan: { deployment } })));
  expect(files.map(({ content }) => /^export const handler = .*$/m.exec(content)?.[0])).toEqual([
    'export const handler = httpApi(unary(sGet, get_), { basePath: "/library" });',
    'export const handler = httpApi(unary(sList, list), { basePath: "/library" });',
    'export const handler = httpApi(unrouted(grpcGateway, templates), { basePath: "/library" });',
  ]);
});
