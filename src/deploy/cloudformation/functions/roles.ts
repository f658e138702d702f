/** The role of a function. */
import { type Document, inline, noted } from "../../resources/document.js";
import { roleSkips } from "../../skips/function-skips.js";
import { tagList } from "../function-settings.js";
import { metadata } from "../metadata.js";
import type { FunctionResource, RolePolicy, SharedSettings, Statement } from "../../resources/resource-model.js";

/** A role with exact permissions, for one function. */
export function roleResource(
  { policies, managedPolicies }: FunctionResource,
  { roles, tags }: SharedSettings,
): Document {
  return {
    Type: "AWS::IAM::Role",
    Metadata: metadata(roleSkips({ policies })),
    Properties: {
      Path: roles.path,
      PermissionsBoundary: roles.permissionsBoundary,
      Tags: tagList(tags),
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: inline({ Service: "lambda.amazonaws.com" }), Action: "sts:AssumeRole" },
        ],
      },
      Policies: policies.map(policyMember),
      ManagedPolicyArns: managedPolicies.length === 0 ? undefined : managedPolicies,
    },
  };
}

function policyMember({ name, statements }: RolePolicy): Document {
  return { PolicyName: name, PolicyDocument: { Version: "2012-10-17", Statement: statements.map(statementMember) } };
}

/** A statement as IAM reads it. */
export function statementMember({ actions, resources, note }: Statement): Document {
  const [only, ...others] = resources;
  const member: Document = {
    Effect: "Allow",
    Action: actions,
    Resource: only !== undefined && others.length === 0 ? only : resources,
  };
  return note === undefined ? member : noted(note, member);
}
