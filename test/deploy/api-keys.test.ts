/** API keys of REST APIs: the routes that ask for one, the usage plan that they count in, and what a change of either means. */
import { describe, expect, test } from "vitest";
import { checkDeployment } from "../../src/deploy/targets.js";
import { compareAuth } from "../../src/diff/compare-auth.js";
import { compareLimits } from "../../src/diff/compare-limits.js";
import type { AuthSetting, Plan, UsagePlan } from "../../src/plan/plan.js";
import type { DeploymentOptions } from "../../src/plan/plan-options.js";
import { parseTemplate } from "../support/validate-template.js";
import { keyedPlan, plan, render, small } from "./plans.js";

const usagePlan: UsagePlan = {
  throttling: { rate: 10, burst: 20 },
  quota: { requests: 1000, per: "month" },
  key: "own",
  keySource: "header",
};

function resourcesOf(settings: DeploymentOptions): Record<string, { readonly Properties: Record<string, unknown> }> {
  return parseTemplate(render(keyedPlan(settings))).Resources as never;
}

describe.each(["sam", "cloudformation"] as const)("%s", (target) => {
  test("routes ask for a key in addition to what checks callers, and preflights do not", () => {
    const { RestApi } = resourcesOf({
      target,
      cors: { origins: ["*"], headers: [], exposeHeaders: [], maxAge: 0, credentials: false },
    });
    const document = Object(RestApi?.Properties[target === "sam" ? "DefinitionBody" : "Body"]);
    expect(document["x-amazon-apigateway-api-key-source"]).toBe("HEADER");
    expect(document.components.securitySchemes.api_key).toEqual({ type: "apiKey", name: "x-api-key", in: "header" });
    const paths = document.paths["/v1/shelves/{name}"];
    expect(paths.get.security).toEqual([{ sigv4: [] }, { api_key: [] }]);
    expect(paths.options.security).toBeUndefined();
    expect(document.paths["/v1/files/{name+}"].get.security).toEqual([{ api_key: [] }]);
  });

  test("keys count in a usage plan of the stage, and one is made", () => {
    const { UsagePlan: made, ApiKey, ApiKeyUse } = resourcesOf({ target, usagePlan });
    expect(made?.Properties).toEqual({
      UsagePlanName: { Ref: "AWS::StackName" },
      ApiStages: [
        {
          ApiId: { Ref: "RestApi" },
          Stage: target === "sam" ? { "Fn::Sub": "${RestApi.Stage}" } : { Ref: "RestApiStage" },
        },
      ],
      Throttle: { RateLimit: 10, BurstLimit: 20 },
      Quota: { Limit: 1000, Period: "MONTH" },
    });
    expect(ApiKey?.Properties).toEqual({ Name: { "Fn::Sub": "${AWS::StackName}-client" }, Enabled: true });
    expect(ApiKeyUse?.Properties).toMatchObject({ KeyType: "API_KEY" });
  });

  test("without settings the plan has no limits; keys can be left to others", () => {
    expect(Object.keys(resourcesOf({ target })["UsagePlan"]?.Properties ?? {})).toEqual(["UsagePlanName", "ApiStages"]);
    const { ApiKey, ApiKeyUse } = resourcesOf({ target, usagePlan: { ...usagePlan, key: "none" } });
    expect([ApiKey, ApiKeyUse]).toEqual([undefined, undefined]);
  });
});

test("Terraform has the same", () => {
  const { resource, output } = JSON.parse(render(keyedPlan({ target: "terraform", usagePlan })));
  expect(resource.aws_api_gateway_usage_plan.api).toEqual({
    name: "${local.name}",
    api_stages: { api_id: "${local.api_id}", stage: "${aws_api_gateway_stage.api.stage_name}" },
    throttle_settings: { rate_limit: 10, burst_limit: 20 },
    quota_settings: { limit: 1000, period: "MONTH" },
  });
  expect(resource.aws_api_gateway_usage_plan_key.client.key_type).toBe("API_KEY");
  expect(Object.keys(output)).toEqual(expect.arrayContaining(["usage_plan_id", "api_key_id"]));
});

test("RPCs with a key have functions of their own", () => {
  const { functions } = keyedPlan({ functions: { kind: "single" } });
  expect(functions.map(({ id, methods }) => [id, methods.map(({ method }) => method.name)])).toEqual([
    ["library", ["GetShelf", "OpenShelf", "CloseShelf"]],
    ["library-none-key", ["Download"]],
    ["library-none", ["Anything"]],
  ]);
});

test("the key belongs to the kind that it is set for", () => {
  const auth = (name: string) => planned.methods.find(({ method }) => method.name === name)?.auth;
  const planned = plan(
    small,
    { frontDoor: "rest-api", auth: { kind: "iam", apiKey: true } },
    {
      methodOptions: new Map([
        of("GetShelf", { kind: "cognito" }),
        of("Download", { apiKey: false }),
        of("Anything", "iam"),
      ]),
    },
  );
  expect([auth("GetShelf")?.apiKey, auth("Download")?.apiKey, auth("Anything")?.apiKey]).toEqual([
    undefined,
    undefined,
    true,
  ]);
});

function of(name: string, auth: AuthSetting): [string, { auth: AuthSetting }] {
  return [`acme.library.v1.LibraryService.${name}`, { auth }];
}

test.each<[string, Plan, string[]]>([
  [
    "another front door",
    plan(small, { auth: { kind: "iam", apiKey: true } }),
    ["DP008 deployment.auth asks for an API key, which an API Gateway HTTP API does not check"],
  ],
  [
    "a key of an authorizer that is not asked",
    plan(small, {
      frontDoor: "rest-api",
      auth: { apiKey: true },
      usagePlan: { ...usagePlan, keySource: "authorizer" },
    }),
    ["DP045 deployment.auth asks for an API key of an authorizer, but callers are checked by iam: expected lambda"],
  ],
  [
    "a usage plan that nothing counts in",
    plan(small, { frontDoor: "rest-api", usagePlan }),
    ["DP030 deployment.usagePlan is set, but no route asks for an API key, so that nothing counts in it"],
  ],
  [
    "RPCs that a key alone opens",
    plan(small, { frontDoor: "rest-api", auth: { kind: "none", apiKey: true } }),
    ["DP003 deployment.auth is none: everybody on the internet with an API key can call every RPC"],
  ],
])("findings: %s", (_, planned, expected) => {
  expect(checkDeployment(planned).map(({ code, message }) => `${code} ${message}`)).toEqual(expected);
});

test("diff: a key that is no longer asked for, and other limits of keys", () => {
  const [old, now] = [keyedPlan({ usagePlan }), keyedPlan({ auth: { kind: "iam" }, usagePlan })];
  expect(compareAuth(old, now).map(({ breaking, message }) => [breaking, message])).toEqual([
    [true, "callers are checked by iam, before by iam and an API key"],
  ]);
  const tighter = keyedPlan({
    usagePlan: { ...usagePlan, throttling: { rate: 5, burst: 20 }, quota: { requests: 500, per: "day" } },
  });
  const without = keyedPlan({});
  expect(compareLimits(old, tighter).map(({ breaking, message }) => [breaking, message])).toEqual([
    [true, "each key may send 5 requests a second, 20 at once, before 10 requests a second, 20 at once"],
    [false, "each key may send 500 requests a day, before 1000 requests a month"],
  ]);
  expect(compareLimits(without, old).map(({ breaking, id }) => [breaking, id])).toEqual([
    [true, "limit throttling of keys"],
    [true, "limit quota of keys"],
  ]);
  expect(compareLimits(old, old)).toEqual([]);
});
