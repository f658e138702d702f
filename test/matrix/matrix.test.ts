/**
 * Every field kind in every place and message style: type-checks under @tsconfig/strictest and answers as the idiomatic style does. This
 * is the part that takes seconds; `npm run test:matrix` runs all styles, doors and compilers.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Plan } from "../../src/plan/plan.js";
import { testDoors } from "../front-door/doors.js";
import { type Answer, answerAll } from "./answers.js";
import { unexplained } from "./compare.js";
import { matrixModel, openWorkshop, planProject } from "./project.js";
import { type MatrixRequest, matrixRequests } from "./requests.js";
import { presetStyles, referenceStyle } from "./styles.js";

const dialects = ["proto3"] as const;
const requests = matrixRequests(dialects, "some");
const workshop = openWorkshop();
const plans = new Map<string, Plan>();
const model = matrixModel(dialects, "some");
const single = { frontDoor: "function-url", functions: { kind: "single" } } as const;

beforeAll(() => {
  for (const [name, style] of Object.entries(presetStyles)) {
    const plan = planProject(model, { style, ...single });
    plans.set(name, plan);
    workshop.write(name, plan);
  }
});
afterAll(() => workshop.remove());

async function answersOf(name: string, asked: readonly MatrixRequest[]): Promise<Answer[]> {
  const door = testDoors.find((candidate) => candidate.name === "function-url");
  const plan = plans.get(name);
  if (door === undefined || plan === undefined) throw new Error(`no ${name}`);
  return answerAll(door, plan, await workshop.load(name, plan), asked);
}

it("type-checks under @tsconfig/strictest in every preset", () => {
  expect(workshop.typeCheck()).toBe("");
});

describe("answers as the idiomatic style does", () => {
  let expected: readonly Answer[];
  beforeAll(async () => {
    // A reply that cannot be printed is logged.
    vi.spyOn(console, "error").mockImplementation(() => {});
    expected = await answersOf(referenceStyle, requests);
  });
  afterAll(() => vi.restoreAllMocks());

  it("most of which are no errors", () => {
    const good = expected.filter((answer) => answer.startsWith("200 ")).length;
    expect(good / expected.length).toBeGreaterThan(0.7);
  });

  it.each(Object.keys(presetStyles).filter((name) => name !== referenceStyle))("%s", async (name) => {
    const style = presetStyles[name];
    if (style === undefined) throw new Error(`no style ${name}`);
    const found = await answersOf(name, requests);
    expect(unexplained(style, requests, expected, found).slice(0, 10)).toEqual([]);
  });
});

it.each(Object.entries(presetStyles))("%s reaches all of a Value by the query of the only RPC", async (name, style) => {
  plans.set(`only-${name}`, planProject(model, { style, ...single, services: ["matrix.only.OnlyMatrix"] }));
  workshop.write(`only-${name}`, plans.get(`only-${name}`) as Plan);
  const queries = ["struct_value.fields[a]=1", "list_value.values=1", "null_value=NULL_VALUE", "string_value=x"];
  const asked = queries.map((query) => ({
    rpc: "matrix.only.Value",
    method: "GET",
    target: `/only/value?plain.${query}`,
  }));
  const answers = ['{"a":1}', "[1]", "null", '"x"'].map((value) => `200 {"plain":${value}}`);
  expect(await answersOf(`only-${name}`, asked)).toEqual(answers);
});

/** What grpc-gateway 2.33 answers. */
it.each([
  ["GET", "/proto3/StringValue/path/plain.value/good", "plain", "good"],
  ["GET", "/proto3/Value/path/chosen.string_value/good", "chosen", "good"],
  ["GET", "/proto3/Value/path/plain.null_value/NULL_VALUE", "plain", null],
  ["GET", "/proto3/Timestamp/query?plain.seconds=5&plain.nanos=7", "plain", "1970-01-01T00:00:05.000000007Z"],
  ["GET", "/proto3/Int64Value/query?plain.x=1", "plain", "0"],
])("%s %s", async (method, target, member, value) => {
  const rpc = target.split(/[/?]/).slice(1, 3).join(".");
  const [answer = ""] = await answersOf(referenceStyle, [{ rpc: `matrix.${rpc}`, method, target }]);
  expect(JSON.parse(answer.slice(4))).toMatchObject({ [member]: value });
});

it.each([
  ["GET", "/alone/Int64Value/query?value=5", undefined, '200 "5"'],
  ["GET", "/alone/Int64Value/query?other=5", undefined, '200 "0"'],
  ["GET", "/alone/StringValue/path/value/x", undefined, '200 "x"'],
  ["PUT", "/alone/BoolValue/body/value", "true", "200 true"],
  ["POST", "/alone/BoolValue/reply/value", "true", "200 true"],
  ["GET", "/alone/Struct/query?fields[a]=1&fields[b]=%22x%22", undefined, '200 {"a":1,"b":"x"}'],
  ["PUT", "/alone/Struct/body/fields", '{"a":[null]}', '200 {"a":[null]}'],
  ["GET", "/alone/Value/query?string_value=x", undefined, '200 "x"'],
  ["PUT", "/alone/Value/body/list_value", "[1]", "200 [1]"],
  ["GET", "/alone/ListValue/query?values=1&values=%22x%22", undefined, '200 [1,"x"]'],
  ["POST", "/alone/ListValue/reply/values", "[1]", "200 [1]"],
])("%s %s %s", async (method, target, body, answer) => {
  const rpc = target.split(/[/?]/).slice(1, 3).join(".");
  const request = { rpc: `matrix.${rpc}`, method, target, ...(body === undefined ? {} : { body }) };
  expect(await answersOf(referenceStyle, [request])).toEqual([answer]);
});
