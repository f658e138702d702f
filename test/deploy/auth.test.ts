/** Authentication of RPCs in what is deployed: golden files, and what a reviewer asks about each. */
import { expect, it, test } from "vitest";
import { checkDeployment } from "../../src/deploy/targets.js";
import type { DeploymentOptions } from "../../src/plan/plan-options.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";
import { template } from "../http-rule/templates.js";
import type { AuthSetting } from "../../src/plan/plan.js";
import { authPlan, plan, render, small } from "./plans.js";

it.each(["http-api", "rest-api", "alb"] as const)("is the template in the golden file auth-%s.yaml", async (door) => {
  await expect(render(authPlan(door))).toMatchFileSnapshot(`expected/auth-${door}.yaml`);
});

it("is the module in the golden file terraform-auth-alb.tf.json", async () => {
  const planned = authPlan("alb");
  const module = render({ ...planned, deployment: { ...planned.deployment, target: "terraform" } });
  await expect(module).toMatchFileSnapshot("expected/terraform-auth-alb.tf.json");
});

test("no secret of a client is in any template", () => {
  const template = render(authPlan("alb"));
  const secrets = [...template.matchAll(/ClientSecret: (.*)/g)].map(([, value]) => value);
  expect(new Set(secrets)).toEqual(
    new Set([
      '!Sub "{{resolve:secretsmanager:${OidcCredentialsArn}:SecretString}}"',
      '!Sub "{{resolve:secretsmanager:arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:library-AbCdEf:SecretString}}"',
    ]),
  );
});

test.each<[string, DeploymentOptions, string[]]>([
  [
    "everything that a function decides",
    { auth: { kind: "lambda", cacheSeconds: 300 } },
    ["$request.header.Authorization, $context.routeKey"],
  ],
  ["nothing", { auth: { kind: "lambda" } }, ["$request.header.Authorization"]],
])("an HTTP API remembers %s for one route", (_, deployment, expected) => {
  const found = [...render(plan(small, deployment)).matchAll(/identitySource: "?([^"\n]*)"?/g)].map(
    ([, source]) => source,
  );
  expect(found).toEqual(expected);
});

/** What a plan of `small` with these settings is told. */
function findings(deployment: DeploymentOptions, methods: Readonly<Record<string, object>> = {}): string[] {
  const base = planOptions();
  const { plan: planned, diagnostics } = planGeneration(modelFromProto({ "library.proto": small }), {
    ...base,
    deployment: { ...base.deployment, ...deployment },
    methodOptions: new Map(
      Object.entries(methods).map(([name, auth]) => [`acme.library.v1.LibraryService.${name}`, { auth }]),
    ),
  });
  return [...diagnostics, ...checkDeployment(planned)]
    .filter(({ code }) => ["DP003", "DP008", "PL022", "PL023"].includes(code))
    .map(({ code, message }) => `${code} ${message}`);
}

test.each<[string, DeploymentOptions, Readonly<Record<string, object>>, string[]]>([
  [
    "a user pool of an HTTP API",
    { auth: "cognito" },
    {},
    ["DP008 deployment.auth is cognito, which an API Gateway HTTP API cannot check: expected iam, jwt, lambda or none"],
  ],
  [
    "tokens of another issuer of a REST API",
    { frontDoor: "rest-api", auth: { kind: "jwt", issuer: { kind: "text", text: "https://login.example.com" } } },
    {},
    ["DP008 deployment.auth is jwt, which an API Gateway REST API cannot check: expected iam, cognito, lambda or none"],
  ],
  ["tokens of a REST API", { frontDoor: "rest-api", auth: "jwt" }, {}, []],
  [
    "a login of an RPC behind an HTTP API",
    {},
    { GetShelf: { kind: "oidc" }, Download: { kind: "oidc" } },
    [
      "DP008 auth of GetShelf, Download is oidc, which an API Gateway HTTP API cannot check: expected iam, jwt, lambda or none",
    ],
  ],
  [
    "one RPC for everybody",
    {},
    { GetShelf: { kind: "none" } },
    ["DP003 auth of GetShelf is none: everybody on the internet can call it"],
  ],
  [
    "verbs that a load balancer tells apart",
    { frontDoor: "alb", auth: "jwt" },
    { OpenShelf: { scopes: ["write"] } },
    [],
  ],
  [
    "verbs that a REST API does not",
    { frontDoor: "rest-api", auth: "jwt" },
    { OpenShelf: { scopes: ["write"] } },
    [
      "PL022 OpenShelf asks for cognito (write) and CloseShelf for cognito, but an API Gateway REST API cannot tell their requests apart",
    ],
  ],
  [
    "an RPC behind the URL of its service",
    { frontDoor: "function-url" },
    { GetShelf: { kind: "none" } },
    [
      "PL022 GetShelf asks for none and OpenShelf for iam, but they share a function, whose URL has one authentication",
      "DP003 auth of GetShelf is none: everybody on the internet can call it",
    ],
  ],
  [
    "settings of another kind",
    { auth: { kind: "jwt", userPool: { kind: "parameter", name: "Pool" } } },
    { GetShelf: { kind: "iam", scopes: ["read"] } },
    [
      "PL023 auth of kind jwt has no userPool: expected the kind cognito",
      "PL023 auth of kind iam has no scopes: expected the kind jwt, cognito or oidc",
    ],
  ],
])("%s", (_, deployment, methods, expected) => {
  expect(findings(deployment, methods)).toEqual(expected);
});

test("a route of the user's own has its own authentication, and its own function", () => {
  const location = { file: "grpc2lambda.yaml", line: 1, column: 1, endLine: 1, endColumn: 2 };
  const route = (path: string, auth?: AuthSetting) => ({
    httpMethod: "GET",
    template: template(path),
    location,
    answer: { kind: "fixed", fixed: { status: 200, headers: [], body: "ok" } } as const,
    ...(auth === undefined ? {} : { auth }),
  });
  const every = new Map(
    ["GetShelf", "OpenShelf", "CloseShelf", "Download", "Anything"].map((name) => {
      return [`acme.library.v1.LibraryService.${name}`, { auth: "none" as const }];
    }),
  );
  const routes = [route("/healthz", "none"), route("/metrics"), route("/admin", { kind: "jwt", scopes: ["admin"] })];
  const planned = plan(small, { auth: "jwt", unrouted: "door" }, { routes, methodOptions: every });
  expect(planned.ownFunctions.map(({ id }) => id)).toEqual([
    "fixed-answers-none",
    "fixed-answers",
    "fixed-answers-jwt-admin",
  ]);
  const text = render(planned);
  const security = (path: string) => new RegExp(`${path}"?:\\s+[\\s\\S]*?(security: .*|responses:)`).exec(text)?.[1];
  expect([security("/healthz"), security("/metrics"), security("/admin")]).toEqual([
    "responses:",
    "security: [{ jwt: [] }]",
    "security: [{ jwt: [admin] }]",
  ]);
  expect(text).toContain("issuer: !Ref JwtIssuer");
});
