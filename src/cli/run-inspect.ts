/** The work of `inspect`. */
import { planProject } from "../pipeline.js";
import type { Flags } from "./config/flags.js";
import { readSettings } from "./config/settings.js";
import { exitCodes } from "./exit-codes.js";
import { startProgress } from "./progress.js";
import { paints } from "./report/paint.js";
import { planToJson } from "./report/plan-json.js";
import { renderPlanTable } from "./report/plan-table.js";
import { printDiagnostics } from "./report/print-diagnostics.js";
import { type Terminal, wantsColor } from "./terminal.js";

/** Options of `inspect` alone. */
export interface InspectOptions {
  /** Undefined: a table. */
  readonly json: "model" | "plan" | undefined;
}

/** Plans and shows; gives the exit code. Findings go to stderr, so that stdout is the table or the document alone. */
export async function runInspect(
  protos: readonly string[],
  flags: Flags,
  options: InspectOptions,
  terminal: Terminal,
): Promise<number> {
  const progress = startProgress(terminal.stderr);
  const { settings, diagnostics } = await readSettings(protos, flags, terminal.cwd);
  const outcome = settings && planProject(settings.request, progress.listener);
  progress.clear();
  printDiagnostics([...diagnostics, ...(outcome?.diagnostics ?? [])], "text", terminal);
  if (outcome?.plan === undefined) return exitCodes.badInput;
  const { plan } = outcome;
  if (options.json === undefined) {
    terminal.stdout.write(renderPlanTable(plan, paints(wantsColor(terminal.stdout, terminal.env))));
  } else {
    const document = options.json === "plan" ? planToJson(plan) : plan.model;
    terminal.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  }
  return exitCodes.clean;
}
