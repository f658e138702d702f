/** Logs: those of requests where the front door has to be asked, who may write them, and which stay. */
import { describe, expect, it, test } from "vitest";
import { checkDeployment } from "../../src/deploy/targets.js";
import type { Plan } from "../../src/plan/plan.js";
import { parseTemplate } from "../support/validate-template.js";
import { plan, render, small } from "./plans.js";

const own = { bucket: "own", accountRole: false } as const;

function terraform(planned: Plan) {
  return JSON.parse(render({ ...planned, deployment: { ...planned.deployment, target: "terraform" } }));
}

describe("a load balancer", () => {
  const planned = plan(small, { frontDoor: "alb", auth: "jwt", accessLogs: own });

  it("logs to a bucket that lets it write before it asks", () => {
    const { Resources: resources } = parseTemplate(render(planned));
    expect(resources.LoadBalancer).toMatchObject({ DependsOn: "AccessLogBucketPolicy" });
    expect(resources.LoadBalancer?.Properties.LoadBalancerAttributes).toContainEqual({
      Key: "access_logs.s3.prefix",
      Value: { Ref: "AWS::StackName" },
    });
    const policy = JSON.stringify(resources.AccessLogBucketPolicy?.Properties);
    expect(policy).toContain('"Principal":{"Service":"logdelivery.elasticloadbalancing.amazonaws.com"}');
    expect(policy).toContain("${AccessLogBucket.Arn}/${AWS::StackName}/AWSLogs/${AWS::AccountId}/*");
    // Encryption by a key of KMS is what the delivery of these logs cannot do.
    expect(JSON.stringify(resources.AccessLogBucket?.Properties)).toContain('"SSEAlgorithm":"AES256"');
  });

  it("does so by Terraform", () => {
    const { resource, data } = terraform(planned);
    expect(resource.aws_lb.api).toMatchObject({
      access_logs: { enabled: true, bucket: "${aws_s3_bucket.access_logs.id}", prefix: "${local.name}" },
      depends_on: ["aws_s3_bucket_policy.access_logs"],
    });
    expect(data.aws_iam_policy_document.access_logs.statement).toHaveLength(2);
  });
});

test("a REST API that logs by the account's role waits for it, and both stay", () => {
  const planned = plan(small, { frontDoor: "rest-api", accessLogs: { bucket: "own", accountRole: true } });
  const { Resources: resources, Parameters: parameters } = parseTemplate(render(planned));
  expect(parameters.AccessLogs).toMatchObject({ Default: "on" });
  expect(resources.RestApi).toMatchObject({ DependsOn: "ApiGatewayAccount" });
  expect(resources.ApiGatewayAccount).toMatchObject({ DeletionPolicy: "Retain" });
  expect(resources.ApiGatewayLogRole).toMatchObject({ DeletionPolicy: "Retain" });
  expect(terraform(planned).resource.aws_api_gateway_stage.api.depends_on).toEqual(["aws_api_gateway_account.logs"]);
});

describe.each([
  ["none", "Delete", "Delete"],
  ["access", "Retain", "Delete"],
  ["all", "Retain", "Retain"],
] as const)("keepLogs: %s", (keepLogs, access, functions) => {
  const planned = plan(small, { keepLogs });
  it("keeps them, under names that no later stack of the name takes", () => {
    const { Resources: resources } = parseTemplate(render(planned));
    const groups = [resources.ApiAccessLogs, resources.LibraryServiceGetShelfLogGroup];
    expect(groups.map((group) => (group as unknown as { DeletionPolicy: string }).DeletionPolicy)).toEqual([
      access,
      functions,
    ]);
    const named = groups.map((group) => JSON.stringify(group?.Properties.LogGroupName).includes("${Suffix}"));
    expect(named).toEqual([true, functions === "Retain"]);
  });
  it("is said to Terraform", () => {
    const groups = terraform(planned).resource.aws_cloudwatch_log_group;
    expect([groups.api_access.skip_destroy, groups.library_service_get_shelf.skip_destroy]).toEqual([
      access === "Retain" ? true : undefined,
      functions === "Retain" ? true : undefined,
    ]);
  });
});

test.each([
  [{ frontDoor: "function-url", functions: { kind: "single" }, accessLogs: own }, "a Lambda Function URL logs no"],
  [{ frontDoor: "alb", auth: "jwt", loadBalancer: "existing", accessLogs: own }, "the load balancer exists already"],
  [{ accessLogs: { bucket: "own", accountRole: true } }, "only REST APIs log by the role"],
  [{ accessLogs: own }, undefined],
] as const)("%j: %s", (settings, message) => {
  const findings = checkDeployment(plan(small, settings)).map((finding) => `${finding.code} ${finding.message}`);
  if (message === undefined) expect(findings).toEqual([]);
  else expect(findings).toEqual([expect.stringMatching(new RegExp(`^DP030 .*${message}`))]);
});
