/** The configuration's environment and policies in the SAM template. */
import { expect, it } from "vitest";
import { parseTemplate } from "../support/validate-template.js";
import { configuredPlan, render } from "./plans.js";

it("writes environment and policies of the configuration, and declares the parameters they name", () => {
  const { Parameters: parameters, Resources: resources, Globals: globals } = parseTemplate(render(configuredPlan()));
  expect(Object.keys(parameters).slice(-4)).toEqual(["SubnetIds", "SecurityGroupIds", "TableArn", "TableName"]);
  expect(globals.Function).toMatchObject({
    Environment: {
      Variables: {
        STAGE: { Ref: "Stage" },
        TABLE: { Ref: "TableName" },
        BUCKET: { "Fn::Sub": "books-${AWS::AccountId}-${Stage}-${!other}" },
        GREETING: '"${no}": !Ref x # {{this}}',
      },
    },
    VpcConfig: { SubnetIds: { Ref: "SubnetIds" }, SecurityGroupIds: { Ref: "SecurityGroupIds" } },
  });
  expect(resources.LibraryServiceGetShelfFunction?.Properties.Environment).toEqual({ Variables: { TABLE: "rooms" } });
  const { Policies: policies, ManagedPolicyArns: managed } = resources.LibraryServiceGetShelfRole?.Properties ?? {};
  expect(managed).toEqual(["arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess"]);
  expect((policies as object[])[1]).toEqual({
    PolicyName: "configured",
    PolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
          Resource: [
            { "Fn::Sub": "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/shelves" },
            { Ref: "TableArn" },
          ],
        },
      ],
    },
  });
});

it("is the template of a configured API in the golden file", async () => {
  await expect(render(configuredPlan())).toMatchFileSnapshot("expected/configured.yaml");
});
