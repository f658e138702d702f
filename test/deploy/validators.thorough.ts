/** Templates of every deployment in the hands of CloudFormation's own validator, which takes four seconds to start. */
import { describe, expect, it } from "vitest";
import { validateCloudFormation, validateSam } from "../support/validate-template.js";
import { deployedPlans } from "./deployed-plans.js";
import { forCloudFormation, plan, render, small } from "./plans.js";

/**
 * The ARN of a target group that the permission has to precede is put together from region, account and stack id. The validator fills
 * these in and then takes the ARN for one that was written out.
 */
const falseAlarm =
  "WARN W9002 Properties.SourceArn: Property 'SourceArn' has a hardcoded ARN - use Ref, GetAtt, or a parameter instead";

/** The template after `aws cloudformation package`, which uploads the zips. */
function packaged(template: string): string {
  return template.replaceAll(/^( +)Code: (\S+)$/gm, "$1Code: { S3Bucket: code-of-the-api, S3Key: $2 }");
}

describe.each(deployedPlans)("%s", (_, make) => {
  const planned = make();

  it.each([
    ["sam", render(planned)],
    ["cloudformation", packaged(render(forCloudFormation(planned)))],
  ])("passes without a warning, as a template of %s", (_, template) => {
    expect(validateCloudFormation(template).filter((finding) => finding !== falseAlarm)).toEqual([]);
  });
});

it.each<[title: string, from: string, to: string, expected: RegExp]>([
  ["an unknown property", "RetentionInDays: !Ref", "RetentionDays: !Ref", /RetentionDays/],
  ["a dangling reference", "!GetAtt ApiAccessLogs.Arn", "!GetAtt ApiLogs.Arn", /ApiLogs/],
  ["a runtime that is gone", "nodejs24.x", "nodejs16.x", /nodejs16/],
])("the validators see %s", (_, from, to, expected) => {
  const template = render(plan(small));
  expect(template).toContain(from);
  const broken = template.replaceAll(from, to);
  expect([...validateCloudFormation(broken), ...(validateSam(broken) ?? [])].join("\n")).toMatch(expected);
});

it.each([
  ["an unknown property", "TracingConfig:", "Tracing:", /Tracing/],
  ["a dangling reference", "ApiId: !Ref HttpApi", "ApiId: !Ref Api", /Api/],
])("the validator sees %s in a plain template", (_, from, to, expected) => {
  const template = packaged(render(forCloudFormation(plan(small))));
  const broken = template.replaceAll(from, to);
  expect(broken).not.toBe(template);
  expect(validateCloudFormation(broken).join("\n")).toMatch(expected);
});
