/** Deployment targets: the tools that take what is deployed from a resource model. */
import type { Diagnostic } from "../diagnostics.js";
import type { OutputFile } from "../output/output-tree.js";
import type { TargetId } from "../plan/deployment-target-id.js";
import type { Layout } from "../plan/plan.js";
import type { ResourceModel } from "./resources/resource-model.js";

/** A target is a folder beside this file. Nothing outside of it knows its syntax. */
export interface DeploymentTarget {
  readonly id: TargetId;
  /** The common name of the tool. */
  readonly title: string;
  /** Names of published versions are made of the code, which `build` writes down; else whoever deploys makes them. */
  readonly namesVersionsInBuild?: boolean;
  /** Lines for a POSIX shell that set `names` to the names of the deployed functions; `stack` and `stage` are set. */
  listFunctions(model: ResourceModel): readonly string[];
  /** Type and name of the resources in a file that `deploy` made; none of one that cannot be read, or that shows none. */
  listResources(text: string): readonly string[];
  /** The deployment of a model. The same model gives the same bytes. */
  deploy(model: ResourceModel, layout: Layout): Deployment;
}

/** A deployment in the words of a target. */
export interface Deployment {
  readonly files: readonly OutputFile[];
  /** Findings about what the target cannot deploy. */
  readonly diagnostics: readonly Diagnostic[];
  /** Names that a parameter of the configuration cannot have. */
  readonly takenNames: ReadonlySet<string>;
  /** The sizes of its stacks; none for a target that limits none. */
  readonly stacks: readonly StackSize[];
  /** The target's own name of a parameter, which no two of them may share. */
  nameOf(parameter: string): string;
}

/** A stack, and how much of it the target takes. */
export interface StackSize {
  /** The file, relative to the project root. */
  readonly path: string;
  readonly resources: LimitUse;
  /** Bytes of the file. */
  readonly bytes: LimitUse;
}

/** A number and its limit. */
export interface LimitUse {
  readonly used: number;
  readonly most: number;
}
