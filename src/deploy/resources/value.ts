/** Values that are known in full only when the API is deployed. No target's syntax is in them. */

/** Text, a reference, or both joined. Text stands for itself, whatever characters it has. */
export type Value = string | Reference | Joined;

/** Something that the deployment knows. */
export type Reference =
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "place"; readonly of: Place }
  /** A part of the function with this `FunctionPlan.id`. */
  | { readonly kind: "function"; readonly id: string; readonly part: FunctionPart }
  /** The HTTP API or REST API. */
  | { readonly kind: "apiId" }
  /** The bucket of large payloads that is made here. */
  | { readonly kind: "bucket"; readonly fact: "name" | "arn" }
  /** The queue for events that failed that is made here. */
  | { readonly kind: "deadLetterQueue"; readonly fact: "name" | "arn" }
  /** The name at the end of the ARN that a parameter has: `failed` of `arn:aws:sqs:eu-central-1:123456789012:failed`. */
  | { readonly kind: "nameInArn"; readonly parameter: string }
  /** The part of the load balancer's ARN that its metrics have: `app/library/0123456789abcdef`. */
  | { readonly kind: "loadBalancer" }
  /** Eight characters that tell the copies of an API in one account apart. */
  | { readonly kind: "suffix" };

/** The meaning of a reference to a function. `arn`: what was deployed last; `aliasArn`: the version that is released. */
export type FunctionPart = "arn" | "aliasArn" | "name" | "logGroupArn";

/** A fact about the place of the deployment. `stack` is the name of the deployment as a whole. */
export type Place = "account" | "partition" | "region" | "stack" | "urlSuffix";

/** Texts and references, one after the other. */
export interface Joined {
  readonly kind: "joined";
  readonly parts: readonly (string | Reference)[];
}

/** Joins the parts of a template string: ``join`arn:${place("partition")}:s3:::${bucket}` ``. */
export function join(texts: TemplateStringsArray, ...values: readonly Value[]): Value {
  const parts = texts.flatMap((text, at) => [text, ...partsOf(values[at] ?? "")]);
  return simplify(parts.filter((part) => part !== ""));
}

/** The parts of a value, in their order. */
export function partsOf(value: Value): readonly (string | Reference)[] {
  if (typeof value === "string") return [value];
  return value.kind === "joined" ? value.parts : [value];
}

/** Puts values together, one after the other. */
export function concatenate(values: readonly Value[]): Value {
  return simplify(values.flatMap(partsOf).filter((part) => part !== ""));
}

/** The name at the end of an ARN whose resource is a name alone, as that of a queue. */
export function nameInArn(arn: Value): Value {
  const parts = partsOf(arn);
  const [only] = parts;
  if (parts.length === 1 && typeof only === "object" && only.kind === "parameter")
    return { kind: "nameInArn", parameter: only.name };
  const at = parts.map((part) => typeof part === "string" && part.includes(":")).lastIndexOf(true);
  const text = parts[at];
  const beginning = typeof text === "string" ? text.slice(text.lastIndexOf(":") + 1) : "";
  return simplify([beginning, ...parts.slice(at + 1)].filter((part) => part !== ""));
}

function simplify(parts: readonly (string | Reference)[]): Value {
  const merged: (string | Reference)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  const [first = ""] = merged;
  return merged.length < 2 ? first : { kind: "joined", parts: merged };
}

/** Refers to a parameter. */
export function parameter(name: string): Reference {
  return { kind: "parameter", name };
}

/** Refers to the place of the deployment. */
export function place(of: Place): Reference {
  return { kind: "place", of };
}

/** The substitutions of CloudFormation that texts of the configuration may have, whatever the target. */
const substitution = /\$\{(AWS::(?:AccountId|Partition|Region|StackName|URLSuffix)|Stage)\}/;

const substituted: Readonly<Record<string, Reference>> = {
  "AWS::AccountId": place("account"),
  "AWS::Partition": place("partition"),
  "AWS::Region": place("region"),
  "AWS::StackName": place("stack"),
  "AWS::URLSuffix": place("urlSuffix"),
  Stage: parameter("Stage"),
};

/** Reads the substitutions in a text of the configuration. Others stand for themselves. */
export function readSubstitutions(text: string): Value {
  const parts = text.split(new RegExp(substitution, "g"));
  return simplify(
    parts.map((part, at) => (at % 2 === 1 ? (substituted[part] ?? part) : part)).filter((part) => part !== ""),
  );
}
