/** The plan that a command is about, where its findings are not the question. */
import type { Diagnostic } from "../diagnostics.js";
import { planProject } from "../pipeline.js";
import type { Plan } from "../plan/plan.js";
import type { Flags } from "./config/flags.js";
import { readSettings, type Settings } from "./config/settings.js";
import { startProgress } from "./progress.js";
import { printDiagnostics } from "./report/print-diagnostics.js";
import type { Terminal } from "./terminal.js";

/** A project that could be planned. */
export interface ProjectPlan {
  /** Absolute path of the project. */
  readonly root: string;
  readonly settings: Settings;
  readonly plan: Plan;
  /** Findings of every severity. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans the project and prints its errors on stderr; undefined where they leave no plan. */
export async function readPlan(
  protos: readonly string[],
  flags: Flags,
  terminal: Terminal,
): Promise<ProjectPlan | undefined> {
  const progress = startProgress(terminal);
  const { root, settings, diagnostics: found } = await readSettings(protos, flags, terminal.cwd);
  const outcome = settings && planProject(settings.request, progress.listener);
  progress.clear();
  const diagnostics = [...found, ...(outcome?.diagnostics ?? [])];
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  printDiagnostics(errors, "text", { terminal, root });
  if (settings === undefined || outcome?.plan === undefined) return undefined;
  return { root, settings, plan: outcome.plan, diagnostics };
}
