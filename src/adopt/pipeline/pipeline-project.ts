/** Facts about the project that a pipeline deploys, which `init` finds or proposes. */
import type { TargetId } from "../../plan/deployment-target-id.js";
import type { PackageManager } from "../repository/package-manager.js";

/** A service that pipelines run on. */
export type PipelineId = (typeof pipelineIds)[number];

/** Every `PipelineId`. */
export const pipelineIds = ["github", "codepipeline"] as const;

/** The project that a pipeline deploys. */
export interface PipelineProject {
  readonly manager: PackageManager;
  /** The command that installs packages: `npm ci`. */
  readonly install: string;
  /** Commands that make the package manager available, before that. */
  readonly prepare: readonly string[];
  readonly target: TargetId;
  /** Kebab case; stacks are named `<apiName>-<stage>`. */
  readonly apiName: string;
  /** From the project's root. */
  readonly template: string;
  /** The project from the root of the repository; "" for the repository itself. */
  readonly folder: string;
}
