/** The limits of AWS that a plan is held to, at their exact value: one below it and the value itself are fine, one above is not. */
import { describe, expect, it, test } from "vitest";
import { countResources } from "../../src/deploy/cloudformation/stack-target.js";
import { buildTemplate } from "../../src/deploy/cloudformation/template.js";
import { buildResources } from "../../src/deploy/resources/build-resources.js";
import { targetGroupName } from "../../src/deploy/resources/functions.js";
import { plainLine } from "../../src/deploy/resources/plain-line.js";
import { rpcNames } from "../../src/deploy/resources/rpc-names.js";
import { samDialect } from "../../src/deploy/sam/sam-dialect.js";
import { checkDeployment } from "../../src/deploy/targets.js";
import { renderDeployment } from "./render-deployment.js";
import type { FrontDoorId } from "../../src/front-door/front-door-id.js";
import { plainBundle } from "../../src/plan/functions/plan-bundle.js";
import type { DeploymentPlan, FunctionPlan, MethodPlan, Plan } from "../../src/plan/plan.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";

const source = `syntax = "proto3";
import "google/api/annotations.proto";
service S { rpc Get(M) returns (M) { option (google.api.http) = { get: "/v1/{id}" }; } }
message M { string id = 1; }
`;

function planFor(frontDoor: FrontDoorId, changes: Partial<DeploymentPlan> = {}): Plan {
  const options = planOptions();
  const deployment = { ...options.deployment, frontDoor, ...(frontDoor === "alb" ? { auth: "none" as const } : {}) };
  const { plan } = planGeneration(modelFromProto({ "s.proto": source }), { ...options, deployment });
  return { ...plan, deployment: { ...plan.deployment, ...changes } };
}

function isFound(code: string, plan: Plan): boolean {
  return checkDeployment(plan).some((finding) => finding.code === code);
}

/** The plan with its one function `count` times, told apart by their ids. */
function withFunctions(plan: Plan, count: number): Plan {
  const [first] = plan.functions;
  const functions = Array.from({ length: count }, (_, at) => ({ ...first, logicalId: `F${at}`, id: `f-${at}` }));
  return { ...plan, functions: functions as FunctionPlan[] };
}

function countOf(plan: Plan): number {
  const dialect = samDialect("./");
  return countResources(buildTemplate(buildResources(plan), dialect), dialect.additional(buildResources(plan)));
}

const rule = { priority: 1, functionId: "f", httpMethods: [], pathPatterns: ["/a"], pathRegexes: [] };

test.each([499, 500, 501])("a stack of %i resources, of 500 that there may be", (count) => {
  const plan = planFor("alb");
  const others = countOf({ ...plan, listenerRules: [] });
  const full = {
    ...plan,
    listenerRules: Array.from({ length: count - others }, (_, at) => ({ ...rule, priority: at + 1 })),
  };
  expect([countOf(full), renderDeployment(full).length > 1]).toEqual([count, count > 500]);
});

test.each<[FrontDoorId, number]>([
  ["http-api", 30],
  ["rest-api", 29],
])("%s: a function gives up before the door does, after %i seconds", (frontDoor, seconds) => {
  const isRefused = [-1, 0, 1].map((more) => isFound("DP001", planFor(frontDoor, { timeout: seconds + more })));
  expect(isRefused).toEqual([false, true, true]);
});

test.each([
  [["a.example.com"], false],
  [["*.a.example", "*.b.example", "*.c.example", "*.d.example"], false],
  [["????.example"], false],
  [["*.a.example", "*.b.example", "*.c.example", "*.d.example", "*.e.example"], true],
  [["?????.example"], true],
  [["*?*?*.example"], true],
])("hosts %j have more wildcards than a rule has room for: %s", (hosts, expected) => {
  expect(isFound("DP011", planFor("alb", { hosts }))).toBe(expected);
});

describe("the environment of a function, 4,096 bytes", () => {
  const text = (name: string, value: string) => ({ name, value: { kind: "text", text: value } }) as const;
  it.each([4095, 4096, 4097])("%i in one variable", (bytes) => {
    expect(isFound("DP007", planFor("http-api", { environment: [text("A", "x".repeat(bytes - 1))] }))).toBe(
      bytes > 4096,
    );
  });
  it.each([4094, 4096, 4098])("%i in characters of two bytes", (bytes) => {
    expect(isFound("DP007", planFor("http-api", { environment: [text("AA", "é".repeat(bytes / 2 - 1))] }))).toBe(
      bytes > 4096,
    );
  });
  it.each([4095, 4096, 4097])("%i in variables of the API and of the function", (bytes) => {
    const plan = planFor("http-api", { environment: [text("A", "x".repeat(999))] });
    const environment = [text("B", "x".repeat(bytes - 1001))];
    expect(isFound("DP007", { ...plan, functions: plan.functions.map((fn) => ({ ...fn, environment })) })).toBe(
      bytes > 4096,
    );
  });
  it.each([4095, 4096, 4097])("%i in variables of a function of the user's own", (bytes) => {
    const environment = [text("B", "x".repeat(bytes - 1))];
    const auth = { kind: "iam" } as const;
    const own = { id: "callback", auth, bundle: plainBundle, environment, policies: [] };
    expect(isFound("DP007", { ...planFor("http-api", {}), ownFunctions: [own] })).toBe(bytes > 4096);
  });
});

describe("large payloads", () => {
  const settings = {
    bucket: "own",
    responses: "redirect",
    uploads: true,
    maxBytes: 1,
    linkSeconds: 60,
    prefix: "",
    deleteUploads: true,
  } as const;
  it.each([-1, 0, 1])("a threshold of what the door takes and %i bytes", (more) => {
    const largePayloads = { ...settings, threshold: 1_000_000 + more };
    expect(isFound("DP013", planFor("alb", { largePayloads }))).toBe(more > 0);
  });
  it.each([-1, 0, 1])("maxBytes of a fourth of the memory and %i bytes", (more) => {
    const largePayloads = { ...settings, maxBytes: 128 * 1024 * 1024 + more };
    expect(isFound("DP015", planFor("http-api", { memorySize: 512, largePayloads }))).toBe(more > 0);
  });
});

test.each([22, 23, 24])("a target group is named after a function of %i characters, up to 23", (length) => {
  const name = targetGroupName("f".repeat(length));
  expect(name.length).toBeLessThanOrEqual(23);
  expect(name === "f".repeat(length)).toBe(length <= 23);
  expect(targetGroupName(`${"f".repeat(length)}a`)).not.toBe(targetGroupName(`${"f".repeat(length)}b`));
});

test.each([189, 190, 191])("of %i functions each has an output, up to 190", (count) => {
  const { outputs } = buildTemplate(buildResources(withFunctions(planFor("http-api"), count)), samDialect("./"));
  expect(outputs.filter(([name]) => name.endsWith("FunctionArn"))).toHaveLength(count > 190 ? 0 : count);
});

test.each([255, 256, 257])("a function is described by a comment of %i characters, up to 256", (length) => {
  const plan = planFor("http-api");
  const [fn] = plan.functions;
  const methods = fn?.methods.map((method) => ({
    ...method,
    method: { ...method.method, comment: "c".repeat(length) },
  }));
  const { functions } = buildResources({ ...plan, functions: [{ ...fn, methods }] as FunctionPlan[] });
  expect(functions[0]?.description).toHaveLength(Math.min(length, 256));
});

test.each([199, 200, 201])("a comment names RPCs in %i characters, up to 200", (length) => {
  const [method] = planFor("http-api").functions[0]?.methods ?? [];
  const names = rpcNames([{ ...method, method: { ...method?.method, name: "m".repeat(length - 2) } } as MethodPlan]);
  expect(names).toBe(length > 200 ? `S.${"m".repeat(197)}…` : `S.${"m".repeat(length - 2)}`);
});

test.each([
  ["😀😀", 2, "😀😀"],
  ["😀😀😀", 2, "😀…"],
  ["ab", 1, "…"],
])("%j in %i characters is %j", (text, length, expected) => {
  expect(plainLine(text, length)).toBe(expected);
});

describe("tags", () => {
  const tagged = (text: string) => planFor("http-api", { tags: [{ name: "team", value: { kind: "text", text } }] });
  it.each<[string, boolean]>([
    ["", false],
    ["Köln 4711_.:/=+-@", false],
    ["${Stage}-${AWS::Region}", false],
    ["x".repeat(256), false],
    ["x".repeat(257), true],
    ["a;b", true],
    ["${Other}", true],
  ])("a value %j is refused: %s", (text, expected) => {
    expect(isFound("DP046", tagged(text))).toBe(expected);
  });
});

describe("the role of a function", () => {
  const policy = (resource: string) =>
    ({ kind: "statement", actions: ["a:B"], resources: [{ kind: "text", text: resource }] }) as const;
  /** Characters of the policies with a resource of no length. */
  const rest = (() => {
    const [finding] = checkDeployment(planFor("http-api", { policies: [policy(`arn:${"x".repeat(20_000)}`)] })).filter(
      ({ code }) => code === "DP046",
    );
    return Number(/at least (\d+)/.exec(finding?.message ?? "")?.[1]) - 20_000;
  })();
  it.each([-1, 0, 1])("10,240 characters and %i", (more) => {
    const policies = [policy(`arn:${"x".repeat(10_240 - rest + more)}`)];
    expect(isFound("DP046", planFor("http-api", { policies }))).toBe(more > 0);
  });
  it.each([9, 10, 11])("%i managed policies", (count) => {
    const policies = Array.from({ length: count }, (_, at) => {
      return { kind: "managed", arn: { kind: "text", text: `arn:aws:iam::aws:policy/P${at}` } } as const;
    });
    expect(isFound("DP047", planFor("http-api", { policies }))).toBe(count > 10);
  });
});

test.each([9, 10, 11])("%i authorizers of an API, and more scopes", (count) => {
  const methods = Array.from(
    { length: count + 5 },
    (_, at) => `rpc G${at}(M) returns (M) { option (google.api.http) = { get: "/v${at}/{id}" }; }`,
  );
  const proto = source.replace(/rpc Get.*\} \}/, `${methods.join("\n")} }`);
  const options = planOptions();
  const auths = methods.map((_, at) => {
    const issuer = { kind: "text", text: `https://${Math.min(at, count - 1)}.example.com` } as const;
    return [`S.G${at}`, { auth: { kind: "jwt", issuer, scopes: [`s${at % 10}`] } as const }] as const;
  });
  const { plan } = planGeneration(modelFromProto({ "s.proto": proto }), { ...options, methodOptions: new Map(auths) });
  expect(isFound("DP047", plan)).toBe(count > 10);
});
