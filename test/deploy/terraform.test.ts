/** The Terraform module: its references, its names, and what it has in common with the CloudFormation template. `test:judges` has Terraform itself judge it. */
import { describe, expect, it } from "vitest";
import { checkDeployment } from "../../src/deploy/targets.js";
import { functionNameParts } from "../../src/deploy/terraform/function-names.js";
import { readSubstitutions } from "../../src/deploy/resources/value.js";
import { escapeTemplate, templateText, variableName } from "../../src/deploy/terraform/template-text.js";
import type { Plan } from "../../src/plan/plan.js";
import { parseTemplate } from "../support/validate-template.js";
import { deployedPlans } from "./deployed-plans.js";
import { configuredPlan, plan, render, small, streaming } from "./plans.js";

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

interface Module {
  readonly variable: Record<string, { readonly type: string; readonly default?: unknown }>;
  readonly locals: Record<string, unknown>;
  readonly data: Blocks;
  readonly resource: Blocks;
  readonly output: Record<string, unknown>;
}

function text(planned: Plan): string {
  return render({ ...planned, deployment: { ...planned.deployment, target: "terraform" } });
}

function moduleOf(planned: Plan): Module {
  return JSON.parse(text(planned));
}

/** Every string of a value, names of members included. */
function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...stringsOf(member)]);
}

/** The references of all templates: `var.stage`, `aws_iam_role.x.arn`, `data.aws_region.current.region`. */
function references(module: Module): string[] {
  return stringsOf(module).flatMap((string) => {
    const evaluated = [...string.matchAll(/(?<!\$)\$\{((?:[^{}]|\{[^{}]*\})*)\}/g)].map(([, inner = ""]) => inner);
    return evaluated.flatMap(
      (inner) => inner.replaceAll(/"(?:[^"\\]|\\.)*"/g, "").match(/\b(?:var|local|data|aws_\w+)\.[\w.]+/g) ?? [],
    );
  });
}

function isDeclared(reference: string, { variable, locals, data, resource }: Module): boolean {
  const [first = "", second = "", third = ""] = reference.split(".");
  if (first === "var") return second in variable;
  if (first === "local") return second in locals;
  return first === "data" ? third in (data[second] ?? {}) : second in (resource[first] ?? {});
}

describe.each(deployedPlans)("%s", (_, make) => {
  const planned = make();
  const module = moduleOf(planned);

  it("refers only to what it declares", () => {
    const all = references(module);
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter((reference) => !isDeclared(reference, module))).toEqual([]);
  });

  it("has the functions, the rules and the parameters of the template", () => {
    const template = parseTemplate(render(planned));
    const types = Object.values(template.Resources).map(({ Type: type }) => type);
    const count = (type: string): number => types.filter((other) => other === type).length;
    const blocks = (type: string): number => Object.keys(module.resource[type] ?? {}).length;
    expect(blocks("aws_lambda_function")).toBe(count("AWS::Serverless::Function"));
    expect(blocks("aws_iam_role")).toBe(count("AWS::IAM::Role"));
    expect(blocks("aws_lambda_permission")).toBe(count("AWS::Lambda::Permission"));
    expect(blocks("aws_lb_listener_rule")).toBe(count("AWS::ElasticLoadBalancingV2::ListenerRule"));
    expect(blocks("aws_lambda_function_url")).toBe(count("AWS::Lambda::Url"));
    expect(Object.keys(module.variable)).toEqual([...Object.keys(template.Parameters).map(variableName), "zips"]);
  });

  it("has names of at most 64 characters, whatever the stage", () => {
    const stage = "abcdefghijklmnop";
    const names = ["aws_lambda_function", "aws_iam_role"].flatMap((type) =>
      Object.values(module.resource[type] ?? {})
        .filter((body) => body.name_prefix === undefined)
        .map((body) => String(body.function_name ?? body.name)),
    );
    for (const name of names) expect(name.replace("${var.stage}", stage).length).toBeLessThanOrEqual(64);
    expect(new Set(names).size * 2).toBe(names.length);
  });

  it("is rendered the same again", () => {
    expect(text(make())).toBe(text(planned));
  });
});

it.each([
  ["terraform-http-api", { frontDoor: "http-api" }],
  ["terraform-alb", { frontDoor: "alb", auth: "jwt" }],
] as const)("is the module in the golden file %s.tf.json", async (name, deployment) => {
  await expect(text(plan(streaming, deployment))).toMatchFileSnapshot(`expected/${name}.tf.json`);
});

it("gives each role the permissions that the template gives it", () => {
  const planned = configuredPlan();
  const module = moduleOf(planned);
  const statements = Object.values(module.data.aws_iam_policy_document ?? {}).flatMap(
    ({ statement }) => statement as { actions: string[]; resources?: string[] }[],
  );
  const allowed = statements.flatMap(({ actions, resources = [] }) =>
    resources.map((on) => `${actions.join()} on ${on}`),
  );
  expect(allowed).toContain(
    "dynamodb:GetItem,dynamodb:PutItem on arn:aws:dynamodb:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:table/shelves",
  );
  expect(allowed).toContain("dynamodb:GetItem,dynamodb:PutItem on ${var.table_arn}");
  const ofFunctions = allowed.filter((line) => line.startsWith("logs:"));
  expect(new Set(ofFunctions).size).toBe(Object.keys(module.resource.aws_lambda_function ?? {}).length);
});

it("evaluates nothing of the user's", () => {
  const { environment } = Object.values(moduleOf(configuredPlan()).resource.aws_lambda_function ?? {})[0] as {
    environment: { variables: Record<string, string> };
  };
  expect(environment.variables.GREETING).toBe('"$${no}": !Ref x # {{this}}');
  expect(escapeTemplate("%{ if true }${x}")).toBe("%%{ if true }$${x}");
});

it.each([
  ["${Stage}", "${var.stage}"],
  ["$${Stage}", '${"$"}${var.stage}'],
  ["a$$${Stage}", 'a${"$$"}${var.stage}'],
  ["%${Stage}$", "%${var.stage}$"],
  ["$${x}$${AWS::Region}", '$$${x}${"$"}${data.aws_region.current.region}'],
])("keeps a dollar sign before a reference: %s", (text, template) => {
  expect(templateText(readSubstitutions(text))).toBe(template);
});

it.each([
  ["library", "library-service-get-shelf", ["library", "library-service-get-shelf"]],
  ["a".repeat(20), "f".repeat(26), ["a".repeat(20), "f".repeat(26)]],
  ["a".repeat(20), "f".repeat(27), ["a".repeat(20), expect.stringMatching(/^f{17}-[0-9a-f]{8}$/)]],
  ["a".repeat(21), "f", [expect.stringMatching(/^a{11}-[0-9a-f]{8}$/), "f"]],
])("names function %s of %s", (apiName, id, expected) => {
  expect(functionNameParts(apiName, id)).toEqual(expected);
});

it.each([
  [
    ["TableName", "tableName"],
    ["TableName", "tableName"],
  ],
  [["stage"], ["stage"]],
  [["Zips"], ["Zips"]],
  [["Stage", "TableName", "TableNames"], []],
])("refuses parameters that would be one variable: %j", (names, refused) => {
  const environment = names.map((name) => ({ name: `${name}_V`, value: { kind: "parameter" as const, name } }));
  const messages = (target: "terraform" | "sam") =>
    checkDeployment(plan(small, { target, environment }))
      .filter(({ code }) => code === "DP006")
      .map(({ message }) => message.split(" ")[1]);
  expect(messages("terraform")).toEqual(refused);
  expect(messages("sam")).toEqual([]);
});

it("reads names of parameters as words", () => {
  expect(
    ["Stage", "LogRetentionDays", "JwksEndpoint", "VpcId", "tableARN", "Version", "ForEach"].map(variableName),
  ).toEqual(["stage", "log_retention_days", "jwks_endpoint", "vpc_id", "table_arn", "version_value", "for_each_value"]);
});

it("is deployed through `small` behind a REST API with one deployment per document", () => {
  const { resource, locals } = moduleOf(plan(small, { frontDoor: "rest-api" }));
  expect(resource.aws_api_gateway_deployment?.api?.triggers).toEqual({
    document: "${sha1(jsonencode(local.document))}",
  });
  expect(Object.keys((locals.document as { paths: object }).paths)).toContain("/v1/files/{name+}");
});
