/** The names of an API's functions in a CloudFormation template. */
import { createHash } from "node:crypto";
import { pascalCase, uniqueName, uniqueNames } from "../../plan/naming.js";
import type { FunctionResource, ResourceModel } from "../resources/resource-model.js";
import type { Dialect } from "./dialect.js";
import { limitsOfShared } from "./function-settings.js";
import type { LogicalIds } from "./intrinsics.js";

/** Alphanumeric and unique, without the suffix for the kind of resource: `LibraryServiceGetShelf`. Functions without a service come last. */
export function logicalIds(model: ResourceModel, { alias }: Pick<Dialect, "alias">): LogicalIds {
  const { functions, door, release } = model;
  const routed = functions.filter(({ isUnrouted }) => !isUnrouted);
  const ids = uniqueNames(new Map(routed.map(({ id }) => [id, pascalCase(id)])));
  for (const { id } of functions.filter(({ isUnrouted }) => isUnrouted))
    ids.set(id, uniqueName(pascalCase(id), new Set(ids.values())));
  const api = door.kind === "rest-api" ? "RestApi" : "HttpApi";
  const listener = door.kind === "alb" ? ({ listener: door.own ? "own" : "existing" } as const) : {};
  const versions = new Map(functions.map((fn) => [fn.id, `${ids.get(fn.id) ?? fn.id}Version${frozenHash(fn, model)}`]));
  return {
    functions: ids,
    versions,
    api,
    ...listener,
    ...(release === undefined ? {} : { alias: alias(release.alias) }),
  };
}

/** A hash of what a version freezes: the same of both is no new version to Lambda. Nothing where the code is not built yet. */
function frozenHash(fn: FunctionResource, { shared }: ResourceModel): string {
  const { codeHash, handler, environment, limits, deadLetterQueue } = fn;
  if (codeHash === undefined) return "";
  const { reservedConcurrency: _, ...own } = { ...limitsOfShared(shared), ...limits };
  const { runtime, architecture, layers, kmsKey, vpc, environment: common } = shared;
  const frozen = [codeHash, handler, environment, own, runtime, architecture, layers, kmsKey, vpc, common];
  const all = deadLetterQueue === undefined ? frozen : [...frozen, deadLetterQueue];
  return createHash("sha256").update(JSON.stringify(all)).digest("hex").slice(0, 10);
}
