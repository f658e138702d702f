/** ConstructSource: what a construct is made of. */
import type { LogicalIds } from "../cloudformation/intrinsics.js";
import type { Template } from "../cloudformation/sections.js";
import type { ResourceModel } from "../resources/resource-model.js";

/** The nested stack of each resource that is in one, by logical id. */
export type Homes = ReadonlyMap<string, string>;

/** The parts that a construct is made of. */
export interface ConstructSource {
  readonly model: ResourceModel;
  readonly template: Template;
  readonly ids: LogicalIds;
  readonly homes: Homes;
  /** Folder of the zips, from the project's root. */
  readonly zips: string;
}
