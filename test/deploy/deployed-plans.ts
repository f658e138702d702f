/** Plans that every target is tried with: doors, groupings, options. */
import { readFileSync } from "node:fs";
import type { Plan } from "../../src/plan/plan.js";
import {
  authorizerPlan,
  authPlan,
  alarms,
  cachedPlan,
  configuredPlan,
  countedPlan,
  deadLetterPlan,
  cors,
  domain,
  hostilePlan,
  keyedPlan,
  largePayloads,
  ownRoutes,
  perService,
  privateApi,
  settingsPlan,
  plan,
  shared,
  single,
  small,
  specOptions,
  streaming,
  watchedPlan,
  withCors,
} from "./plans.js";

function pubsub(): string {
  return readFileSync("node_modules/google-proto-files/google/pubsub/v1/pubsub.proto", "utf8");
}

/** Titles, and what makes the plan. */
export const deployedPlans: readonly (readonly [title: string, make: () => Plan])[] = [
  ["a small API", () => plan(small)],
  ["a small API with tokens", () => plan(small, { auth: "jwt" })],
  [
    "an open API on the older runtime",
    () => plan(small, { auth: "none", runtime: "nodejs22.x", architecture: "x86_64" }),
  ],
  ["functions that sam build bundles", () => plan(small, {}, { build: { by: "sam" } })],
  ["functions with every setting", settingsPlan],
  ...(["http-api", "rest-api", "alb", "function-url"] as const).map(
    (frontDoor) => [`alarms and dashboards of ${frontDoor}`, () => watchedPlan(frontDoor)] as const,
  ),
  [
    "a REST API that makes the log role of the account",
    () => plan(small, { frontDoor: "rest-api", accessLogs: { bucket: "own", accountRole: true } }),
  ],
  ...(["own", "existing"] as const).map(
    (bucket) =>
      [
        `requests of a load balancer in a bucket: ${bucket}`,
        () => plan(small, { frontDoor: "alb", auth: "jwt", accessLogs: { bucket, accountRole: false } }),
      ] as const,
  ),
  ["a small API that keeps no logs", () => plan(small, { keepLogs: "none" })],
  [
    "a small API that keeps all logs, encrypted",
    () => plan(small, { keepLogs: "all", logKmsKey: { kind: "parameter", name: "LogKeyArn" } }),
  ],
  ["alarms and dashboards of metrics by gRPC code", countedPlan],
  ["queues for events that failed", () => deadLetterPlan("http-api")],
  [
    "alarms of a listener that exists, to a topic that exists",
    () =>
      plan(small, {
        frontDoor: "alb",
        auth: "jwt",
        loadBalancer: "existing",
        alarms: { ...alarms, topic: "existing" },
      }),
  ],
  [
    "a template in a folder",
    () =>
      plan(
        small,
        {},
        { layout: { outDir: "src/gen", handlersDir: "h", template: "deploy/aws/template.yaml", zips: "build/lambda" } },
      ),
  ],
  ["an API with environment, policies and a VPC", configuredPlan],
  ["pubsub", () => plan(pubsub())],
  ...(["http-api", "rest-api", "alb", "function-url"] as const).map(
    (frontDoor) =>
      [`pages of another origin through ${frontDoor}`, () => plan(streaming, withCors(frontDoor))] as const,
  ),
  ...(["http-api", "rest-api", "alb", "function-url"] as const).map(
    (frontDoor) =>
      [
        `large payloads through ${frontDoor}`,
        () => plan(streaming, { ...withCors(frontDoor), largePayloads }),
      ] as const,
  ),
  [
    "large payloads in a bucket that exists",
    () => plan(small, { largePayloads: { ...largePayloads, bucket: "existing", prefix: "" } }),
  ],
  ...(["http-api", "rest-api", "alb"] as const).map(
    (frontDoor) => [`a domain of ${frontDoor}`, () => plan(small, { frontDoor, auth: "jwt", domain })] as const,
  ),
  [
    "a domain of a listener that exists",
    () => plan(small, { frontDoor: "alb", auth: "jwt", loadBalancer: "existing", domain }),
  ],
  ...(["http-api", "rest-api", "alb"] as const).map(
    (frontDoor) =>
      [
        `routes of the user's own through ${frontDoor}`,
        () => plan(small, { frontDoor, auth: "jwt" }, { routes: ownRoutes }),
      ] as const,
  ),
  ...(["http-api", "rest-api"] as const).map(
    (frontDoor) => [`an authorizer of the user's own, ${frontDoor}`, () => authorizerPlan({ frontDoor })] as const,
  ),
  ["an authorizer that is asked by a token", () => authorizerPlan({ frontDoor: "rest-api" }, { asks: "token" })],
  ["IPv6 of a REST API", () => plan(small, { frontDoor: "rest-api", auth: "jwt", domain, ipv6: true })],
  ["IPv6 of a load balancer", () => plan(small, { frontDoor: "alb", auth: "jwt", domain, ipv6: true })],
  ["cached routes", () => cachedPlan({})],
  ["API keys", () => keyedPlan({ usagePlan: { quota: { requests: 9, per: "day" }, key: "own", keySource: "header" } })],
  ["a private REST API", () => plan(small, privateApi)],
  ["a load balancer behind a web ACL", () => plan(small, { frontDoor: "alb", auth: "jwt", waf: privateApi.waf })],
  ["a listener that exists", () => plan(streaming, { frontDoor: "alb", auth: "jwt", loadBalancer: "existing" })],
  ["a listener for some hosts", () => plan(streaming, { frontDoor: "alb", auth: "jwt", ...shared }, specOptions)],
  ...(["http-api", "rest-api", "alb"] as const).flatMap((frontDoor) => [
    [`one function, pages of another origin through ${frontDoor}`, () => plan(small, single(frontDoor))] as const,
    [
      `${frontDoor} answers requests that match no RPC, pages of another origin`,
      () => plan(streaming, { ...withCors(frontDoor), unrouted: "door" }),
    ] as const,
    [`${frontDoor}, HEAD for GET`, () => plan(streaming, { frontDoor, auth: "jwt" }, specOptions)] as const,
  ]),
  ...(["rest-api", "alb", "function-url"] as const).flatMap((frontDoor) => {
    const auths = {
      "rest-api": ["iam", "jwt", "none"],
      alb: ["jwt", "none"],
      "function-url": ["iam", "none"],
    } as const;
    return [
      ...auths[frontDoor].map((auth) => [`${frontDoor}, ${auth}`, () => plan(streaming, { frontDoor, auth })] as const),
      [`${frontDoor}, pubsub per service`, () => plan(pubsub(), { frontDoor, ...perService })] as const,
      [`${frontDoor}, hostile names`, () => hostilePlan({ frontDoor, auth: "none" })] as const,
    ];
  }),
  ...(["http-api", "rest-api", "alb"] as const).map(
    (frontDoor) => [`RPCs with authentication of their own, ${frontDoor}`, () => authPlan(frontDoor)] as const,
  ),
  [
    "pages that read no headers, through a Function URL",
    () => plan(small, { frontDoor: "function-url", cors: { ...cors, exposeHeaders: [] } }),
  ],
  ["hostile names and comments", hostilePlan],
];
