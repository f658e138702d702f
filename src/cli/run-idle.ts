/** The work of `idle`. */
import type { Flags } from "./config/flags.js";
import { exitCodes } from "./exit-codes.js";
import { readPlan } from "./read-plan.js";
import { idleScript } from "./idle/idle-script.js";
import type { Terminal } from "./terminal.js";

/** Options of `idle` alone. */
export interface IdleOptions {
  readonly stage: string;
  /** Default: API and stage. */
  readonly stack?: string;
  readonly days: number;
}

/** Plans and prints the script; gives the exit code. */
export async function runIdle(
  protos: readonly string[],
  flags: Flags,
  { stage, stack, days }: IdleOptions,
  terminal: Terminal,
): Promise<number> {
  const project = await readPlan(protos, flags, terminal);
  if (project === undefined) return exitCodes.badInput;
  const { apiName } = project.plan.deployment;
  terminal.stdout.write(idleScript(project.plan, { stage, stack: stack ?? `${apiName}-${stage}`, days }));
  return exitCodes.clean;
}
