/** The parts that AWS SAM and plain CloudFormation write differently. */
import type { Document, DocumentMembers } from "../resources/document.js";
import type { FunctionResource, HttpApiResource, ResourceModel, RestApiResource } from "../resources/resource-model.js";
import type { LogicalIds } from "./intrinsics.js";

/** Resources by logical id. */
export type Resources = DocumentMembers;

/** Resources that deploying makes and no template says. */
export interface AdditionalResources {
  /** Their number by the type of the resource that they are made for: stages of an API, versions of a function. */
  readonly each: Readonly<Record<string, number>>;
  /** Their number in every stack. */
  readonly once: number;
}

/** The dialect of a template. Documents hold values; they are made into CloudFormation's functions at the end. */
export interface Dialect {
  /** The commands that deploy it, a line each. */
  commands(model: ResourceModel): readonly string[];
  /** Sections before the parameters. */
  readonly head: DocumentMembers;
  /** Settings of all functions, in the dialect that has a section for them. */
  globals(model: ResourceModel): DocumentMembers;
  /** The function, without role, logs and callers. */
  fn(resource: FunctionResource, model: ResourceModel, ids: LogicalIds): Document;
  httpApi(door: HttpApiResource): Resources;
  restApi(door: RestApiResource): Resources;
  additional(model: ResourceModel): AdditionalResources;
  /** Versions and aliases are resources of the template, and not made when deploying. */
  readonly publishes: boolean;
  /** The end of the logical id of a function's alias: `Alias`. */
  alias(name: string): string;
}
