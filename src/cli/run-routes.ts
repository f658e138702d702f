/** The work of `routes`. */
import { type RouteRow, routeRow } from "../emit/functions/routes.js";
import { planProject } from "../pipeline.js";
import type { Plan } from "../plan/plan.js";
import type { Flags } from "./config/flags.js";
import { readSettings } from "./config/settings.js";
import { exitCodes } from "./exit-codes.js";
import { orderCandidates, profileOf } from "./explain/candidate.js";
import { startProgress } from "./progress.js";
import { paints } from "./paint.js";
import { printDiagnostics } from "./report/print-diagnostics.js";
import { renderRoutes } from "./report/routes-table.js";
import { type Terminal, wantsColor } from "./terminal.js";

/** Options of `routes` alone. */
export interface RoutesOptions {
  readonly json: boolean;
}

/** Plans and lists; gives the exit code. Findings go to stderr. */
export async function runRoutes(
  protos: readonly string[],
  flags: Flags,
  options: RoutesOptions,
  terminal: Terminal,
): Promise<number> {
  const progress = startProgress(terminal);
  const { root, settings, diagnostics } = await readSettings(protos, flags, terminal.cwd);
  const outcome = settings && planProject(settings.request, progress.listener);
  progress.clear();
  printDiagnostics([...diagnostics, ...(outcome?.diagnostics ?? [])], "text", { terminal, root });
  if (outcome?.plan === undefined) return exitCodes.badInput;
  const rows = orderedRows(outcome.plan);
  const paint = paints(wantsColor(terminal.stdout, terminal.env));
  const { precedence } = profileOf(outcome.plan);
  terminal.stdout.write(
    options.json ? `${JSON.stringify(rows, undefined, 2)}\n` : renderRoutes(rows, precedence, paint),
  );
  return exitCodes.clean;
}

function orderedRows(plan: Plan): RouteRow[] {
  return orderCandidates(plan, plan.routes).map(({ route }) => routeRow(route));
}
