/** The SAM template as a whole: what SAM's schema, the linter and golden files say of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import type { AuthenticationKind } from "../../src/front-door/front-door.js";
import { countResources } from "../../src/deploy/cloudformation/stack-target.js";
import { buildTemplate } from "../../src/deploy/cloudformation/template.js";
import { buildResources } from "../../src/deploy/resources/build-resources.js";
import { samDialect } from "../../src/deploy/sam/sam-dialect.js";
import { checkDeployment } from "../../src/deploy/targets.js";
import { renderDeployment } from "./render-deployment.js";
import type { FrontDoorId } from "../../src/front-door/front-door-id.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { parseTemplate, validateSam } from "../support/validate-template.js";
import { deployedPlans } from "./deployed-plans.js";
import { lintTemplate } from "./template-linter.js";
import { hostilePlan, largePayloads, plan, render, small, streaming } from "./plans.js";

const samSchemaMissing = validateSam("") === undefined;
if (samSchemaMissing) console.log("skipped: SAM's JSON schema is not beside this checkout");

describe.each(deployedPlans)("%s", (_, make) => {
  const template = render(make());

  it.skipIf(samSchemaMissing)("passes SAM's schema", () => {
    expect(validateSam(template)).toEqual([]);
  });

  it("passes the linter", () => {
    expect(lintTemplate(parseTemplate(template))).toEqual([]);
  });

  it("is rendered the same again", () => {
    expect(render(make())).toBe(template);
  });
});

it.each<[string, Partial<PlanOptions["deployment"]>]>([
  ["small", {}],
  ["rest-api", { frontDoor: "rest-api" }],
  ["alb", { frontDoor: "alb", auth: "jwt" }],
  ["function-url", { frontDoor: "function-url" }],
])("is the template in the golden file %s.yaml", async (name, deployment) => {
  await expect(render(plan(name === "small" ? small : streaming, deployment))).toMatchFileSnapshot(
    `expected/${name}.yaml`,
  );
});

it.each<[title: string, from: string | RegExp, to: string, expected: string, by?: "sam" | "grpc2lambda"]>([
  ["wildcards", "Action: [logs:CreateLogStream, logs:PutLogEvents]", 'Action: "logs:*"', "action logs:*"],
  ["resources", /Resource: !GetAtt \w+LogGroup.Arn/, 'Resource: "*"', "logs:CreateLogStream,logs:PutLogEvents on *"],
  ["a shared role", "!GetAtt LibraryServiceDownloadRole.Arn", "!GetAtt LibraryServiceAnythingRole.Arn", "shares"],
  ["logs for ever", "RetentionInDays: !Ref LogRetentionDays", "RetentionInDays: 1", "kept for ever"],
  [
    "a second permission",
    "FunctionName: !Ref LibraryServiceDownloadFunction",
    "FunctionName: !Ref LibraryServiceAnythingFunction",
    "2 permissions",
  ],
  ["equal routes", '"/v1/files":', '"/v1/shelves/{other}":', "twice"],
  ["a route to nowhere", "{LibraryServiceDownloadFunction.Arn}", "{Nothing.Arn}", "no function"],
  ["a shared zip", "lambda/library-service-download.zip", "lambda/library-service-anything.zip", "another function's"],
  ["sources in place of a zip", "build/lambda/library-service-download.zip", "./", "nothing bundles"],
  ["sources in maps", 'SourcesContent: "false"', "SourcesContent: false", "sources in its map", "sam"],
  ["a zip to bundle", 'CodeUri: "./"', 'CodeUri: "x.zip"', "sam build would bundle", "sam"],
])("the linter sees %s", (_, from, to, expected, by = "grpc2lambda") => {
  const template = render(plan(small, {}, { build: { by } }));
  const broken = template.replace(from, () => to);
  expect(broken).not.toBe(template);
  expect(lintTemplate(parseTemplate(broken)).join("\n")).toContain(expected);
});

it.each([
  ["a second stage", '      OpenApiVersion: "3.0.1"\n', "", "a second stage"],
  ["calls from any stage", "${RestApi}/${Stage}/*", "${RestApi}/*/*", "every stage may call"],
])("the linter sees %s of a REST API", (_, from, to, expected) => {
  const template = render(plan(small, { frontDoor: "rest-api" }));
  const broken = template.replaceAll(from, () => to);
  expect(broken).not.toBe(template);
  expect(lintTemplate(parseTemplate(template))).toEqual([]);
  expect(lintTemplate(parseTemplate(broken)).join("\n")).toContain(expected);
});

it("keeps a comment from becoming anything but a description", () => {
  const template = parseTemplate(render(hostilePlan()));
  const description = String(template.Resources.HttpApiFunction?.Properties.Description);
  expect(description).toMatch(
    /^"quotes" 'and' \{resolve:secretsmanager:password\} \{AWS::StackName\} #: - !Ref x \ufffd \{this\} long/,
  );
  expect([...description]).toHaveLength(256);
});

it("points at the zip from the template's folder", () => {
  const layout = { outDir: "src/gen", handlersDir: "h", template: "deploy/aws/template.yaml", zips: "build/lambda" };
  const planned = plan(small, {}, { layout });
  expect(renderDeployment(planned).map((file) => file.path)).toEqual(["deploy/aws/template.yaml"]);
  const { Resources: resources } = parseTemplate(render(planned));
  const { Properties: properties, Metadata: metadata } = resources.LibraryServiceGetShelfFunction ?? {};
  expect(properties).toMatchObject({
    CodeUri: "../../build/lambda/library-service-get-shelf.zip",
    Handler: "library-service-get-shelf.handler",
  });
  expect(metadata?.BuildMethod).toBeUndefined();
});

it("points at the project's root if sam build bundles", () => {
  const layout = { outDir: "src/gen", handlersDir: "h", template: "deploy/aws/template.yaml", zips: "build/lambda" };
  const planned = plan(small, {}, { layout, build: { by: "sam" } });
  expect(renderDeployment(planned).map((file) => file.path)).toEqual(["deploy/aws/template.yaml"]);
  const { Resources: resources } = parseTemplate(render(planned));
  const { Properties: properties, Metadata: metadata } = resources.LibraryServiceGetShelfFunction ?? {};
  expect(properties).toMatchObject({ CodeUri: "../../", Handler: "library-service-get-shelf.handler" });
  expect(metadata).toMatchObject({
    BuildMethod: "esbuild",
    BuildProperties: { EntryPoints: ["src/gen/functions/library-service-get-shelf.ts"], Format: "esm" },
  });
});

it("builds with the properties that the template gives to esbuild, CommonJS packages included", async () => {
  const root = mkdtempSync(join(tmpdir(), "sam-build-"));
  try {
    const bySam = plan(small, {}, { build: { by: "sam" } });
    const resource = parseTemplate(render(bySam)).Resources.LibraryServiceGetShelfFunction;
    const properties = resource?.Metadata?.BuildProperties as BuildProperties;
    mkdirSync(join(root, "gen/functions"), { recursive: true });
    writeFileSync(join(root, "gen/common.cjs"), 'module.exports = { eol: require("node:os").EOL };');
    for (const entry of properties.EntryPoints)
      writeFileSync(join(root, entry), 'import common from "../common.cjs"; export const handler = () => common.eol;');
    await build({
      absWorkingDir: root,
      entryPoints: [...properties.EntryPoints],
      outdir: "out",
      bundle: true,
      platform: "node",
      format: properties.Format,
      target: properties.Target,
      minify: properties.Minify,
      mainFields: properties.MainFields.split(","),
      outExtension: Object.fromEntries(properties.OutExtension.map(keyAndValue)),
      banner: Object.fromEntries(properties.Banner.map(keyAndValue)),
      logLevel: "error",
    });
    const [module = "", name = ""] = String(resource?.Properties.Handler).split(".");
    const bundle = await import(pathToFileURL(join(root, "out", `${module}.mjs`)).href);
    expect(bundle[name]()).toBe("\n");
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

interface BuildProperties {
  readonly EntryPoints: readonly string[];
  readonly Format: "esm";
  readonly Target: string;
  readonly Minify: boolean;
  readonly MainFields: string;
  readonly OutExtension: readonly string[];
  readonly Banner: readonly string[];
}

/** `js=text`, as SAM takes it. */
function keyAndValue(pair: string): [string, string] {
  const at = pair.indexOf("=");
  const key = pair.slice(0, at);
  return [key, pair.slice(at + 1)];
}

it.each<[FrontDoorId, auth: AuthenticationKind, bySam: number]>([
  ["http-api", "iam", 1], // the stage
  ["rest-api", "iam", 2], // the stage and its deployment
  ["alb", "jwt", 0],
  ["function-url", "iam", 0],
  ["function-url", "none", 0],
])("counts what SAM makes of the template of %s, %s", (frontDoor, auth, bySam) => {
  for (const more of [{}, { largePayloads }]) {
    const planned = plan(small, { frontDoor, auth, ...more });
    const written = Object.keys(parseTemplate(render(planned)).Resources).length;
    const dialect = samDialect("./");
    expect(
      countResources(buildTemplate(buildResources(planned), dialect), dialect.additional(buildResources(planned))),
    ).toBe(written + bySam);
  }
});

it("has nothing to say of a plan that fits", () => {
  expect(checkDeployment(plan(small))).toEqual([]);
});

it.each([
  [33_554_432, []],
  [33_554_433, ["set deployment.compression.maxBytes to 33554432, or deployment.memorySize to 129"]],
])("compares what bodies inflate to, %s bytes, with the memory", (maxBytes, expected) => {
  const found = checkDeployment(plan(small, { memorySize: 128, compression: { maxBytes } }));
  expect(found.map(({ code, help }) => (code === "DP015" ? help : code))).toEqual(expected);
});

const albRules = { frontDoor: "alb", auth: "none" } as const;

it.each<
  [title: string, deployment: Partial<PlanOptions["deployment"]>, from: string | RegExp, to: string, expected: string]
>([
  ["equal priorities", albRules, /Priority: \d+/g, "Priority: 7", "priority 7 twice"],
  [
    "many paths",
    albRules,
    "            RegexValues:",
    "            RegexValues: [a, b, c, d]\n            Old:",
    "4 paths",
  ],
  ["long paths", albRules, "^/v1/files", `^/v1/${"f".repeat(130)}`, "142 characters"],
  ["a pattern with regex characters", albRules, '"/v1/anything"', '"/v1/[any]"', "characters"],
  [
    "single values",
    albRules,
    'multi_value_headers.enabled, Value: "true"',
    'multi_value_headers.enabled, Value: "false"',
    "single values",
  ],
  [
    "a target before its permission",
    albRules,
    /DependsOn: \w+/,
    "UpdateReplacePolicy: Delete",
    "before its permission",
  ],
  [
    "two variables below a resource",
    { frontDoor: "rest-api" },
    '"/v1/files/{name+}"',
    '"/v1/shelves/{other+}"',
    "two variables",
  ],
  ["an open URL", { frontDoor: "function-url" }, "AuthType: AWS_IAM", "AuthType: NONE", "0 permissions"],
])("the linter sees %s", (_, deployment, from, to, expected) => {
  const template = render(plan(small, deployment));
  const broken = template.replace(from, () => to);
  expect(broken).not.toBe(template);
  expect(lintTemplate(parseTemplate(broken)).join("\n")).toContain(expected);
});
