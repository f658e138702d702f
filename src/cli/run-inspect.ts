/** The work of `inspect`. */
import { compareProject, type GenerateRequest, planProject, type StageListener } from "../pipeline.js";
import type { Diagnostic } from "../diagnostics.js";
import type { Flags } from "./config/flags.js";
import { readSettings } from "./config/settings.js";
import { exitCodes } from "./exit-codes.js";
import { startProgress } from "./progress.js";
import { renderDoorsTable } from "./report/doors-table.js";
import { paints } from "./paint.js";
import { planToJson } from "./report/plan-json.js";
import { renderPlanTable } from "./report/plan-table.js";
import { printDiagnostics } from "./report/print-diagnostics.js";
import { type Terminal, wantsColor } from "./terminal.js";

/** Options of `inspect` alone. */
export interface InspectOptions {
  /** Undefined: a table. */
  readonly json: "model" | "plan" | undefined;
  /** Compare the front doors instead; as JSON with `json`, whatever its value. */
  readonly doors: boolean;
}

/** Plans and shows; gives the exit code. Findings go to stderr, so that stdout is the table or the document alone. */
export async function runInspect(
  protos: readonly string[],
  flags: Flags,
  options: InspectOptions,
  terminal: Terminal,
): Promise<number> {
  const progress = startProgress(terminal.stderr);
  const { root, settings, diagnostics } = await readSettings(protos, flags, terminal.cwd);
  const inspected = settings && inspect(settings.request, options, terminal, progress.listener);
  progress.clear();
  printDiagnostics([...diagnostics, ...(inspected?.diagnostics ?? [])], "text", { terminal, root });
  if (inspected?.text === undefined) return exitCodes.badInput;
  terminal.stdout.write(inspected.text);
  return exitCodes.clean;
}

/** The output for stdout, unless there are errors. */
interface Inspected {
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

function inspect(
  request: GenerateRequest,
  { json, doors }: InspectOptions,
  terminal: Terminal,
  listener: StageListener,
): Inspected {
  const paint = paints(wantsColor(terminal.stdout, terminal.env));
  if (doors) {
    const { comparison, diagnostics } = compareProject(request, listener);
    if (comparison === undefined) return { diagnostics };
    return { diagnostics, text: json === undefined ? renderDoorsTable(comparison, paint) : toJson(comparison) };
  }
  const { plan, diagnostics } = planProject(request, listener);
  if (plan === undefined) return { diagnostics };
  if (json === undefined) return { diagnostics, text: renderPlanTable(plan, paint) };
  return { diagnostics, text: toJson(json === "plan" ? planToJson(plan) : plan.model) };
}

function toJson(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
