/** The names of an API's functions in a CloudFormation template. */
import { pascalCase, uniqueName, uniqueNames } from "../../plan/naming.js";
import type { ResourceModel } from "../resources/resource-model.js";
import type { Dialect } from "./dialect.js";
import type { LogicalIds } from "./intrinsics.js";

/** Alphanumeric and unique, without the suffix for the kind of resource: `LibraryServiceGetShelf`. Functions without a service come last. */
export function logicalIds({ functions, door, release }: ResourceModel, { alias }: Pick<Dialect, "alias">): LogicalIds {
  const routed = functions.filter(({ isUnrouted }) => !isUnrouted);
  const ids = uniqueNames(new Map(routed.map(({ id }) => [id, pascalCase(id)])));
  for (const { id } of functions.filter(({ isUnrouted }) => isUnrouted))
    ids.set(id, uniqueName(pascalCase(id), new Set(ids.values())));
  const api = door.kind === "rest-api" ? "RestApi" : "HttpApi";
  const listener = door.kind === "alb" ? ({ listener: door.own ? "own" : "existing" } as const) : {};
  return { functions: ids, api, ...listener, ...(release === undefined ? {} : { alias: alias(release.alias) }) };
}
