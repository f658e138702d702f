/** Limits on requests, in templates and modules of every front door that counts requests. */
import { describe, expect, it } from "vitest";
import { requestLimits, summarizeRequestLimits } from "../../src/deploy/request-limits.js";
import { checkDeployment } from "../../src/deploy/targets.js";
import { compareLimits } from "../../src/diff/compare-limits.js";
import type { Plan } from "../../src/plan/plan.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { parseTemplate } from "../support/validate-template.js";
import { plan, render, small } from "./plans.js";
import { pathsOf } from "./template-linter.js";

const slow = { rate: 5, burst: 10 } as const;

/** Two RPCs that share a route, one with more; a service for the others. */
function limited(deployment: Partial<PlanOptions["deployment"]> = {}): Plan {
  return plan(small, deployment, {
    methodOptions: new Map([
      ["acme.library.v1.LibraryService.OpenShelf", { throttling: slow }],
      ["acme.library.v1.LibraryService.CloseShelf", { throttling: { rate: 2, burst: 30 } }],
      ["acme.library.v1.LibraryService.Download", { throttling: { rate: 7, burst: 7 } }],
    ]),
  });
}

describe.each(["sam", "cloudformation"] as const)("%s", (target) => {
  it("limits routes of an HTTP API", () => {
    const { Resources: resources } = parseTemplate(render(limited({ target })));
    const stage = resources[target === "sam" ? "HttpApi" : "HttpApiStage"]?.Properties;
    const detailed = { DetailedMetricsEnabled: true };
    expect(stage?.DefaultRouteSettings).toEqual({
      ThrottlingRateLimit: { Ref: "ThrottlingRateLimit" },
      ThrottlingBurstLimit: { Ref: "ThrottlingBurstLimit" },
      ...detailed,
    });
    expect(stage?.RouteSettings).toEqual({
      "POST /v1/shelves/{name}": { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 30, ...detailed },
      "GET /v1/files/{name+}": { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 7, ...detailed },
      "GET /v1/files": { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 7, ...detailed },
    });
  });

  it("limits methods of a REST API, whose paths are encoded", () => {
    const { Resources: resources } = parseTemplate(render(limited({ target, frontDoor: "rest-api" })));
    const stage = resources[target === "sam" ? "RestApi" : "RestApiStage"]?.Properties;
    expect(stage?.MethodSettings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ResourcePath: "/*",
          HttpMethod: "*",
          ThrottlingRateLimit: { Ref: "ThrottlingRateLimit" },
        }),
        {
          ResourcePath: "/~1v1~1files~1{name+}",
          HttpMethod: "GET",
          MetricsEnabled: true,
          ThrottlingRateLimit: 7,
          ThrottlingBurstLimit: 7,
        },
      ]),
    );
  });
});

it("limits routes and methods in Terraform", () => {
  const http = JSON.parse(render(limited({ target: "terraform" })));
  expect(http.resource.aws_apigatewayv2_stage.api.route_settings[0]).toEqual({
    route_key: "POST /v1/shelves/{name}",
    throttling_rate_limit: 5,
    throttling_burst_limit: 30,
    detailed_metrics_enabled: true,
  });
  const rest = JSON.parse(render(limited({ target: "terraform", frontDoor: "rest-api" })));
  expect(rest.resource.aws_api_gateway_method_settings.route_1).toMatchObject({
    method_path: "v1/shelves/{name}/POST",
    settings: { throttling_rate_limit: 5, throttling_burst_limit: 30 },
  });
});

it.each(["http-api", "rest-api"] as const)(
  "%s: has limits for routes that there are, and for no others",
  (frontDoor) => {
    const planned = limited({ frontDoor });
    const paths = pathsOf(parseTemplate(render(planned)));
    for (const { key } of planned.routeSettings)
      expect(Object.keys(paths[key.path] ?? {})).toContain(key.httpMethod.toLowerCase());
    expect(planned.routeSettings.length).toBeGreaterThan(1);
  },
);

it("leaves unlimited APIs to the account", () => {
  const text = render(plan(small, { throttling: "unlimited" }));
  expect(text).not.toContain("Throttling");
  expect(render(plan(small, { throttling: "unlimited", target: "terraform" }))).not.toContain("throttling");
});

it("makes the configuration's numbers the defaults of the parameters", () => {
  const { Parameters: parameters } = parseTemplate(render(plan(small, { throttling: { rate: 500, burst: 900 } })));
  expect([parameters.ThrottlingRateLimit, parameters.ThrottlingBurstLimit]).toMatchObject([
    { Default: 500 },
    { Default: 900 },
  ]);
});

it.each<[title: string, planned: Plan, line: string | undefined]>([
  [
    "the default",
    plan(small),
    "100 requests a second and 200 at once for each route, 429 beyond: ThrottlingRateLimit, ThrottlingBurstLimit",
  ],
  ["none", plan(small, { throttling: "unlimited" }), "no limits but those of the account"],
  [
    "some of routes",
    limited({ throttling: "unlimited" }),
    "no limits but those of the account; 3 routes with limits of their own",
  ],
  ["a load balancer", plan(small, { frontDoor: "alb", auth: "none" }), undefined],
])("says the limits: %s", (_, planned, line) => {
  expect(summarizeRequestLimits(planned)[0]?.[1]).toBe(line);
  expect(requestLimits(planned) === undefined).toBe(line === undefined);
});

it("has the limits of routes for other tools", () => {
  expect(requestLimits(limited())).toEqual({
    default: { rate: 100, burst: 200 },
    routes: [
      { routeKey: "POST /v1/shelves/{name}", rate: 5, burst: 30 },
      { routeKey: "GET /v1/files/{name+}", rate: 7, burst: 7 },
      { routeKey: "GET /v1/files", rate: 7, burst: 7 },
    ],
  });
});

it.each<[frontDoor: "http-api" | "alb" | "function-url", throttling: boolean, found: boolean]>([
  ["http-api", true, false],
  ["alb", true, true],
  ["alb", false, false],
  ["function-url", true, true],
])("%s with limits %s: DP030 %s", (frontDoor, throttling, found) => {
  const auth = frontDoor === "function-url" ? "iam" : "jwt";
  const planned = plan(small, { frontDoor, auth, ...(throttling ? { throttling: { rate: 100, burst: 200 } } : {}) });
  expect(checkDeployment(planned).some(({ code }) => code === "DP030")).toBe(found);
});

it("compares limits: a lower one breaks clients that send more", () => {
  const messages = compareLimits(plan(small, { throttling: "unlimited" }), limited());
  expect(messages.map(({ breaking, message }) => `${breaking ? "!" : " "} ${message}`)).toEqual([
    "! each route takes 100 requests a second, 200 at once, before what the account does",
    "! POST /v1/shelves/{name} takes 5 requests a second, 30 at once, before what the account does",
    "! GET /v1/files/{name+} takes 7 requests a second, 7 at once, before what the account does",
    "! GET /v1/files takes 7 requests a second, 7 at once, before what the account does",
  ]);
  expect(compareLimits(limited(), limited({ throttling: slow })).map(({ message }) => message)).toEqual([
    "each route takes 5 requests a second, 10 at once, before 100 requests a second, 200 at once",
  ]);
});
