/** Skips of scanners in templates: each with a reason, and none for what the configuration sets. */
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { DeploymentPlan } from "../../src/plan/plan.js";
import { plan, render, small } from "./plans.js";
import { renderDeployment } from "./render-deployment.js";

interface Skipped {
  readonly checkov?: { readonly skip: readonly { readonly id: string; readonly comment: string }[] };
  readonly cdk_nag?: { readonly rules_to_suppress: readonly { readonly id: string; readonly reason: string }[] };
}

/** Ids that a resource skips, with the reasons. */
function skipsOf(id: string, deployment: Partial<DeploymentPlan> = {}): Record<string, string> {
  const template = parse(render(plan(small, deployment)), { logLevel: "silent" }) as {
    readonly Resources: Record<string, { readonly Metadata?: Skipped }>;
  };
  const { checkov, cdk_nag: cdkNag } = template.Resources[id]?.Metadata ?? {};
  return Object.fromEntries([
    ...(checkov?.skip ?? []).map((each) => [each.id, each.comment]),
    ...(cdkNag?.rules_to_suppress ?? []).map((each) => [each.id, each.reason]),
  ]);
}

test("a function skips what it does not do by default, with a reason each", () => {
  expect(skipsOf("LibraryServiceGetShelfFunction")).toEqual({
    CKV_AWS_115: "Shares the account's concurrency: deployment.reservedConcurrency bounds it.",
    CKV_AWS_116: "Callers wait for the answer: no event can be lost.",
    CKV_AWS_117: "Reaches no private network: deployment.vpc puts it into one.",
    CKV_AWS_173: "Lambda encrypts variables with its own key: deployment.kmsKey is yours.",
    "Serverless-LambdaDLQ": "Callers wait for the answer: no event can be lost.",
  });
});

const kmsKey = { kind: "parameter", name: "KeyArn" } as const;

test.each<[setting: string, resource: string, deployment: Partial<DeploymentPlan>, check: string]>([
  ["reservedConcurrency", "LibraryServiceGetShelfFunction", { reservedConcurrency: 0 }, "CKV_AWS_115"],
  ["vpc", "LibraryServiceGetShelfFunction", { vpc: true }, "CKV_AWS_117"],
  ["deadLetterQueue", "LibraryServiceGetShelfFunction", { deadLetterQueue: { kind: "own" } }, "CKV_AWS_116"],
  ["deadLetterQueue", "LibraryServiceGetShelfFunction", { deadLetterQueue: { kind: "own" } }, "Serverless-LambdaDLQ"],
  ["kmsKey", "LibraryServiceGetShelfFunction", { kmsKey }, "CKV_AWS_173"],
  ["logKmsKey", "LibraryServiceGetShelfLogGroup", { logKmsKey: kmsKey }, "CKV_AWS_158"],
  ["logKmsKey", "ApiAccessLogs", { logKmsKey: kmsKey }, "CKV_AWS_158"],
  ["waf", "RestApi", { frontDoor: "rest-api", waf: kmsKey }, "AwsSolutions-APIG3"],
])("with %s set, %s no longer skips its check", (_, resource, deployment, check) => {
  expect(skipsOf(resource, deployment)).not.toHaveProperty(check);
  const { frontDoor = "http-api" } = deployment;
  expect(skipsOf(resource, { frontDoor })).toHaveProperty(check);
});

test("a stage with a cache does not say that nothing is cached", () => {
  const cached = { frontDoor: "rest-api", auth: { kind: "none" }, cache: { seconds: 60 } } as const;
  expect(skipsOf("RestApi", { frontDoor: "rest-api" })).toHaveProperty("CKV_AWS_120", "Answers are not cached.");
  expect(skipsOf("RestApi", cached)).toHaveProperty("CKV_AWS_120", "Only routes with the setting cache are cached.");
});

test("a role says which wildcards it has, and in a VPC those of its network interfaces", () => {
  expect(skipsOf("LibraryServiceGetShelfRole")).toEqual({
    "AwsSolutions-IAM5": "Traces have no ARN to name.",
    "Serverless-LambdaStarPermissions": "Traces have no ARN to name.",
  });
  expect(skipsOf("LibraryServiceGetShelfRole", { vpc: true })).toHaveProperty(
    "CKV_AWS_111",
    "Traces and network interfaces have no ARN to name.",
  );
});

test.each(["dynamodb:*", "arn:aws:dynamodb:*:*:table/shelves"])(
  "scanners see a wildcard of the user's own: %s",
  (text) => {
    const [actions, resources] = text.startsWith("arn:") ? ["dynamodb:GetItem", text] : [text, "arn:aws:s3:::shelves"];
    const statement = {
      kind: "statement",
      actions: [actions],
      resources: [{ kind: "text", text: resources }],
    } as const;
    expect(skipsOf("LibraryServiceGetShelfRole", { policies: [statement] })).toEqual({});
  },
);

/** The text of a small file beside a module. */
function beside(ending: string, deployment: Partial<DeploymentPlan> = {}): string {
  const files = renderDeployment(plan(small, { target: "terraform", ...deployment }));
  return files.find(({ path }) => path.endsWith(ending))?.content ?? "";
}

test("a module has its checks that checkov skips in a file, each below its reasons", () => {
  const settings = beside(".checkov.yaml");
  expect(parse(settings)).toEqual({
    "skip-check": ["CKV_AWS_115", "CKV_AWS_116", "CKV_AWS_117", "CKV_AWS_173", "CKV_AWS_272", "CKV_AWS_158"],
  });
  expect(settings).toContain("  # Callers wait for the answer: no event can be lost.\n  - CKV_AWS_116\n");
  expect(parse(beside(".checkov.yaml", { vpc: true }))["skip-check"]).toContain("CKV_AWS_111");
});

test("a wildcard of the user's own ends the skip of all roles of a module", () => {
  const policy = { kind: "statement", actions: ["dynamodb:*"], resources: [{ kind: "text", text: "*" }] } as const;
  const settings = beside(".checkov.yaml", { vpc: true, policies: [policy] });
  expect(parse(settings)["skip-check"]).not.toContain("CKV_AWS_111");
});

test("a module asks for its version of Terraform", () => {
  expect(beside(".versions.tf")).toMatch(/^# Code generated by grpc2lambda\b[\s\S]*required_version = ">= 1\.5"/);
});
