/** The limits that a plan keeps or tells of, at their exact value, one below and one above. */
import { expect, it, test } from "vitest";
import type { FunctionPlan, Plan } from "../../src/plan/plan.js";
import { frontDoorOf } from "../../src/front-door/front-doors.js";
import { checkFunctions } from "../../src/plan/functions/check-functions.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";

/** A service whose one RPC has a name of `length` characters. */
function serviceWith(name: string): Plan {
  const source = `syntax = "proto3";
import "google/api/annotations.proto";
service S { rpc ${name}(M) returns (M) { option (google.api.http) = { get: "/v1/{id}" }; } }
message M { string id = 1; }
`;
  return planGeneration(modelFromProto({ "s.proto": source }), planOptions()).plan;
}

test.each([63, 64, 65])("the id of a function has %i characters, up to 64", (length) => {
  // `s-` is the service's part.
  const name = `M${"a".repeat(length - 3)}`;
  const [fn] = serviceWith(name).functions;
  expect(fn?.id.length).toBe(Math.min(length, 64));
  expect(fn?.id === `s-${name.toLowerCase()}`).toBe(length <= 64);
  const [other] = serviceWith(`${name.slice(0, -1)}b`).functions;
  expect(other?.id).not.toBe(fn?.id);
});

const planned = serviceWith("Get");

/** The plan with its one function `count` times, each with a route of its own, spread over `services`. */
function plan(count: number, services = 1): Plan {
  const [first] = planned.functions;
  const functions = Array.from({ length: count }, (_, at) => ({
    ...first,
    id: `f-${at}`,
    service: { ...first?.service, fullName: `s.S${at % services}` },
    routeKeys: [{ httpMethod: "GET", path: `/v1/${at}`, precision: "exact" }],
  }));
  return { ...planned, functions: functions as FunctionPlan[], unrouted: { routes: [] } };
}

function codes(of: Plan, door: Parameters<typeof frontDoorOf>[0]): string[] {
  return checkFunctions(of, frontDoorOf(door), { kind: "per-rpc" }).map(({ code }) => code);
}

test.each([34, 35, 36])("%i functions in a deployment, up to 35 of which are not too many", (count) => {
  expect(codes(plan(count), "http-api").includes("PL004")).toBe(count > 35);
});

test.each([299, 300, 301])("%i routes of an HTTP API, which holds 300", (count) => {
  expect(codes(plan(count), "http-api").includes("PL005")).toBe(count > 300);
});

test.each([99, 100, 101])("%i rules of a load balancer, which holds 100", (count) => {
  const rule = { priority: 1, functionId: "f-0", httpMethods: [], pathPatterns: ["/a"], pathRegexes: [] };
  const rules = { ...plan(1), listenerRules: Array.from({ length: count }, () => rule) };
  expect(codes(rules, "alb").includes("PL005")).toBe(count > 100);
});

test.each([99, 100, 101])("%i target groups of a load balancer, which holds 100", (count) => {
  expect(codes(plan(count), "alb").includes("PL012")).toBe(count > 100);
  const withUnrouted = {
    ...plan(count - 1),
    unrouted: { routes: [], withoutRpcs: planned.functions[0] },
  } as unknown as Plan;
  expect(codes(withUnrouted, "alb").includes("PL012")).toBe(count > 100);
});

test.each([1, 2])("a Function URL leads to one function: %i", (count) => {
  expect(codes(plan(count), "function-url").includes("PL012")).toBe(count > 1);
});

test.each([5, 6, 7])("of %i services to split a deployment by six are named", (services) => {
  const [finding] = checkFunctions(plan(42, services), frontDoorOf("http-api"), { kind: "per-rpc" });
  expect(finding?.help?.match(/s\.S\d/g)).toHaveLength(Math.min(services, 6));
  expect(finding?.help?.includes("and 1 more")).toBe(services > 6);
});

it("leaves room for the host names of a rule: five values in all", () => {
  const paths = ["a", "b", "c", "d", "e"].map((name) => `additional_bindings { get: "/v1/${name}" }`).join(" ");
  const source = `syntax = "proto3";
import "google/api/annotations.proto";
service S {
  rpc Get(M) returns (M) { option (google.api.http) = { get: "/v1/x" ${paths} }; }
  rpc Other(M) returns (M) { option (google.api.http) = { get: "/v2" }; }
}
message M { string id = 1; }
`;
  const options = planOptions();
  for (const hosts of [0, 1, 2, 3]) {
    const deployment = {
      ...options.deployment,
      frontDoor: "alb" as const,
      hosts: Array.from({ length: hosts }, (_, at) => `h${at}.example.com`),
    };
    const { listenerRules } = planGeneration(modelFromProto({ "s.proto": source }), { ...options, deployment }).plan;
    const sizes = listenerRules.map(
      ({ httpMethods, pathPatterns, pathRegexes }) =>
        hosts + httpMethods.length + pathPatterns.length + pathRegexes.length,
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5);
    const most = Math.max(...listenerRules.map(({ pathPatterns }) => pathPatterns.length));
    expect(most).toBe(Math.min(3, 4 - hosts));
  }
});
