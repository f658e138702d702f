/** The work of `doctor`. */
import { readFileSync } from "node:fs";
import { hasErrors } from "../../diagnostics.js";
import { compareOutput } from "../../output/compare.js";
import type { Flags } from "../config/flags.js";
import { defaultConfigFile } from "../config/settings.js";
import { exitCodes } from "../exit-codes.js";
import { paints } from "../paint.js";
import { startProgress } from "../progress.js";
import { prepareOutput } from "../project-output.js";
import { concealForeign } from "../report/conceal.js";
import { type Terminal, wantsColor } from "../terminal.js";
import { checkAws } from "./check-aws.js";
import { checkGit } from "./check-git.js";
import { checkLibraries } from "./check-libraries.js";
import { checkLimits } from "./check-limits.js";
import { checkOutput } from "./check-output.js";
import { checkProject } from "./check-project.js";
import { checkReach } from "./check-reach.js";
import { checkTools } from "./check-tools.js";
import { checkVersions, type RunningVersions } from "./check-versions.js";
import { renderHealth } from "./doctor-text.js";
import type { HealthCheck } from "./health-check.js";
import { packageVersion } from "./package-version.js";

/** Options of `doctor` alone. */
export interface DoctorOptions {
  readonly json: boolean;
  /** Whether the services that handlers call are tried. */
  readonly reach: boolean;
}

/** Looks at everything and reports; gives the exit code. Writes nothing. */
export async function runDoctor(
  protos: readonly string[],
  flags: Flags,
  { json, reach }: DoctorOptions,
  terminal: Terminal,
): Promise<number> {
  const progress = startProgress(terminal);
  const checks = await examine(protos, flags, reach, terminal, progress);
  progress.clear();
  const paint = paints(wantsColor(terminal.stdout, terminal.env));
  terminal.stdout.write(
    json
      ? `${JSON.stringify({ checks }, undefined, 2)}\n`
      : renderHealth(checks, paint, terminal.verbosity === "quiet"),
  );
  if (checks.some(({ state }) => state === "error")) return exitCodes.badInput;
  return checks.some(({ state }) => state === "warning") ? exitCodes.drift : exitCodes.clean;
}

async function examine(
  protos: readonly string[],
  flags: Flags,
  reach: boolean,
  terminal: Terminal,
  progress: ReturnType<typeof startProgress>,
): Promise<HealthCheck[]> {
  const project = await prepareOutput(protos, flags, terminal.cwd, progress.listener);
  const { root, plan, output, settings } = project;
  const found = concealForeign(project.diagnostics, root, terminal.cwd);
  const usable = hasErrors(found) ? undefined : plan;
  progress.say("asking programs for their versions");
  const versions = await checkVersions(root, runningVersions());
  const tools = await checkTools(usable, terminal);
  if (reach) progress.say("trying the services that handlers call");
  const services = reach ? await checkReach(usable?.dependencies ?? [], terminal.env) : [];
  return [
    ...versions,
    ...checkLibraries(root, settings?.located?.config),
    ...tools,
    ...checkProject(project, found, flags.config ?? defaultConfigFile),
    ...(usable === undefined ? [] : checkLimits(usable, root)),
    ...(usable === undefined || output === undefined ? [] : [checkOutput(compareOutput(output))]),
    ...(usable === undefined ? [] : checkGit(root, usable.layout)),
    ...checkAws(terminal.env),
    ...services,
  ];
}

function runningVersions(): RunningVersions {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  const { engines } = JSON.parse(text) as { engines: { node: string } };
  return { tool: packageVersion(), node: process.versions.node, neededNode: engines.node };
}
