/** Environment, policies and parameters of the configuration as the SAM template writes them. */
import { compareText } from "../../diagnostics.js";
import type { EnvironmentVariable, Plan, Policy, TemplateValue } from "../../plan/plan.js";
import { yamlString } from "./yaml-text.js";

/** Scalars are YAML text already. */
export interface VariableView {
  readonly name: string;
  readonly value: string;
}

/** A statement of an inline policy. */
export interface StatementView {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** The substitutions in `${}` that texts of the configuration may have. */
const substitution = /\$\{(AWS::(?:AccountId|Partition|Region|StackName|URLSuffix)|Stage)\}/;

/** `"text"`, `!Sub "text with ${AWS::Region}"` or `!Ref Name`. */
export function valueView(value: TemplateValue): string {
  switch (value.kind) {
    case "parameter":
      return `!Ref ${value.name}`;
    case "text": {
      if (!substitution.test(value.text)) return yamlString(value.text);
      const parts = value.text.split(new RegExp(substitution, "g"));
      const text = parts.map((part, at) => (at % 2 === 1 ? `\${${part}}` : part.replaceAll("${", "${!"))).join("");
      return `!Sub ${yamlString(text)}`;
    }
    default:
      return value satisfies never;
  }
}

/** Variables in their order. */
export function variableViews(environment: readonly EnvironmentVariable[]): VariableView[] {
  return environment.map(({ name, value }) => ({ name, value: valueView(value) }));
}

/** Statements in their order. */
export function statementViews(policies: readonly Policy[]): StatementView[] {
  return policies.flatMap((policy) =>
    policy.kind === "statement"
      ? [{ actions: policy.actions.map(yamlString), resources: policy.resources.map(valueView) }]
      : [],
  );
}

/** ARNs of the managed policies in their order. */
export function managedPolicyViews(policies: readonly Policy[]): string[] {
  return policies.flatMap((policy) => (policy.kind === "managed" ? [valueView(policy.arn)] : []));
}

/** Names of the parameters that the configuration refers to, sorted. */
export function namedParameters({ deployment, functions }: Pick<Plan, "deployment" | "functions">): string[] {
  const values = [deployment, ...functions].flatMap(({ environment, policies }) => [
    ...environment.map(({ value }) => value),
    ...policies.flatMap((policy) => (policy.kind === "managed" ? [policy.arn] : policy.resources)),
  ]);
  const names = values.flatMap((value) => (value.kind === "parameter" ? [value.name] : []));
  return [...new Set(names)].sort(compareText);
}
