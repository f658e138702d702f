/** Permissions of a function in words: what `diff` compares, and the list of permissions shows. */
import type { FunctionResource } from "../resources/resource-model.js";
import type { Value } from "../resources/value.js";

/** `dynamodb:GetItem on arn:…`, one for each action and resource. */
export function roleGrants({ policies, managedPolicies }: FunctionResource): ReadonlySet<string> {
  const statements = policies.flatMap((policy) => policy.statements);
  return new Set([
    ...statements.flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => `${action} on ${valueText(resource)}`)),
    ),
    ...managedPolicies.map((policy) => `what ${valueText(policy)} allows`),
  ]);
}

/** A value with its references in angle brackets: `arn:<place partition>:s3:::shelves`. */
export function valueText(value: Value): string {
  if (typeof value === "string") return value;
  if (value.kind === "joined")
    return value.parts.map((part) => (typeof part === "string" ? part : `<${partText(part)}>`)).join("");
  return `<${partText(value)}>`;
}

function partText(reference: object): string {
  return Object.values(reference).join(" ");
}
