/** Cached routes of a REST API, for each target: what a reviewer asks about the key, the stage and the price. */
import { describe, expect, test } from "vitest";
import { summarizeRequestLimits } from "../../src/deploy/request-limits.js";
import { checkDeployment } from "../../src/deploy/targets.js";
import { compareLimits } from "../../src/diff/compare-limits.js";
import type { MethodOptions } from "../../src/plan/plan-options.js";
import { parseTemplate } from "../support/validate-template.js";
import { cachedPlan } from "./plans.js";
import { render } from "./plans.js";

describe.each(["sam", "cloudformation"] as const)("%s", (target) => {
  const resources = parseTemplate(render(cachedPlan({ target }))).Resources;
  const api = Object(resources["RestApi"]).Properties;
  const stage = target === "sam" ? api : Object(resources["RestApiStage"]).Properties;

  test("the key of an answer has the path and every parameter, which the operation declares", () => {
    const { get } = (target === "sam" ? api.DefinitionBody : api.Body).paths["/v1/shelves/{name}"];
    const schema = { type: "string" };
    expect(get.parameters).toEqual([
      { name: "name", in: "path", required: true, schema },
      { name: "token", in: "query", required: false, schema },
    ]);
    expect(get["x-amazon-apigateway-integration"].cacheKeyParameters).toEqual([
      "method.request.path.name",
      "method.request.querystring.token",
    ]);
  });

  test("the stage has a cache that routes use by name alone, encrypted, with their other settings", () => {
    expect([stage.CacheClusterEnabled, stage.CacheClusterSize]).toEqual([true, "1.6"]);
    const limits = {
      ThrottlingRateLimit: { Ref: "ThrottlingRateLimit" },
      ThrottlingBurstLimit: { Ref: "ThrottlingBurstLimit" },
    };
    expect(stage.MethodSettings.slice(0, 4)).toEqual([
      { ResourcePath: "/*", HttpMethod: "*", MetricsEnabled: true, ...limits, CachingEnabled: false },
      {
        ResourcePath: "/~1v1~1files~1{name+}",
        HttpMethod: "GET",
        MetricsEnabled: true,
        ThrottlingRateLimit: 5,
        ThrottlingBurstLimit: 10,
        CachingEnabled: true,
        CacheTtlInSeconds: 30,
        CacheDataEncrypted: true,
      },
      {
        ResourcePath: "/~1v1~1files",
        HttpMethod: "GET",
        MetricsEnabled: true,
        ThrottlingRateLimit: 5,
        ThrottlingBurstLimit: 10,
        CachingEnabled: true,
        CacheTtlInSeconds: 30,
        CacheDataEncrypted: true,
      },
      {
        ResourcePath: "/~1v1~1shelves~1{name}",
        HttpMethod: "GET",
        MetricsEnabled: true,
        ...limits,
        CachingEnabled: true,
        CacheTtlInSeconds: 60,
        CacheDataEncrypted: true,
      },
    ]);
  });
});

test("Terraform has the same, and asks for the permission to have an answer made anew", () => {
  const { resource, locals } = JSON.parse(render(cachedPlan({ target: "terraform" })));
  expect(resource.aws_api_gateway_stage.api).toMatchObject({ cache_cluster_enabled: true, cache_cluster_size: "1.6" });
  const { api, ...routes } = resource.aws_api_gateway_method_settings;
  expect(api.settings.caching_enabled).toBe(false);
  expect(routes.route_3).toMatchObject({
    method_path: "v1/shelves/{name}/GET",
    settings: {
      throttling_rate_limit: "${var.throttling_rate_limit}",
      caching_enabled: true,
      cache_ttl_in_seconds: 60,
      cache_data_encrypted: true,
      require_authorization_for_cache_control: true,
      unauthorized_cache_control_header_strategy: "SUCCEED_WITH_RESPONSE_HEADER",
    },
  });
  expect(JSON.stringify(locals.document)).toContain("method.request.path.name");
});

test("nothing of a cache is there without cached routes", () => {
  const text = render(cachedPlan({}, { GetShelf: {}, Download: {} }));
  expect(text).not.toMatch(/CacheCluster|CachingEnabled|cacheKeyParameters/);
});

test("generate says what it costs", () => {
  expect(summarizeRequestLimits(cachedPlan({}))).toContainEqual([
    "cache",
    "1.6 GB for 4 routes, paid by the hour for each stage: 0.5 GB cost $0.02 an hour in us-east-1 (November 2026), about $15 a month, and larger ones more",
  ]);
});

test("an open RPC is warned of: others get an error that a client causes", () => {
  const open: Record<string, MethodOptions> = { GetShelf: { cache: { seconds: 60 }, auth: "none" }, Download: {} };
  const found = (methods: Record<string, MethodOptions>) =>
    checkDeployment(cachedPlan({}, methods))
      .filter(({ code }) => code === "DP044")
      .map(({ message }) => message);
  expect(found(open)).toEqual([
    "answers of GetShelf are cached and open to everybody, and a REST API caches errors too: a client that sends a parameter twice, or a broken header, has others get its error",
  ]);
  expect(found({ GetShelf: { cache: { seconds: 60 } } })).toEqual([]);
});

test("diff says which answers are old ones now, and for how long", () => {
  const [none, minute, hour] = [undefined, 60, 3600].map((seconds) =>
    cachedPlan({}, { GetShelf: seconds === undefined ? {} : { cache: { seconds } }, Download: {} }),
  );
  if (none === undefined || minute === undefined || hour === undefined) throw new Error("no plans");
  const changes = (a: typeof none, b: typeof none) =>
    compareLimits(a, b)
      .filter(({ id }) => id === "cache GET /v1/shelves/{name}")
      .map(({ breaking, message }) => [breaking, message]);
  const name = "answers of GET /v1/shelves/{name} are";
  expect(changes(none, minute)).toEqual([[true, `${name} cached for 60 seconds, before not cached`]]);
  expect(changes(minute, hour)).toEqual([[true, `${name} cached for 3600 seconds, before cached for 60 seconds`]]);
  expect(changes(hour, none)).toEqual([[false, `${name} not cached, before cached for 3600 seconds`]]);
  expect(changes(hour, hour)).toEqual([]);
});
