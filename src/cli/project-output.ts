/** The common part of `generate` and `check`: from the settings to the tree. */
import { resolve } from "node:path";
import type { Diagnostic } from "../diagnostics.js";
import type { OutputRequest } from "../output/compare.js";
import { hashInputs, type InputFile } from "../output/hash-inputs.js";
import { generateTree, type SourceFile, type StageListener } from "../pipeline.js";
import type { Plan } from "../plan/plan.js";
import { abiVersion } from "../runtime/abi.js";
import type { Flags } from "./config/flags.js";
import { displayPath } from "./config/project-paths.js";
import { readSettings, type Settings } from "./config/settings.js";

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
}

/** Runs everything that comes before the output. */
export async function prepareOutput(
  protos: readonly string[],
  flags: Flags,
  cwd: string,
  listener: StageListener,
): Promise<ProjectOutput> {
  const { root, settings, diagnostics } = await readSettings(protos, flags, cwd);
  if (settings === undefined) return { root, sources: [], diagnostics };
  const outcome = generateTree(settings.request, listener);
  const found = [...diagnostics, ...outcome.diagnostics];
  const read = { root, settings, sources: outcome.sources, diagnostics: found };
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

/** The configuration is not among them: what it decides shows in the output, and a comment in it decides nothing. */
function listInputs({ root, request }: Settings, sources: readonly SourceFile[]): InputFile[] {
  const { cwd, descriptorSet } = request.load;
  const named = (path: string, kind: InputFile["kind"]): InputFile => {
    const file = resolve(cwd, path);
    return { name: displayPath(root, file), file, kind };
  };
  const protos = sources.map(
    ({ path, displayPath: shown }): InputFile => ({ name: path, file: resolve(cwd, shown), kind: "text" }),
  );
  return [
    ...(descriptorSet === undefined ? protos : [named(descriptorSet, "binary")]),
    ...(request.serviceConfigs ?? []).map(({ file }) => named(file, "text")),
  ];
}
