/** The work of `generate`. */
import { join } from "node:path";
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import { requestLimits } from "../deploy/request-limits.js";
import { anyTableBytes } from "../emit/json/any-size.js";
import type { OutputComparison } from "../output/compare.js";
import type { Plan } from "../plan/plan.js";
import type { ReportFormat } from "./report/report-options.js";
import type { Flags } from "./config/flags.js";
import { exitCodes } from "./exit-codes.js";
import { lookAtHandlers, withChanges } from "./check/handler-updates.js";
import { startProgress } from "./progress.js";
import { type ProjectOutput, prepareOutput } from "./project-output.js";
import { offerGitattributes } from "./report/gitattributes.js";
import { keepReceipt } from "./receipt/use-receipt.js";
import { emptySegmentsToJson } from "./report/plan-json.js";
import { printDiagnostics, printJson } from "./report/print-diagnostics.js";
import { summarizeOutput } from "./report/summary.js";
import { runningProcess } from "./running-process.js";
import { type Terminal, tell } from "./terminal.js";
import { writePatiently } from "./write-patiently.js";

/** Flags of `generate` alone. */
export interface GenerateOptions {
  readonly format: ReportFormat;
  readonly force: boolean;
  /** Adds the methods that existing implementations lack. Default: no. */
  readonly updateHandlers?: boolean;
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

/** The generated files on disk. */
export interface GeneratedProject {
  readonly plan: Plan;
  readonly comparison: OutputComparison;
  /** Bytes of the table of types for Any. */
  readonly anyBytes: number;
}

/** The generated files and folders, absolute. */
export function outputsOf(root: string, { layout }: Plan): string[] {
  return [layout.outDir, layout.template].map((path) => join(root, path));
}

/** Generates and reports; gives what was written, or undefined when errors forbade it. */
export async function generateProject(
  protos: readonly string[],
  flags: Flags,
  options: GenerateOptions,
  terminal: Terminal,
): Promise<GeneratedProject | undefined> {
  const progress = startProgress(terminal);
  const started = Date.now();
  const prepared = await withHandlers(
    await prepareOutput(protos, flags, terminal.cwd, progress.listener),
    options.updateHandlers === true,
  );
  const outcome = await write(prepared, options, terminal);
  progress.clear();
  const diagnostics = [...prepared.diagnostics, ...outcome.diagnostics];
  const place = { terminal, root: prepared.root };
  printDiagnostics(diagnostics, options.format, place);
  const { plan, output } = prepared;
  const anyBytes = plan && output ? anyTableBytes(output.tree.files, plan) : 0;
  const { comparison } = outcome;
  const generated = plan && comparison && !hasErrors(diagnostics) ? { plan, comparison, anyBytes } : undefined;
  if (generated !== undefined) keepReceipt(prepared, started, terminal.env);
  if (options.format === "json") {
    const emptySegments = generated === undefined ? [] : emptySegmentsToJson(generated.plan);
    printJson({ files: describeFiles(generated), emptySegments, ...limitsOf(generated) }, diagnostics, place);
  } else if (generated !== undefined) {
    const offer = offerGitattributes(prepared.root, generated.plan.layout.template, generated.comparison);
    const lines = [...summarizeOutput(generated.plan, generated.comparison, anyBytes), ...offer];
    tell(terminal, `${lines.join("\n")}\n`);
  }
  return generated;
}

async function withHandlers(prepared: ProjectOutput, update: boolean): Promise<ProjectOutput> {
  const { root, plan, output } = prepared;
  if (!update || plan === undefined || output === undefined) return prepared;
  const updates = await lookAtHandlers(root, plan, true);
  const diagnostics = [...prepared.diagnostics, ...updates.diagnostics];
  return { ...prepared, output: withChanges(output, updates), diagnostics };
}

async function write(
  { output, diagnostics }: ProjectOutput,
  { force }: GenerateOptions,
  terminal: Terminal,
): Promise<{ readonly comparison?: OutputComparison; readonly diagnostics: readonly Diagnostic[] }> {
  if (output === undefined || hasErrors(diagnostics)) return { diagnostics: [] };
  return writePatiently(output, { force, running: runningProcess() }, terminal);
}

/** Path and state before the run; `generate` has brought all but users' files and orphans to `unchanged`. */
function describeFiles(generated: GeneratedProject | undefined): object[] {
  return (generated?.comparison.files ?? []).map(({ path, ownership, state }) => ({ path, ownership, state }));
}

function limitsOf(generated: GeneratedProject | undefined): { readonly requestLimits?: object } {
  const limits = generated && requestLimits(generated.plan);
  return limits === undefined ? {} : { requestLimits: limits };
}
