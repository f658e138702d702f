/** Web ACLs, private REST APIs and allow-lists. */
import { describe, expect, it } from "vitest";
import { accessPolicy } from "../../src/deploy/resources/access-policy.js";
import { checkDeployment } from "../../src/deploy/targets.js";
import { compareReach } from "../../src/diff/compare-reach.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { parseTemplate } from "../support/validate-template.js";
import { cors, ownRoutes, plan, privateApi, render, small } from "./plans.js";

type Settings = Partial<PlanOptions["deployment"]>;

const text = (value: string) => ({ kind: "text", text: value }) as const;

/** The resource policy in the document of a REST API. */
function policyOf(settings: Settings): { readonly Statement: readonly object[] } | undefined {
  const { Resources: resources } = parseTemplate(render(plan(small, { frontDoor: "rest-api", ...settings })));
  const document = resources.RestApi?.Properties.DefinitionBody as { "x-amazon-apigateway-policy"?: never };
  return document["x-amazon-apigateway-policy"];
}

const call = { Action: "execute-api:Invoke", Resource: "execute-api:/*" };
const root = (account: string) => ({ "Fn::Sub": `arn:\${AWS::Partition}:iam::${account}:root` });

describe("the resource policy", () => {
  it("is not there unless somebody is kept out", () => {
    expect(policyOf({})).toBeUndefined();
  });

  it.each<[title: string, settings: Settings, principal: unknown]>([
    ["its own account signs", { auth: "iam" }, { AWS: [root("${AWS::AccountId}")] }],
    ["everybody has a token", { auth: "jwt" }, "*"],
    ["everybody calls", { auth: "none" }, "*"],
  ])("lets in callers where %s, and keeps addresses out", (_, settings, principal) => {
    expect(policyOf({ ...settings, allow: { sourceIps: [text("192.0.2.0/24")] } })?.Statement).toEqual([
      { Effect: "Allow", Principal: principal, ...call },
      { Effect: "Deny", Principal: "*", ...call, Condition: { NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24"] } } },
    ]);
  });

  it("names accounts where one route of the user's own asks for signatures", () => {
    const settings = { frontDoor: "rest-api", auth: "cognito", allow: { sourceIps: [text("192.0.2.0/24")] } } as const;
    const planned = plan(small, settings, { routes: ownRoutes.map((route) => ({ ...route, auth: "iam" as const })) });
    expect(accessPolicy(planned)).toMatchObject({ content: { Statement: [{ Principal: { AWS: [{}] } }, {}] } });
    expect(checkDeployment(planned).map(({ code }) => code)).toContain("DP036");
  });

  it("lets in preflights, which carry no signature", () => {
    const allow = { sourceIps: [text("192.0.2.0/24")] };
    const open = { Effect: "Allow", Principal: "*", ...call, Resource: "execute-api:/*/OPTIONS/*" };
    expect(policyOf({ auth: { kind: "iam" }, allow, cors })?.Statement).toContainEqual(open);
    expect(policyOf({ auth: { kind: "iam" }, allow })?.Statement).not.toContainEqual(open);
    expect(policyOf({ auth: { kind: "none" }, allow, cors })?.Statement).not.toContainEqual(open);
  });

  it("of a private API names endpoints, addresses in the VPC and accounts", () => {
    expect(policyOf(privateApi)?.Statement).toEqual([
      { Effect: "Allow", Principal: { AWS: [root("123456789012")] }, ...call },
      {
        Effect: "Deny",
        Principal: "*",
        ...call,
        Condition: { StringNotEquals: { "aws:SourceVpce": ["vpce-0123456789abcdef0", { Ref: "Endpoint" }] } },
      },
      { Effect: "Deny", Principal: "*", ...call, Condition: { NotIpAddress: { "aws:VpcSourceIp": ["10.1.0.0/16"] } } },
    ]);
  });
});

describe.each([
  ["sam", "${RestApi.Stage}", "VPCEndpointIds", { Type: "PRIVATE" }],
  ["cloudformation", undefined, "VpcEndpointIds", { Types: ["PRIVATE"] }],
] as const)("%s", (target, stage, member, type) => {
  const { Resources: resources } = parseTemplate(render(plan(small, { target, ...privateApi })));

  it("has a private endpoint", () => {
    expect(resources.RestApi?.Properties.EndpointConfiguration).toEqual({
      ...type,
      [member]: ["vpce-0123456789abcdef0", { Ref: "Endpoint" }],
    });
  });

  it("puts the web ACL in front of the stage", () => {
    expect(resources.Firewall?.Properties).toEqual({
      ResourceArn: {
        "Fn::Sub": [
          "arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${RestApi}/stages/${StageName}",
          { StageName: stage === undefined ? { Ref: "RestApiStage" } : { "Fn::Sub": stage } },
        ],
      },
      WebACLArn: { Ref: "WebAclArn" },
    });
  });
});

it("puts the web ACL in front of a load balancer", () => {
  const settings: Settings = { frontDoor: "alb", auth: "none", waf: text("arn:aws:wafv2:x:1:regional/webacl/a/b") };
  const { Resources: resources } = parseTemplate(render(plan(small, settings)));
  expect(resources.Firewall?.Properties.ResourceArn).toEqual({ Ref: "LoadBalancer" });
  const module = JSON.parse(render(plan(small, { ...settings, target: "terraform" })));
  expect(module.resource.aws_wafv2_web_acl_association.api).toEqual({
    resource_arn: "${aws_lb.api.arn}",
    web_acl_arn: "arn:aws:wafv2:x:1:regional/webacl/a/b",
  });
});

it.each<[title: string, settings: Settings, expected: readonly string[]]>([
  ["a private API", privateApi, []],
  ["a private API without an endpoint", { frontDoor: "rest-api", endpoint: "private" }, ["DP035"]],
  ["a private HTTP API", { endpoint: "private" }, ["DP030"]],
  ["a web ACL of an HTTP API", { waf: privateApi.waf }, ["DP030"]],
  ["a web ACL of a Function URL", { frontDoor: "function-url", waf: privateApi.waf }, ["DP030"]],
  [
    "a web ACL of a listener that exists",
    { frontDoor: "alb", auth: "jwt", loadBalancer: "existing", waf: privateApi.waf },
    ["DP030"],
  ],
  ["an allow-list of an HTTP API", { allow: { sourceIps: [text("192.0.2.1")] } }, ["DP030"]],
  [
    "endpoints of a regional API",
    { frontDoor: "rest-api", allow: { vpcEndpoints: [text("vpce-00000000")] } },
    ["DP036"],
  ],
  [
    "signatures, and preflights without",
    { frontDoor: "rest-api", auth: "iam", allow: { sourceIps: [text("192.0.2.1")] }, cors },
    [],
  ],
  [
    "accounts without signatures",
    { frontDoor: "rest-api", auth: "jwt", allow: { accounts: [text("123456789012")] } },
    ["DP036"],
  ],
])("%s: %j", (_, settings, expected) => {
  const codes = checkDeployment(plan(small, settings)).map(({ code }) => code);
  expect(codes.filter((code) => code >= "DP030")).toEqual(expected);
});

it("finds a health path that the policy would keep callers out of", () => {
  const settings: Settings = { frontDoor: "rest-api", auth: "iam", allow: { sourceIps: [text("192.0.2.1")] } };
  const codesOf = (auth: "iam" | "none") => {
    const planned = plan(small, settings, { routes: ownRoutes.map((route) => ({ ...route, auth })) });
    return checkDeployment(planned).map(({ code }) => code);
  };
  expect(codesOf("none")).toContain("DP036");
  expect(codesOf("iam")).not.toContain("DP036");
});

it("finds a route for OPTIONS that the rule for preflights takes", () => {
  const codesOf = (httpMethod: string, settings: Settings) => {
    const routes = ownRoutes.slice(0, 1).map((route) => ({ ...route, httpMethod }));
    return checkDeployment(plan(small, { auth: "jwt", ...settings }, { routes })).map(({ code }) => code);
  };
  expect(codesOf("OPTIONS", { frontDoor: "alb", cors })).toContain("DP030");
  expect(codesOf("OPTIONS", { frontDoor: "alb" })).not.toContain("DP030");
  expect(codesOf("OPTIONS", { frontDoor: "http-api", cors })).not.toContain("DP030");
  expect(codesOf("GET", { frontDoor: "alb", cors })).not.toContain("DP030");
});

it("compares who reaches the API", () => {
  const settings: Settings = { frontDoor: "rest-api" };
  const changes = compareReach(plan(small, settings), plan(small, privateApi));
  expect(changes.map(({ breaking, message }) => `${breaking ? "!" : " "} ${message}`)).toEqual([
    "! the web ACL is <WebAclArn>, before none",
    "! the API is private, before regional: other clients reach it",
    "! VPC endpoints that reach the API are vpce-0123456789abcdef0, <Endpoint>, before not limited",
    "! addresses that reach the API are 10.1.0.0/16, before not limited",
    "! accounts that reach the API are 123456789012, before not limited",
  ]);
  expect(compareReach(plan(small, privateApi), plan(small, privateApi))).toEqual([]);
});
