/** Releases: a version and an alias for each function, which every caller names, and what moves requests to a new one. */
import { describe, expect, it, test } from "vitest";
import { builtFiles, checkDeployment } from "../../src/deploy/targets.js";
import { renderDeployment } from "./render-deployment.js";
import type { AuthenticationKind } from "../../src/front-door/front-door.js";
import type { FrontDoorId } from "../../src/front-door/front-door-id.js";
import type { Plan } from "../../src/plan/plan.js";
import { parseTemplate, type Template, validateCloudFormation, validateSam } from "../support/validate-template.js";
import { plan, render, small, streaming } from "./plans.js";

type Auth = AuthenticationKind;

const doors: readonly (readonly [FrontDoorId, Auth])[] = [
  ["http-api", "iam"],
  ["rest-api", "iam"],
  ["alb", "jwt"],
  ["function-url", "none"],
];

const canary = { alias: "live", traffic: "Canary10Percent5Minutes" } as const;

/** See `test/deploy/sam.test.ts`. */
const falseAlarm = /^WARN (?:W9002 Properties\.SourceArn|W3002 Properties\.Code)/;

function released(frontDoor: FrontDoorId, auth: Auth, release: Plan["deployment"]["release"] = canary): Plan {
  const functions = { kind: frontDoor === "function-url" ? "single" : "per-rpc" } as const;
  return plan(streaming, { frontDoor, auth, functions, release, provisionedConcurrency: 2 });
}

/** What callers name: permissions, URLs, targets, integrations. */
function callees({ Resources: resources }: Template): string[] {
  const named = Object.values(resources).flatMap(({ Type: type, Properties: properties }): unknown[] => {
    switch (type) {
      case "AWS::Lambda::Permission":
        return [properties.FunctionName];
      case "AWS::Lambda::Url":
        return [properties.TargetFunctionArn];
      case "AWS::ElasticLoadBalancingV2::TargetGroup":
        return [properties.Targets];
      case "AWS::Serverless::HttpApi":
      case "AWS::Serverless::Api":
        return [...JSON.stringify(properties.DefinitionBody).matchAll(/functions\/(\$\{[^}]*\})/g)].map(
          ([, name]) => name,
        );
      default:
        return [];
    }
  });
  return named.map((name) => JSON.stringify(name));
}

describe.each(doors)("%s, %s", (frontDoor, auth) => {
  const text = render(released(frontDoor, auth));
  const template = parseTemplate(text);

  it("passes the validators, which make versions and aliases of it", () => {
    expect(validateCloudFormation(text).filter((finding) => !falseAlarm.test(finding))).toEqual([]);
    expect(validateSam(text) ?? []).toEqual([]);
  });

  it("has callers of aliases alone", () => {
    const names = callees(template);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !/FunctionAliaslive\b/.test(name))).toEqual([]);
    const unreleased = parseTemplate(render(plan(streaming, { frontDoor, auth, functions: { kind: "single" } })));
    expect(callees(unreleased).filter((name) => name.includes("Alias"))).toEqual([]);
  });

  it("keeps the functions of RPCs warm", () => {
    const functions = Object.entries(template.Resources).filter(
      ([, each]) => each.Type === "AWS::Serverless::Function",
    );
    const warm = functions.filter(([, { Properties: own }]) => own.ProvisionedConcurrencyConfig !== undefined);
    const cold = functions.filter((each) => !warm.includes(each)).map(([id]) => id);
    expect(warm.length).toBeGreaterThan(0);
    expect(cold).toEqual(frontDoor === "function-url" ? [] : ["UnroutedFunction"]);
  });
});

test("CodeDeploy moves requests as the stage says, where the setting asks for it", () => {
  const { Parameters: parameters, Globals: globals } = parseTemplate(render(plan(small, { release: canary })));
  expect(globals.Function).toMatchObject({
    AutoPublishAlias: "live",
    DeploymentPreference: { Type: { "Fn::Sub": "CodeDeployDefault.Lambda${TrafficShifting}" } },
  });
  expect(parameters.TrafficShifting).toMatchObject({ Default: "Canary10Percent5Minutes" });
  const atOnce = parseTemplate(render(plan(small, { release: { alias: "current" } })));
  expect(atOnce.Globals.Function).toMatchObject({ AutoPublishAlias: "current" });
  expect(atOnce.Globals.Function).not.toHaveProperty("DeploymentPreference");
  expect(atOnce.Parameters).not.toHaveProperty("TrafficShifting");
});

test("a Terraform module has an alias with a share for the new version", () => {
  const planned = released("http-api", "iam", { alias: "live" });
  const text = render({ ...planned, deployment: { ...planned.deployment, target: "terraform" } });
  const { resource, output, variable } = JSON.parse(text);
  const id = "library_service_get_shelf";
  expect(resource.aws_lambda_function[id].publish).toBe(true);
  expect(resource.aws_lambda_alias[id]).toEqual({
    name: "live",
    function_name: `\${aws_lambda_function.${id}.function_name}`,
    function_version: `\${lookup(var.stable_versions, "library-service-get-shelf", aws_lambda_function.${id}.version)}`,
    dynamic: {
      routing_config: {
        for_each: `\${lookup(var.stable_versions, "library-service-get-shelf", aws_lambda_function.${id}.version) == aws_lambda_function.${id}.version ? [] : [var.release_weight]}`,
        content: {
          additional_version_weights: { [`\${aws_lambda_function.${id}.version}`]: "${routing_config.value}" },
        },
      },
    },
  });
  expect(resource.aws_lambda_permission[id].qualifier).toBe(`\${aws_lambda_alias.${id}.name}`);
  expect(resource.aws_lambda_provisioned_concurrency_config).not.toHaveProperty("unrouted");
  expect(output.function_versions.value["library-service-get-shelf"]).toBe(`\${aws_lambda_function.${id}.version}`);
  expect(output.function_arns.value["library-service-get-shelf"]).toBe(`\${aws_lambda_alias.${id}.arn}`);
  expect(Object.keys(variable)).toEqual(expect.arrayContaining(["stable_versions", "release_weight"]));
});

test.each([
  ["cloudformation", { release: canary, provisionedConcurrency: 2 }, undefined],
  ["cdk", { release: canary, provisionedConcurrency: 2 }, undefined],
  ["terraform", { release: canary }, "DP016"],
  ["terraform", { release: { alias: "live" }, provisionedConcurrency: 2, reservedConcurrency: 2 }, undefined],
  ["sam", { release: canary, provisionedConcurrency: 2 }, undefined],
  ["sam", { release: canary, provisionedConcurrency: 3, reservedConcurrency: 2 }, "DP017"],
  ["sam", { provisionedConcurrency: 2 }, "DP017"],
] as const)("%s, %j: %s", (target, settings, code) => {
  const codes = checkDeployment(plan(small, { target, ...settings })).map((finding) => finding.code);
  expect(new Set(codes)).toEqual(new Set(code === undefined ? [] : [code]));
});

/** An API of one service with so many RPCs. */
function service(count: number): string {
  const rpcs = Array.from({ length: count }, (_, at) => {
    return `rpc Get${at}(M) returns (M) { option (google.api.http) = { get: "/v1/kinds${at}/{name}" }; }`;
  });
  return `syntax = "proto3";\npackage acme.v1;\nimport "google/api/annotations.proto";\nservice Orders {\n${rpcs.join("\n")}\n}\nmessage M { string name = 1; }\n`;
}

/** The plain template that `build` writes, with zips of these hashes. */
function builtTemplate(settings: Parameters<typeof plan>[1], hash = "a"): Template {
  const planned = plan(small, { target: "cloudformation", release: canary, ...settings });
  const [file] = builtFiles(planned, new Map(planned.functions.map(({ id }) => [id, hash])));
  expect(file?.path).toBe("build/lambda/released.yaml");
  return parseTemplate(file?.content ?? "");
}

/** The logical id of the version of a function. */
function versionIn({ Resources: resources }: Template): string | undefined {
  return Object.keys(resources).find((id) => id.startsWith("LibraryServiceGetShelfVersion"));
}

describe("plain CloudFormation", () => {
  it.each(doors)(
    "behind %s, %s has versions, aliases and groups of CodeDeploy, which its callers name",
    (door, auth) => {
      const planned = released(door, auth);
      const text = render({ ...planned, deployment: { ...planned.deployment, target: "cloudformation" } });
      expect(validateCloudFormation(text).filter((finding) => !falseAlarm.test(finding))).toEqual([]);
      const { Resources: resources } = parseTemplate(text);
      const [id = ""] = Object.keys(resources).filter((each) => each.endsWith("Alias"));
      const own = id.replace(/Alias$/, "");
      expect(resources[id]).toMatchObject({
        UpdatePolicy: {
          CodeDeployLambdaAliasUpdate: {
            ApplicationName: { Ref: "ReleaseApplication" },
            DeploymentGroupName: { Ref: `${own}DeploymentGroup` },
          },
        },
        Properties: { Name: "live", FunctionVersion: { "Fn::GetAtt": [`${own}Version`, "Version"] } },
      });
      expect(resources[`${own}Version`]).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
      expect(resources[`${own}DeploymentGroup`]).toMatchObject({
        Properties: { DeploymentConfigName: { "Fn::Sub": "CodeDeployDefault.Lambda${TrafficShifting}" } },
      });
      const callees = Object.values(resources).flatMap(({ Type: type, Properties: properties }) =>
        type === "AWS::Lambda::Permission" ? [JSON.stringify(properties.FunctionName)] : [],
      );
      expect(callees.length).toBeGreaterThan(0);
      expect(callees.filter((name) => !name.endsWith('Alias"}'))).toEqual([]);
    },
  );

  it("has neither application nor groups where all requests move at once", () => {
    const planned = plan(small, { target: "cloudformation", release: { alias: "live" } });
    const types = Object.values(parseTemplate(render(planned)).Resources).map(({ Type: type }) => type);
    expect(types).toContain("AWS::Lambda::Alias");
    expect(types.filter((type) => type.startsWith("AWS::CodeDeploy"))).toEqual([]);
  });

  it.each<[what: string, settings: Parameters<typeof plan>[1], hash: string, isNew: boolean]>([
    ["nothing", {}, "a", false],
    ["the code", {}, "b", true],
    ["a setting of functions", { timeout: 7 }, "a", true],
    ["a variable", { environment: [{ name: "A", value: { kind: "text", text: "b" } }] }, "a", true],
    ["reservedConcurrency, which versions do not freeze", { reservedConcurrency: 5 }, "a", false],
    ["tags", { tags: [{ name: "a", value: { kind: "text", text: "b" } }] }, "a", false],
  ])("publishes for another %s", (_, settings, hash, isNew) => {
    const before = versionIn(builtTemplate({}));
    expect(before).toMatch(/^LibraryServiceGetShelfVersion[0-9a-f]{10}$/);
    expect(versionIn(builtTemplate(settings, hash)) !== before).toBe(isNew);
  });
});

test("the CDK names versions by what they freeze", () => {
  const planned = plan(small, { target: "cdk", release: canary });
  const text = render(planned);
  expect(text).toContain("nameVersion(libraryServiceGetShelfVersion, libraryServiceGetShelfFunction);");
  const [, frozen = ""] = /const frozen = stack\.resolve\(\[([^\]]*)\]\)/.exec(text) ?? [];
  expect(frozen).toContain("fn.code,");
  expect(frozen).not.toMatch(/tags|reserved/i);
});

describe("past the limits of a stack", () => {
  const files = renderDeployment(plan(service(70), { release: canary }));
  const stacks = new Map(files.map(({ path, content }) => [path, content]));

  it("splits sooner, because versions, aliases and groups of CodeDeploy count", () => {
    expect([...stacks.keys()]).toEqual(["template.yaml", "template.orders1.yaml", "template.orders2.yaml"]);
  });

  it("refers to the aliases of nested stacks by their outputs", () => {
    const root = parseTemplate(stacks.get("template.yaml") ?? "");
    expect(JSON.stringify(root)).not.toMatch(/\$\{OrdersGet\d+FunctionAliaslive\}/);
    expect(JSON.stringify(root)).toMatch(/\$\{Orders[12]Stack\.Outputs\.OrdersGet3FunctionAliaslive\}/);
    const nested = parseTemplate(stacks.get("template.orders1.yaml") ?? "");
    const [, output] = Object.entries(nested.Outputs).find(([name]) => name.endsWith("Aliaslive")) ?? [];
    expect(output).toEqual({ Value: { Ref: expect.stringMatching(/^OrdersGet\d+FunctionAliaslive$/) } });
  });

  it.each([...stacks.keys()])("passes the validator: %s", (path) => {
    const findings = validateCloudFormation(stacks.get(path) ?? "");
    expect(findings.filter((finding) => !falseAlarm.test(finding))).toEqual([]);
  });
});
