/** Skips of a function, its role and its log group. */
import type { FunctionResource, LogSettings, SharedSettings } from "../resources/resource-model.js";
import { type Skip, skip, skipInModules } from "./skip.js";

/** Skips of the function itself; a setting of the configuration ends the one that names it. */
export function functionSkips({ limits, deadLetterQueue }: FunctionResource, shared: SharedSettings): Skip[] {
  const reserved = limits.reservedConcurrency ?? shared.reservedConcurrency;
  return [
    ...(reserved === undefined ? [concurrency] : []),
    ...(deadLetterQueue === undefined ? [callersWait] : []),
    ...(shared.vpc ? [] : [noNetwork]),
    ...(shared.tracing ? [] : [untraced]),
    ...(shared.kmsKey === undefined ? [ownKey] : []),
    unsigned,
  ];
}

const concurrency = skip("Shares the account's concurrency: deployment.reservedConcurrency bounds it.", [
  "CKV_AWS_115",
]);

const callersWait = skip(
  "Callers wait for the answer: no event can be lost.",
  ["CKV_AWS_116"],
  ["Serverless-LambdaDLQ"],
);

const noNetwork = skip("Reaches no private network: deployment.vpc puts it into one.", ["CKV_AWS_117"]);

const untraced = skip("Not traced: deployment.tracing is none.", ["CKV_AWS_50"], ["Serverless-LambdaTracing"]);

const ownKey = skip("Lambda encrypts variables with its own key: deployment.kmsKey is yours.", ["CKV_AWS_173"]);

const unsigned = skipInModules(skip("A signing profile is the account's: the template makes none.", []), [
  "CKV_AWS_272",
]);

/** Wildcards that cannot be exact ARNs. A role with wildcards of the user's own has no skip: scanners show them. */
export function roleSkips({ policies }: Pick<FunctionResource, "policies">): Skip[] {
  const textOf = (purpose: string): string => JSON.stringify(policies.filter(({ name }) => name === purpose));
  if (textOf("configured").includes("*")) return [];
  const inNetwork = textOf("logs-and-traces").includes("ec2:");
  const unnamed = [
    ...(textOf("logs-and-traces").includes("xray:") ? ["traces"] : []),
    ...(inNetwork ? ["network interfaces"] : []),
  ];
  const reasons = [
    ...(unnamed.length > 0 ? [`${unnamed.join(" and ")} have no ARN to name`] : []),
    ...(textOf("large-payloads").includes("*")
      ? [unnamed.length > 0 ? "payloads that of their folder" : "payloads have that of their folder"]
      : []),
  ];
  if (reasons.length === 0) return [];
  const text = reasons.join(", ");
  const wildcards = skip(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`, inNetwork ? ["CKV_AWS_111"] : [], [
    "AwsSolutions-IAM5",
    "Serverless-LambdaStarPermissions",
  ]);
  return [skipInModules(wildcards, inNetwork ? ["CKV_AWS_356"] : [])];
}

/** A log group without a key of the user's. */
export function logGroupSkips({ kmsKey }: LogSettings): Skip[] {
  if (kmsKey !== undefined) return [];
  return [skip("CloudWatch Logs encrypts it with its own key: deployment.logKmsKey is yours.", ["CKV_AWS_158"])];
}
