/** The work of `inspect`. */
import { join } from "node:path";
import { judgeRpcs } from "../migrate/suitability/judge-rpcs.js";
import { compareProject, planProject, type StageListener } from "../pipeline.js";
import type { Diagnostic } from "../diagnostics.js";
import type { Flags } from "./config/flags.js";
import { readMeasured } from "./compare/read-summary.js";
import { readSettings, type Settings } from "./config/settings.js";
import { exitCodes } from "./exit-codes.js";
import { startProgress } from "./progress.js";
import { renderDoorsTable } from "./report/doors-table.js";
import { paints } from "./paint.js";
import { planToJson } from "./report/plan-json.js";
import { renderVerdicts } from "./report/verdicts-table.js";
import { renderPlanTable } from "./report/plan-table.js";
import { printDiagnostics } from "./report/print-diagnostics.js";
import { type Terminal, wantsColor } from "./terminal.js";

/** Options of `inspect` alone. */
export interface InspectOptions {
  /** Undefined: a table. */
  readonly json: "model" | "plan" | undefined;
  /** Compare the front doors instead; as JSON with `json`, whatever its value. */
  readonly doors: boolean;
  /** Judge the RPCs instead; as JSON with `json`, whatever its value. */
  readonly suitability: boolean;
}

/** Plans and shows; gives the exit code. Findings go to stderr, so that stdout is the table or the document alone. */
export async function runInspect(
  protos: readonly string[],
  flags: Flags,
  options: InspectOptions,
  terminal: Terminal,
): Promise<number> {
  const progress = startProgress(terminal);
  const { root, settings, diagnostics } = await readSettings(protos, flags, terminal.cwd);
  const inspected = settings && inspect(settings, options, terminal, progress.listener);
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
  { root, request }: Settings,
  { json, doors, suitability }: InspectOptions,
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
  if (suitability) {
    const verdicts = judgeRpcs({ plan, measured: readMeasured(join(root, "compare/summary.json")) });
    return { diagnostics, text: json === undefined ? renderVerdicts(verdicts, paint) : toJson(verdicts) };
  }
  if (json === undefined) return { diagnostics, text: renderPlanTable(plan, paint) };
  return { diagnostics, text: toJson(json === "plan" ? planToJson(plan) : plan.model) };
}

function toJson(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
