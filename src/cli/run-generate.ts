/** The work of `generate`. */
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import { writeOutput } from "../output/write.js";
import type { ReportFormat } from "./report/report-options.js";
import type { Flags } from "./config/flags.js";
import { exitCodes } from "./exit-codes.js";
import { startProgress } from "./progress.js";
import { compareProject, type ProjectOutput } from "./project-output.js";
import { printDiagnostics, printJson } from "./report/print-diagnostics.js";
import { summarizeOutput } from "./report/summary.js";
import type { Terminal } from "./terminal.js";

/** Flags of `generate` alone. */
export interface GenerateOptions {
  readonly format: ReportFormat;
  readonly force: boolean;
}

/** Generates and reports; gives the exit code. */
export async function runGenerate(
  protos: readonly string[],
  flags: Flags,
  options: GenerateOptions,
  terminal: Terminal,
): Promise<number> {
  const output = await generateProject(protos, flags, options, terminal);
  return output === undefined ? exitCodes.badInput : exitCodes.clean;
}

/** Generates and reports; gives what was written, or undefined when errors forbade it. */
export async function generateProject(
  protos: readonly string[],
  flags: Flags,
  options: GenerateOptions,
  terminal: Terminal,
): Promise<ProjectOutput | undefined> {
  const progress = startProgress(terminal.stderr);
  const output = await compareProject(protos, flags, terminal.cwd, progress.listener);
  const failures = write(output, options, terminal);
  progress.clear();
  const diagnostics = [...output.diagnostics, ...failures];
  printDiagnostics(diagnostics, options.format, terminal);
  const written: Pick<ProjectOutput, "plan" | "comparison"> = hasErrors(diagnostics) ? {} : output;
  if (options.format === "json") printJson({ files: describeFiles(written) }, diagnostics, terminal);
  else if (written.plan !== undefined && written.comparison !== undefined) {
    terminal.stdout.write(`${summarizeOutput(written.plan, written.comparison).join("\n")}\n`);
  }
  return hasErrors(diagnostics) ? undefined : output;
}

function write(output: ProjectOutput, options: GenerateOptions, terminal: Terminal): readonly Diagnostic[] {
  const { comparison } = output;
  if (comparison === undefined || hasErrors(output.diagnostics)) return [];
  return terminal.uninterrupted(() => writeOutput(comparison, { force: options.force }));
}

/** Path and state before the run; `generate` has brought all but users' files and orphans to `unchanged`. */
function describeFiles(output: Pick<ProjectOutput, "comparison">): object[] {
  return (output.comparison?.files ?? []).map(({ path, ownership, state }) => ({ path, ownership, state }));
}
