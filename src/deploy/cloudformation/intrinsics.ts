/** Values in CloudFormation's own functions, in the form that JSON templates have. */
import type { Document } from "../resources/document.js";
import { type Joined, partsOf, type Place, type Reference, type Value } from "../resources/value.js";
import { subText } from "./print/yaml-text.js";

/** Names in the template. */
export interface LogicalIds {
  /** Names of functions, without the suffix for the kind of resource, by `FunctionResource.id`. */
  readonly functions: ReadonlyMap<string, string>;
  /** Names of the versions that are published, by `FunctionResource.id`. */
  readonly versions: ReadonlyMap<string, string>;
  /** The name of the HTTP API or REST API. */
  readonly api: string;
  /** The listener with the rules: made here, or a parameter; undefined behind other doors. */
  readonly listener?: "own" | "existing";
  /** The end of the name of a function's alias, in place of `Function`; undefined where callers name the functions. */
  readonly alias?: string;
}

/** The name of a function by which its callers know it: its own, or the ARN of its alias. */
export function calledName(id: string, { alias }: LogicalIds): Document {
  return ref(`${id}${alias ?? "Function"}`);
}

/** The ARN by which callers know a function: its own, or that of its alias. */
export function calledArn(id: string, { alias }: LogicalIds): Document {
  return alias === undefined ? getAtt(`${id}Function`, "Arn") : ref(`${id}${alias}`);
}

/** `{ Ref: id }`. */
export function ref(id: string): Document {
  return { Ref: id };
}

/** `{ "Fn::GetAtt": [id, attribute] }`. */
export function getAtt(id: string, attribute: string): Document {
  return { "Fn::GetAtt": [id, attribute] };
}

/** `{ "Fn::If": … }`. */
export function when(condition: string, then: Document, otherwise: Document = ref("AWS::NoValue")): Document {
  return { "Fn::If": [condition, then, otherwise] };
}

/** Eight characters of the stack's id, which tells the copies of an API apart. */
const stackSuffix: Document = {
  "Fn::Select": [0, { "Fn::Split": ["-", { "Fn::Select": [2, { "Fn::Split": ["/", { Ref: "AWS::StackId" }] }] }] }],
};

/** The part of a listener's ARN that says which load balancer it is of. */
const loadBalancerOfListener: Document = {
  "Fn::Join": ["/", [1, 2, 3].map((at) => ({ "Fn::Select": [at, { "Fn::Split": ["/", { Ref: "ListenerArn" }] }] }))],
};

/** References that are more than an id; they are variables in a text. */
type Computed = Extract<Reference, { kind: "suffix" | "loadBalancer" | "nameInArn" }>;

/** Text as it is, `Ref`, `Fn::GetAtt` or `Fn::Sub`. */
export function intrinsic(value: Value, ids: LogicalIds): Document {
  if (typeof value === "string") return value;
  if (value.kind !== "joined" && !isComputed(value)) return reference(value, ids);
  const parts = partsOf(value);
  const text = parts.map((part) => (typeof part === "string" ? subText(part) : substitution(part, ids))).join("");
  const variables = parts.flatMap((part) =>
    typeof part !== "string" && isComputed(part) ? variableOf(part, ids) : [],
  );
  return { "Fn::Sub": variables.length === 0 ? text : [text, Object.fromEntries(variables)] };
}

function isComputed(value: Reference | Joined): value is Computed {
  return value.kind === "suffix" || value.kind === "loadBalancer" || value.kind === "nameInArn";
}

function variableOf(part: Computed, { listener }: LogicalIds): [name: string, content: Document][] {
  if (part.kind === "suffix") return [["Suffix", stackSuffix]];
  if (part.kind === "nameInArn")
    return [[nameVariable(part), { "Fn::Select": [5, { "Fn::Split": [":", ref(part.parameter)] }] }]];
  return listener === "existing" ? [["LoadBalancerName", loadBalancerOfListener]] : [];
}

/** The variable of a text for the name in the ARN of a parameter. */
function nameVariable(part: Extract<Reference, { kind: "nameInArn" }>): string {
  return `NameIn${part.parameter}`;
}

function reference(value: Exclude<Reference, Computed>, ids: LogicalIds): Document {
  const [id, attribute] = target(value, ids);
  return attribute === undefined ? ref(id) : getAtt(id, attribute);
}

function substitution(part: Reference, ids: LogicalIds): string {
  if (part.kind === "suffix") return "${Suffix}";
  if (part.kind === "nameInArn") return `\${${nameVariable(part)}}`;
  if (part.kind === "loadBalancer")
    return ids.listener === "existing" ? "${LoadBalancerName}" : "${LoadBalancer.LoadBalancerFullName}";
  const [id, attribute] = target(part, ids);
  return attribute === undefined ? `\${${id}}` : `\${${id}.${attribute}}`;
}

/** A logical id, and its attribute where that is not what `Ref` gives. */
function target(value: Exclude<Reference, Computed>, ids: LogicalIds): readonly [string, string?] {
  switch (value.kind) {
    case "parameter":
      return [value.name];
    case "place":
      return [pseudoParameters[value.of]];
    case "function": {
      const id = ids.functions.get(value.id) ?? value.id;
      if (value.part === "aliasArn") return [`${id}${ids.alias ?? "Function"}`];
      if (value.part === "name") return [`${id}Function`];
      return [`${id}${value.part === "arn" ? "Function" : "LogGroup"}`, "Arn"];
    }
    case "apiId":
      return [ids.api];
    case "bucket":
      return value.fact === "name" ? ["PayloadBucket"] : ["PayloadBucket", "Arn"];
    case "deadLetterQueue":
      return ["DeadLetterQueue", value.fact === "name" ? "QueueName" : "Arn"];
    default:
      return value satisfies never;
  }
}

const pseudoParameters: Readonly<Record<Place, string>> = {
  account: "AWS::AccountId",
  partition: "AWS::Partition",
  region: "AWS::Region",
  stack: "AWS::StackName",
  urlSuffix: "AWS::URLSuffix",
};
