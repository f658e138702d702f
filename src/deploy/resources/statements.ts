/** The permissions of a function's role. */
import { deadLetterQueueOf } from "../../plan/functions/dead-letter-queue.js";
import type { DeadLetterQueue, FunctionPlan, Plan, Policy, TemplateValue } from "../../plan/plan.js";
import type { RolePolicy, Statement } from "./resource-model.js";
import { join, parameter, place, readSubstitutions, type Reference, type Value } from "./value.js";

/** The parts of a function that decide about its permissions. */
type Permitted = Pick<FunctionPlan, "id" | "payloads" | "deadLetterQueue" | "methods">;

/** Logs and traces, large payloads, the queue for events that failed, parameters of traffic, and what the configuration says; those without statements are left out. */
export function rolePolicies(fn: Permitted, policies: readonly Policy[], plan: Plan): RolePolicy[] {
  return [
    {
      name: "logs-and-traces",
      statements: [...logsAndTraces(fn.id, plan), ...(plan.deployment.vpc ? [interfaces] : [])],
    },
    { name: "large-payloads", statements: payloadStatements(fn, plan) },
    { name: "dead-letters", statements: queueStatements(fn, plan) },
    { name: "traffic", statements: parameterStatements(fn) },
    { name: "configured", statements: configured(policies) },
  ].filter(({ statements }) => statements.length > 0);
}

function logsAndTraces(id: string, { deployment }: Plan): Statement[] {
  const logs: Statement = {
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [{ kind: "function", id, part: "logGroupArn" }],
  };
  return deployment.tracing === "none" ? [logs] : [logs, traces];
}

const traces: Statement = {
  actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  resources: ["*"],
  note: "X-Ray has no resources to name.",
};

const interfaces: Statement = {
  actions: [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
  ],
  resources: ["*"],
  note: "Network interfaces have no name before they exist.",
};

/** A link allows no more than the role that signed it: who makes links to read has to be allowed to read, and likewise for uploads. */
function payloadStatements({ payloads }: Permitted, { deployment }: Plan): Statement[] {
  const { largePayloads: settings } = deployment;
  if (settings === undefined) return [];
  const bucket = bucketName(settings.bucket);
  const allow = (actions: readonly string[], folder: string): Statement => ({
    actions,
    resources: [join`arn:${place("partition")}:s3:::${bucket}/${settings.prefix}${folder}/*`],
  });
  const removal = settings.deleteUploads ? ["s3:DeleteObject"] : [];
  return [
    ...(payloads.responses ? [allow(["s3:GetObject", "s3:PutObject"], "responses")] : []),
    ...(payloads.uploads.length > 0 ? [allow(["s3:GetObject", "s3:PutObject", ...removal], "uploads")] : []),
  ];
}

/** The name of the bucket of large payloads. */
export function bucketName(bucket: "own" | "existing"): Reference {
  return bucket === "own" ? { kind: "bucket", fact: "name" } : parameter("PayloadBucketName");
}

/** Lambda writes to the queue with the function's own role. */
function queueStatements(fn: Permitted, { deployment }: Plan): Statement[] {
  const queue = deadLetterQueueOf(fn, deployment);
  return queue === undefined ? [] : [{ actions: ["sqs:SendMessage"], resources: [queueArn(queue)] }];
}

/** The ARN of a queue for events that failed. */
export function queueArn(queue: DeadLetterQueue): Value {
  return queue.kind === "own" ? { kind: "deadLetterQueue", fact: "arn" } : settingValue(queue.arn);
}

/** Shares of traffic are read while a function runs. */
function parameterStatements({ methods }: Permitted): Statement[] {
  const names = new Set(methods.flatMap(({ traffic }) => traffic?.parameter ?? []));
  const resources = [...names].map(
    (name) => join`arn:${place("partition")}:ssm:${place("region")}:${place("account")}:parameter${name}`,
  );
  return resources.length === 0 ? [] : [{ actions: ["ssm:GetParameter"], resources }];
}

function configured(policies: readonly Policy[]): Statement[] {
  return policies.flatMap((policy) =>
    policy.kind === "statement" ? [{ actions: policy.actions, resources: policy.resources.map(settingValue) }] : [],
  );
}

/** ARNs of the managed policies in their order. */
export function managedPolicies(policies: readonly Policy[]): Value[] {
  const distinct = new Map<string, Value>();
  for (const policy of policies)
    if (policy.kind === "managed") distinct.set(JSON.stringify(policy.arn), settingValue(policy.arn));
  return [...distinct.values()];
}

/** A value of the configuration. */
export function settingValue(value: TemplateValue): Value {
  switch (value.kind) {
    case "parameter":
      return parameter(value.name);
    case "text":
      return readSubstitutions(value.text);
    default:
      return value satisfies never;
  }
}
