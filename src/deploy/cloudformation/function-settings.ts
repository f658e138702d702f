/** Settings of functions and roles, in the names of CloudFormation; SAM has the same. */
import type { FunctionLimits } from "../../plan/plan.js";
import { type Document, type DocumentMembers, inline } from "../resources/document.js";
import type { FunctionResource, SharedSettings, Variable } from "../resources/resource-model.js";

/** Members for limits; those that are not set are undefined. */
export function limitMembers({
  memorySize,
  timeout,
  ephemeralStorage,
  reservedConcurrency,
}: FunctionLimits): DocumentMembers {
  return {
    MemorySize: memorySize,
    Timeout: timeout,
    EphemeralStorage: ephemeralStorage === undefined ? undefined : inline({ Size: ephemeralStorage }),
    ReservedConcurrentExecutions: reservedConcurrency,
  };
}

/** Members of a resource that say what becomes of it when nothing asks for it any more. */
export function keptOrDeleted(isKept: boolean): DocumentMembers {
  const policy = isKept ? "Retain" : "Delete";
  return { DeletionPolicy: policy, UpdateReplacePolicy: policy };
}

/** Instances that an alias keeps warm; undefined for none. */
export function provisioned({ provisionedConcurrency }: FunctionResource): Document | undefined {
  if (provisionedConcurrency === undefined) return undefined;
  return inline({ ProvisionedConcurrentExecutions: provisionedConcurrency });
}

/** The limits of functions that have none of their own. */
export function limitsOfShared(shared: SharedSettings): FunctionLimits {
  const { memorySize, timeout, ephemeralStorage, reservedConcurrency } = shared;
  return {
    memorySize,
    timeout,
    ...(ephemeralStorage === undefined ? {} : { ephemeralStorage }),
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
  };
}

/** Members for layers and the key of environment variables. */
export function extraMembers({ layers, kmsKey }: SharedSettings): DocumentMembers {
  return { Layers: layers.length === 0 ? undefined : layers, KmsKeyArn: kmsKey };
}

/** Tags as a list, as most resources have them; undefined for none. */
export function tagList(tags: readonly Variable[]): Document | undefined {
  return tags.length === 0 ? undefined : tags.map(({ name, value }) => inline({ Key: name, Value: value }));
}
