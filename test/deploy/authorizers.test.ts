/** Authorizers of the user's own in what is deployed: their functions, who may call them, and what the API asks them. */
import { describe, expect, test } from "vitest";
import type { DeploymentOptions } from "../../src/plan/plan-options.js";
import type { AuthSettings, OwnHandler } from "../../src/plan/plan.js";
import { checkDeployment } from "../../src/deploy/targets.js";
import { parseTemplate } from "../support/validate-template.js";
import { authorizer, authorizerPlan, plan, render, small } from "./plans.js";

type Members = Readonly<Record<string, unknown>>;

function resourcesOf(settings: DeploymentOptions): Readonly<Record<string, { readonly Properties: Members }>> {
  return parseTemplate(render(authorizerPlan(settings))).Resources as never;
}

test.each(["sam", "cloudformation"] as const)(
  "%s: the function has a role of its own, and the API may ask it",
  (target) => {
    const resources = resourcesOf({ frontDoor: "http-api", target });
    expect(resources["AuthorizerPermission"]?.Properties).toEqual({
      Action: "lambda:InvokeFunction",
      FunctionName: { Ref: "AuthorizerFunction" },
      Principal: "apigateway.amazonaws.com",
      SourceArn: { "Fn::Sub": expect.stringMatching(/:\$\{HttpApi\}\/authorizers\/\*$/) },
    });
    const { Policies: policies } = Object(resources["AuthorizerRole"]).Properties as {
      Policies: { PolicyName: string; PolicyDocument: { Statement: { Action: string[] }[] } }[];
    };
    expect(policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action))).toEqual([
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "xray:PutTraceSegments",
      "xray:PutTelemetryRecords",
      "dynamodb:GetItem",
    ]);
    expect(resources["AuthorizerFunction"]?.Properties).toMatchObject({ Timeout: 10, MemorySize: 128 });
    expect(resources["AuthorizerFunction"]?.Properties["Environment"]).toMatchObject({
      Variables: { KEYS: { Ref: "KeysTable" } },
    });
    expect(Object.keys(resources).filter((id) => /^AuthorizerCaller/.test(id))).toEqual([]);
  },
);

/** The schemes of the document in a template. */
function schemes(settings: DeploymentOptions, auth: AuthSettings = {}): unknown {
  const resources = parseTemplate(render(authorizerPlan(settings, auth))).Resources as never;
  const api: Members = Object(resources[settings.frontDoor === "rest-api" ? "RestApi" : "HttpApi"]).Properties;
  return Object(api["DefinitionBody"]).components.securitySchemes.authorizer;
}

test("an HTTP API asks for a decision about the request", () => {
  expect(schemes({ frontDoor: "http-api" })).toMatchObject({
    type: "apiKey",
    "x-amazon-apigateway-authorizer": {
      type: "request",
      enableSimpleResponses: true,
      authorizerPayloadFormatVersion: "2.0",
      authorizerUri: { "Fn::Sub": expect.stringContaining("functions/${AuthorizerFunction.Arn}/invocations") },
    },
  });
});

test.each([
  [{}, { type: "request", identitySource: "method.request.header.Authorization" }, "Authorization"],
  [{ asks: "token", identitySources: ["header.X-Token"] }, { type: "token" }, "X-Token"],
] as const)("a REST API asks by %j", (auth, expected, name) => {
  const scheme = schemes({ frontDoor: "rest-api" }, auth);
  expect(scheme).toMatchObject({ in: "header", name, "x-amazon-apigateway-authtype": "custom" });
  const { authorizerUri, ...rest } = Object(scheme)["x-amazon-apigateway-authorizer"];
  expect(rest).toEqual({ authorizerResultTtlInSeconds: 0, ...expected });
  expect(authorizerUri["Fn::Sub"]).toContain("${AuthorizerFunction.Arn}");
});

test("with releases the API asks the alias", () => {
  const scheme = schemes({ frontDoor: "http-api", release: { alias: "live" } });
  expect(JSON.stringify(scheme)).toContain("functions/${AuthorizerFunctionAliaslive}/invocations");
});

describe("Terraform", () => {
  const module = (settings: DeploymentOptions) =>
    JSON.parse(render(authorizerPlan({ ...settings, target: "terraform" })));

  test.each(["http-api", "rest-api"] as const)(
    "%s: a function, its permission, and the API that asks it",
    (frontDoor) => {
      const { resource, locals } = module({ frontDoor });
      expect(resource.aws_lambda_function.authorizer).toMatchObject({ timeout: 10, memory_size: 128 });
      expect(Object.keys(resource.aws_lambda_permission)).not.toContain("_authorizer");
      expect(resource.aws_lambda_permission.authorizer.source_arn).toMatch(/:\$\{local\.api_id\}\/authorizers\/\*$/);
      expect(JSON.stringify(locals.document.components)).toContain("${aws_lambda_function.authorizer.arn}");
    },
  );
});

test("settings with the same handler share a function, with what all of them give it", () => {
  const handler = (environment: OwnHandler["environment"]): AuthSettings => ({
    kind: "lambda",
    function: { ...authorizer, environment },
  });
  const a = handler([{ name: "A", value: { kind: "text", text: "1" } }]);
  const b = { ...handler([{ name: "B", value: { kind: "text", text: "2" } }]), cacheSeconds: 60 };
  const methodOptions = new Map([["acme.library.v1.LibraryService.GetShelf", { auth: b }]]);
  const { authorizers, functions } = plan(small, { auth: a }, { methodOptions });
  expect(authorizers.map(({ id, environment }) => [id, environment.map(({ name }) => name).sort()])).toEqual([
    ["authorizer", ["A", "B"]],
  ]);
  // Decisions of the two are remembered differently, so that their RPCs stay apart.
  expect(functions.map(({ auth }) => auth.kind === "lambda" && auth.cacheSeconds)).toContain(60);
});

test("a function of an RPC keeps its name, and the authorizer gets another", () => {
  const named = { ...authorizer, name: "library-service-get-shelf" };
  const { authorizers } = plan(small, { auth: { kind: "lambda", function: named } });
  expect(authorizers.map(({ id }) => id)).toEqual(["library-service-get-shelf2"]);
});

test.each([
  [
    "http-api",
    { asks: "token" },
    "DP045 deployment.auth asks by a token, but an API Gateway HTTP API sends an authorizer the request",
  ],
  [
    "rest-api",
    { asks: "token", identitySources: ["header.A", "header.B"] },
    "DP045 deployment.auth asks by a token of header.A, header.B: expected one header",
  ],
  [
    "rest-api",
    { asks: "token", identitySources: ["query.a"] },
    "DP045 deployment.auth asks by a token of query.a: expected one header",
  ],
  ["rest-api", { asks: "token" }, undefined],
] as const)("%s %j", (frontDoor, auth, expected) => {
  const found = checkDeployment(authorizerPlan({ frontDoor }, auth)).filter(({ code }) => code === "DP045");
  expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual(expected === undefined ? [] : [expected]);
});
