/** The common part of `generate` and `check`: from the settings to the tree. */
import type { Diagnostic } from "../diagnostics.js";
import type { OutputRequest } from "../output/compare.js";
import { hashInputs } from "../output/hash-inputs.js";
import { generateTree, type SourceFile, type StageListener } from "../pipeline.js";
import type { Plan } from "../plan/plan.js";
import { abiVersion } from "../runtime/abi.js";
import type { Flags } from "./config/flags.js";
import { readSettings, type Settings } from "./config/settings.js";
import { listInputs } from "./projects/project-inputs.js";

/** A plan and what its output is compared with, or the errors that forbid them. */
export interface ProjectOutput {
  /** Absolute path of the project. */
  readonly root: string;
  readonly settings?: Settings;
  /** The .proto files that were read. */
  readonly sources: readonly SourceFile[];
  readonly plan?: Plan;
  readonly output?: OutputRequest;
  /** Findings of every stage so far; the disk has not been read. */
  readonly diagnostics: readonly Diagnostic[];
  /** Those of the stages behind the settings alone. */
  readonly stageDiagnostics: readonly Diagnostic[];
}

/** Runs everything that comes before the output. */
export async function prepareOutput(
  protos: readonly string[],
  flags: Flags,
  cwd: string,
  listener: StageListener,
): Promise<ProjectOutput> {
  const { root, settings, diagnostics } = await readSettings(protos, flags, cwd);
  if (settings === undefined) return { root, sources: [], diagnostics, stageDiagnostics: [] };
  const outcome = generateTree(settings.request, listener);
  const found = [...diagnostics, ...outcome.diagnostics];
  const read = { root, settings, sources: outcome.sources, diagnostics: found, stageDiagnostics: outcome.diagnostics };
  if (outcome.plan === undefined || outcome.tree === undefined) return read;
  const output: OutputRequest = {
    root,
    outDir: settings.request.plan.layout.outDir,
    tree: outcome.tree,
    inputs: hashInputs(listInputs(settings, outcome.sources)),
    abiVersion,
  };
  return { ...read, plan: outcome.plan, output };
}
