/** The resource policy of a REST API: who reaches it at all. */
import { askedOf } from "../../plan/auth/auth-groups.js";
import type { AllowPlan, Plan, TemplateValue } from "../../plan/plan.js";
import { type Document, type DocumentMembers, noted } from "./document.js";
import { settingValue } from "./statements.js";
import { join, place, type Value } from "./value.js";

/**
 * A policy for OpenAPI; undefined where everybody reaches the API. With signed requests it lets in principals of accounts, never everybody:
 * that would stand for the permission that callers have to have.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
export function accessPolicy(plan: Plan): Document | undefined {
  const { allow, endpoint } = plan.deployment;
  if (allow === undefined) return undefined;
  const isSigned = askedOf(plan).some(({ kind }) => kind === "iam");
  const principal = isSigned ? { AWS: accountsOf(allow) } : "*";
  const address = endpoint === "private" ? "aws:VpcSourceIp" : "aws:SourceIp";
  // Preflights carry no signature.
  const hasPreflights = isSigned && plan.unrouted.routes.some(({ open }) => open);
  return noted("Who reaches the API at all: callers whom one statement lets in and no other keeps out.", {
    Version: "2012-10-17",
    Statement: [
      statement("Allow", principal),
      ...(hasPreflights ? [{ ...statement("Allow", "*"), Resource: "execute-api:/*/OPTIONS/*" }] : []),
      ...denials("StringNotEquals", "aws:SourceVpce", allow.vpcEndpoints),
      ...denials("NotIpAddress", address, allow.sourceIps),
    ],
  });
}

function accountsOf({ accounts }: AllowPlan): Value[] {
  const ids = accounts === undefined ? [place("account")] : accounts.map(settingValue);
  return ids.map((id) => join`arn:${place("partition")}:iam::${id}:root`);
}

function denials(operator: string, key: string, values: readonly TemplateValue[] | undefined): DocumentMembers[] {
  if (values === undefined) return [];
  return [{ ...statement("Deny", "*"), Condition: { [operator]: { [key]: values.map(settingValue) } } }];
}

function statement(effect: "Allow" | "Deny", principal: Document): DocumentMembers {
  return { Effect: effect, Principal: principal, Action: "execute-api:Invoke", Resource: "execute-api:/*" };
}
