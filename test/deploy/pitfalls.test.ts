/**
 * The traps of AWS front doors that are about what is deployed, by number; those of what runs are in test/front-door/pitfalls.test.ts.
 * `npm run test:mutations` proves that each test fails when the handling is taken out.
 */
import { describe, expect, test } from "vitest";
import { checkDeployment } from "../../src/deploy/targets.js";
import { renderDeployment } from "./render-deployment.js";
import type { FrontDoorId } from "../../src/front-door/front-door-id.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import { chooseAlbRule } from "../../src/simulator/alb-rules.js";
import { runCli } from "../support/run-cli.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";
import { createProject, libraryProto } from "../support/temporary-project.js";
import { parseTemplate, type Template, validateCloudFormation } from "../support/validate-template.js";
import { pathsOf } from "./template-linter.js";

/** An API of RPCs by name with their rules: `GET /v1/{name=shelves/*}`. */
function proto(rpcs: Readonly<Record<string, readonly string[]>>): string {
  const rule = (text: string): string => {
    const [method = "", path = ""] = text.split(" ");
    return `${method.toLowerCase()}: "${path}"`;
  };
  const declared = Object.entries(rpcs).map(([name, [first = "", ...others]]) => {
    const additional = others.map((other) => ` additional_bindings { ${rule(other)} }`).join("");
    return `  rpc ${name}(M) returns (M) { option (google.api.http) = { ${rule(first)}${additional} }; }`;
  });
  return `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
service Library {
${declared.join("\n")}
}
message M { string name = 1; }
`;
}

/** `count` RPCs with a route each. */
function manyRpcs(count: number): string {
  return proto(
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`Get${at}`, [`GET /v1/kinds${at}/{name}`]])),
  );
}

type Deployment = Required<ReturnType<typeof planOptions>["deployment"]>;

function planned(source: string, deployment: Partial<Deployment>) {
  const options = planOptions();
  return planGeneration(modelFromProto({ "library.proto": source }), {
    ...options,
    deployment: { ...options.deployment, ...deployment },
  });
}

function deploy(
  source: string,
  deployment: Partial<Deployment>,
): { readonly text: string; readonly template: Template } {
  const { plan, diagnostics } = planned(source, deployment);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const text = renderDeployment(plan)[0]?.content ?? "";
  return { text, template: parseTemplate(text) };
}

function codes(source: string, deployment: Partial<Deployment>): string[] {
  const { plan, diagnostics } = planned(source, deployment);
  return [...diagnostics, ...checkDeployment(plan)].map(({ code, severity }) => `${severity} ${code}`);
}

interface RuleProperties {
  readonly Priority: number;
  readonly Conditions: readonly {
    readonly HttpRequestMethodConfig?: { readonly Values: readonly string[] };
    readonly PathPatternConfig?: { readonly Values?: readonly string[]; readonly RegexValues?: readonly string[] };
  }[];
  readonly Actions: readonly { readonly TargetGroupArn?: { readonly Ref: string } }[];
}

/** The rules as the listener reads them. */
function rulesOf({ Resources: resources }: Template) {
  return Object.values(resources)
    .filter(({ Type: type }) => type === "AWS::ElasticLoadBalancingV2::ListenerRule")
    .map(({ Properties: properties }) => {
      const { Priority: priority, Conditions: conditions, Actions: actions } = properties as unknown as RuleProperties;
      const paths = conditions.flatMap(({ PathPatternConfig: config }) => (config === undefined ? [] : [config]));
      return {
        priority,
        httpMethods: conditions.flatMap(({ HttpRequestMethodConfig: config }) => config?.Values ?? []),
        pathPatterns: paths.flatMap(({ Values: values }) => values ?? []),
        pathRegexes: paths.flatMap(({ RegexValues: values }) => values ?? []),
        target: actions.map(({ TargetGroupArn: arn }) => arn?.Ref ?? "").join(""),
      };
    });
}

describe("13: rules of a load balancer", () => {
  const library = proto({
    Deep: ["GET /v1/{name=shelves/**}"],
    GetShelf: ["GET /v1/{name=shelves/*}"],
    GetBook: ["GET /v1/{name=shelves/*/books/*}"],
    Latest: ["GET /v1/shelves/latest"],
    Open: ["GET /v1/{name=shelves/*}:open"],
    Create: ["POST /v1/{name=shelves/*}"],
  });
  test.each([
    ["GET", "/v1/shelves/1", "GetShelf"],
    ["GET", "/v1/shelves/latest", "Latest"],
    ["GET", "/v1/shelves/1:open", "Open"],
    ["GET", "/v1/shelves/1/books/2", "GetBook"],
    ["GET", "/v1/shelves/1/books/2/pages/3", "Deep"],
    ["GET", "/v1/shelves/1%2F2", "GetShelf"],
    ["POST", "/v1/shelves/1", "Create"],
    ["POST", "/v1/shelves/1/books/2", "Unrouted"],
    ["GET", "/v2/v1/shelves/1", "Unrouted"],
  ])("a variable ends at a slash, and the most specific comes first: %s %s", (method, path, rpc) => {
    const rules = rulesOf(deploy(library, { frontDoor: "alb", auth: "none" }).template);
    const target = chooseAlbRule(rules, method, path)?.target;
    expect(target).toBe(`${rpc === "Unrouted" ? "" : "Library"}${rpc}TargetGroup`);
  });
  test("no rule has more values, wildcards or characters than one holds", () => {
    const many = ["GET", "PUT", "DELETE"].flatMap((method) =>
      Array.from({ length: 7 }, (_, at) => `${method} /v1/kinds${at}/{name=things/*/parts/**}`),
    );
    const long = `GET /v1/${"long-".repeat(25)}/{name=things/*}`;
    const source = proto({ Many: [...many, long], Other: ["GET /v2/{name}"] });
    const rules = rulesOf(deploy(source, { frontDoor: "alb", auth: "none" }).template);
    expect(rules.length).toBeGreaterThan(7);
    for (const { httpMethods, pathPatterns, pathRegexes } of rules) {
      const paths = [...pathPatterns, ...pathRegexes];
      expect(paths.length).toBeLessThanOrEqual(3);
      expect(httpMethods.length + paths.length).toBeLessThanOrEqual(5);
      expect(pathPatterns.join("").replaceAll(/[^*?]/g, "").length).toBeLessThanOrEqual(5);
      for (const path of paths) expect(path.length).toBeLessThanOrEqual(128);
    }
    expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length);
  });
  test("101 target groups are refused, 101 rules are warned of", () => {
    const behindAlb = { frontDoor: "alb", auth: "jwt" } as const;
    // One of them is for what no RPC answers.
    expect(codes(manyRpcs(100), behindAlb)).toContain("error PL012");
    expect(codes(manyRpcs(100), behindAlb)).toContain("warning PL005");
    expect(codes(manyRpcs(99), behindAlb)).not.toContain("error PL012");
    expect(codes(manyRpcs(99), behindAlb)).not.toContain("warning PL005");
  });
});

describe("16: permissions of a Function URL", () => {
  async function generated(...flags: readonly string[]): Promise<Template> {
    const project = createProject({ "library.proto": libraryProto });
    try {
      const argv = ["generate", "library.proto", "--front-door", "function-url", "--functions", "single", ...flags];
      const { exitCode, stderr } = await runCli(project.root, ...argv);
      expect(exitCode, stderr).toBe(0);
      return parseTemplate(project.get("template.yaml"));
    } finally {
      project.remove();
    }
  }
  const permissions = ({ Resources: resources }: Template) =>
    Object.values(resources)
      .filter(({ Type: type }) => type === "AWS::Lambda::Permission")
      .map(({ Properties: properties }) => properties);
  const authTypes = ({ Resources: resources }: Template) =>
    Object.values(resources)
      .filter(({ Type: type }) => type === "AWS::Lambda::Url")
      .map(({ Properties: properties }) => properties.AuthType);

  test("closed unless told otherwise", async () => {
    const template = await generated();
    expect([authTypes(template), permissions(template)]).toEqual([["AWS_IAM"], []]);
  });
  test("an open one has both: for the URL, and for the function through it", async () => {
    const template = await generated("--auth", "none");
    expect(authTypes(template)).toEqual(["NONE"]);
    expect(permissions(template)).toEqual([
      expect.objectContaining({ Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE", Principal: "*" }),
      expect.objectContaining({ Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true, Principal: "*" }),
    ]);
  });
});

describe.each<[FrontDoorId, Deployment["auth"]]>([
  ["http-api", "iam"],
  ["rest-api", "iam"],
  ["alb", "jwt"],
])("17: %s: the resource policy of a function", (frontDoor, auth) => {
  function deployed() {
    const { template } = deploy(manyRpcs(200), { frontDoor, auth, functions: { kind: "single" } });
    const entries = Object.entries(template.Resources);
    const functions = entries.filter(([, { Type: type }]) => type === "AWS::Serverless::Function");
    const granted = entries
      .filter(([, { Type: type }]) => type === "AWS::Lambda::Permission")
      .map(([id, { Properties: properties }]) => ({ id, ...properties }) as Permission);
    return { template, functions, granted };
  }

  test("stays below 20,480 bytes, however many routes there are", () => {
    const { functions, granted } = deployed();
    expect(functions).toHaveLength(1);
    const policy = { Version: "2012-10-17", Id: "default", Statement: granted.map(statementOf) };
    expect(granted.length).toBeGreaterThan(0);
    expect(JSON.stringify(policy).length).toBeLessThan(20_480);
  });
  test("lets every route of the API through, and no other API", () => {
    const { template, granted } = deployed();
    const [permission] = granted;
    const source = JSON.stringify(permission?.SourceArn);
    if (frontDoor === "alb") {
      expect(source).toContain(":targetgroup/");
      return;
    }
    const api = frontDoor === "http-api" ? "${HttpApi}" : "${RestApi}";
    expect(source).toContain(`:${api}/`);
    const pattern = source.slice(source.indexOf(api) + api.length, source.lastIndexOf('"'));
    const like = new RegExp(`^${pattern.replace("${Stage}", "live").replaceAll("*", ".*")}$`);
    const routes = Object.entries(pathsOf(template)).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `/live/${method.toUpperCase()}${path}`),
    );
    expect(routes.length).toBeGreaterThanOrEqual(200);
    expect(routes.filter((route) => !like.test(route))).toEqual([]);
  });
});

interface Permission {
  readonly id: string;
  readonly Action: string;
  readonly Principal: string;
  readonly SourceArn?: unknown;
}

/** A permission as Lambda keeps it. */
function statementOf({ id, Action, Principal, SourceArn }: Permission) {
  return {
    Sid: `stack-${id}-ABCDEFGHIJKL`,
    Effect: "Allow",
    Principal: { Service: Principal },
    Action,
    Resource: "arn:aws:lambda:eu-west-1:123456789012:function:stack-LibraryFunction-ABCDEFGHIJKL",
    Condition: { ArnLike: { "AWS:SourceArn": JSON.stringify(SourceArn) } },
  };
}

/** The validator takes seconds to start. */
const slow = { timeout: 120_000 };

describe("18: the 500 resources of a stack", () => {
  test.each<[FrontDoorId, Deployment["auth"], fits: number]>([
    ["http-api", "iam", 123],
    ["rest-api", "iam", 123],
  ])("%s: split where CloudFormation would refuse, as stack-resources.thorough.ts asks it", (frontDoor, auth, fits) => {
    for (const [count, isTooMany] of [
      [fits, false],
      [fits + 1, true],
    ] as const) {
      const files = renderDeployment(planned(manyRpcs(count), { frontDoor, auth }).plan);
      expect([count, files.length > 1]).toEqual([count, isTooMany]);
    }
  });
  test.each<FrontDoorId>(["http-api", "rest-api"])("%s: a route is none", (frontDoor) => {
    const resources = [1, 200].map((count) => {
      const { template } = deploy(manyRpcs(count), { frontDoor, functions: { kind: "single" } });
      return Object.keys(template.Resources).length;
    });
    expect(resources[1]).toBe(resources[0]);
  });
});

test(
  "19: the runtime that is deployed unless told otherwise is one that functions can be created on",
  slow,
  async () => {
    const project = createProject({ "library.proto": libraryProto });
    try {
      expect((await runCli(project.root, "generate", "library.proto")).exitCode).toBe(0);
      const text = project.get("template.yaml");
      expect(parseTemplate(text).Globals.Function).toMatchObject({ Runtime: "nodejs24.x" });
      expect(validateCloudFormation(text)).toEqual([]);
    } finally {
      project.remove();
    }
  },
);

/** What deploying would refuse, or what would protect nothing, by the finding that names it. */
describe("21: settings that a front door refuses", () => {
  const text = (value: string) => ({ kind: "text", text: value }) as const;
  const domain = {
    name: text("api.example.com"),
    certificate: text("arn:aws:acm:eu-central-1:123456789012:certificate/1"),
    minimumTls: "1.2",
    only: true,
  } as const;
  const mtls = { truststore: "s3://certificates/authorities.pem" };
  const waf = text("arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/a/b");
  test.each<[title: string, deployment: Partial<Deployment>, found: string]>([
    ["a domain of a Function URL", { frontDoor: "function-url", domain }, "error DP030"],
    ["TLS 1.3 of an HTTP API", { domain: { ...domain, minimumTls: "1.3" } }, "error DP030"],
    [
      "an API whose other address asks for no certificate",
      { domain: { ...domain, mtls, only: false } },
      "warning DP032",
    ],
    [
      "a rule of more than 128 characters with its base path",
      { frontDoor: "alb", auth: { kind: "none" }, domain: { ...domain, basePath: `/${"a".repeat(126)}` } },
      "error DP033",
    ],
    ["a web ACL of an HTTP API", { waf }, "error DP030"],
    ["a private API without an endpoint", { frontDoor: "rest-api", endpoint: "private" }, "error DP035"],
    [
      "VPC endpoints of a regional API",
      { frontDoor: "rest-api", allow: { vpcEndpoints: [text("vpce-0123456789abcdef0")] } },
      "error DP036",
    ],
    [
      "limits of a load balancer",
      { frontDoor: "alb", auth: { kind: "none" }, throttling: { rate: 1, burst: 1 } },
      "error DP030",
    ],
  ])("%s", (_, deployment, found) => {
    const source = proto({ GetShelf: ["GET /v1/{name=shelves/*}"] });
    expect(codes(source, deployment)).toContain(found);
    expect(codes(source, {})).not.toContain(found);
  });
});
