/** The plain CloudFormation template: what golden files say of it, and that it holds what the SAM template holds. */
import { describe, expect, it } from "vitest";
import { renderDeployment } from "./render-deployment.js";
import { parseTemplate, type TemplateResource } from "../support/validate-template.js";
import { deployedPlans } from "./deployed-plans.js";
import { forCloudFormation, plan, render, small, streaming } from "./plans.js";

/** Resources of types that SAM has in its own form, and those that stand for them in the plain template. */
const transformed = /^AWS::(?:Serverless|Lambda::Function|ApiGateway|ApiGatewayV2)/;

/** The resources that both targets write down alike, but for the name of the stage that SAM makes of an API. */
function others(template: string): Record<string, TemplateResource> {
  const { Resources: resources } = parseTemplate(template.replaceAll(/!Sub \$\{(\w+)\.Stage\}/g, "!Ref $1Stage"));
  return Object.fromEntries(Object.entries(resources).filter(([, { Type: type }]) => !transformed.test(type)));
}

/** Function properties of a SAM template with its globals, under the names of Lambda. */
function samFunctions(template: string): Record<string, unknown> {
  const { Globals: globals, Resources: resources } = parseTemplate(template);
  const shared = globals.Function as Record<string, Record<string, Record<string, unknown>>>;
  const functions = Object.entries(resources).filter(([, { Type: type }]) => type === "AWS::Serverless::Function");
  return Object.fromEntries(
    functions.map(([id, { Properties: own }]) => {
      const { CodeUri: _, Environment: variables, LoggingConfig: logging, DeadLetterQueue: queue, ...rest } = own;
      const { Tracing: mode, Tags: tags, Environment: sharedVariables, LoggingConfig: sharedLogging, ...more } = shared;
      const { Variables: values } = (variables ?? { Variables: {} }) as { Variables: object };
      const properties = {
        ...more,
        ...rest,
        // SAM has a map of tags, Lambda a list.
        ...(tags === undefined ? {} : { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
        ...(queue === undefined
          ? {}
          : { DeadLetterConfig: { TargetArn: (queue as { TargetArn: unknown }).TargetArn } }),
        TracingConfig: { Mode: mode },
        Environment: { Variables: { ...sharedVariables?.Variables, ...values } },
        LoggingConfig: { ...sharedLogging, ...(logging as object) },
      };
      return [id, properties];
    }),
  );
}

function plainFunctions(template: string): Record<string, unknown> {
  const functions = Object.entries(parseTemplate(template).Resources).filter(
    ([, { Type: type }]) => type === "AWS::Lambda::Function",
  );
  return Object.fromEntries(
    functions.map(([id, { Properties: properties }]) => {
      const { Code: code, ...rest } = properties;
      expect(code).toMatch(/^(?:\.\.\/)*build\/lambda\/[a-z0-9-]+\.zip$/);
      return [id, rest];
    }),
  );
}

/** OpenAPI documents of a template. */
function documents(template: string): unknown[] {
  return Object.values(parseTemplate(template).Resources).flatMap(({ Properties: { Body, DefinitionBody } }) =>
    Body === undefined && DefinitionBody === undefined ? [] : [Body ?? DefinitionBody],
  );
}

describe.each(deployedPlans)("%s", (_, make) => {
  const planned = make();
  const template = render(forCloudFormation(planned));

  it("holds what the SAM template holds", () => {
    const sam = render(planned);
    expect(others(template)).toEqual(others(sam));
    expect(plainFunctions(template)).toEqual(samFunctions(sam));
    expect(documents(template)).toEqual(documents(sam));
    expect(parseTemplate(template).Parameters).toEqual(parseTemplate(sam).Parameters);
    expect(parseTemplate(template).Outputs).toEqual(parseTemplate(sam).Outputs);
  });
});

it.each([
  ["cloudformation-http-api", { frontDoor: "http-api" }],
  ["cloudformation-rest-api", { frontDoor: "rest-api" }],
] as const)("is the template in the golden file %s.yaml", async (name, deployment) => {
  await expect(render(forCloudFormation(plan(streaming, deployment)))).toMatchFileSnapshot(`expected/${name}.yaml`);
});

it("deploys a REST API again when its document changes, and only then", () => {
  const deployments = [small, small, streaming].map((source) => {
    const { Resources: resources } = parseTemplate(render(forCloudFormation(plan(source, { frontDoor: "rest-api" }))));
    return Object.keys(resources).filter((id) => resources[id]?.Type === "AWS::ApiGateway::Deployment");
  });
  const [first, same, other] = deployments;
  expect(first).toHaveLength(1);
  expect(same).toEqual(first);
  expect(other).not.toEqual(first);
});

it("names zips from the template's folder", () => {
  const layout = { outDir: "src/gen", handlersDir: "h", template: "deploy/aws/template.yaml", zips: "build/lambda" };
  const [file] = renderDeployment(forCloudFormation(plan(small, {}, { layout })));
  expect(file?.path).toBe("deploy/aws/template.yaml");
  const { Resources: resources } = parseTemplate(file?.content ?? "");
  expect(resources.LibraryServiceGetShelfFunction?.Properties.Code).toBe(
    "../../build/lambda/library-service-get-shelf.zip",
  );
});
