/** Configuration file + flags + defaults = what the pipeline is asked for. */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Diagnostic, hasErrors } from "../../diagnostics.js";
import type { GenerateRequest } from "../../pipeline.js";
import { settingDefaults } from "../../plan/setting-defaults.js";
import type { Flags } from "./flags.js";
import { displayPath } from "./project-paths.js";
import type { LocatedConfig } from "./read-config.js";
import type { SettingSources } from "./setting-sources.js";
import { settleLoad, settleServiceConfigs, settleSkip } from "./settle-inputs.js";
import { settlePlan } from "./settle-plan.js";
import { withFlags } from "./with-flags.js";

/** The file that is read without --config. */
export const defaultConfigFile = "grpc2lambda.yaml";

/** The settings of a run. */
export interface Settings {
  /** Absolute path of the project: the folder of the configuration, or the working directory without one. */
  readonly root: string;
  readonly request: GenerateRequest;
  /** The configuration with the places of its values; undefined without one. */
  readonly located?: LocatedConfig;
}

/** The result of reading the settings; with errors there are none. */
export interface SettingsReading {
  /** Also without settings. */
  readonly root: string;
  readonly settings?: Settings;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Settles everything a command needs; `protos` are the command line's arguments, which replace the configuration's. All
 * findings are given at once; with errors among them there are no settings.
 */
export async function readSettings(protos: readonly string[], flags: Flags, cwd: string): Promise<SettingsReading> {
  const path = resolve(cwd, flags.config ?? defaultConfigFile);
  if (flags.config === undefined && !existsSync(path)) {
    return { root: cwd, ...settle(undefined, { protos, flags, cwd, root: cwd }) };
  }
  const root = dirname(path);
  // Without a configuration neither the YAML parser nor the schema validator is loaded.
  const { readConfig } = await import("./read-config.js");
  const { located, diagnostics } = await readConfig(path, displayPath(cwd, path));
  if (located === undefined) return { root, diagnostics };
  const settled = settle(located, { protos, flags, cwd, root });
  return { root, ...settled, diagnostics: [...diagnostics, ...settled.diagnostics] };
}

type Invocation = Omit<SettingSources, "located" | "config" | "report">;

function settle(
  located: LocatedConfig | undefined,
  invocation: Invocation,
): { settings?: Settings; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const config = withFlags(located?.config ?? {}, invocation.flags);
  const report = (diagnostic: Diagnostic): number => diagnostics.push(diagnostic);
  const sources: SettingSources = { ...invocation, located, config, report };
  const load = settleLoad(sources);
  const serviceConfigs = settleServiceConfigs(sources);
  const plan = settlePlan(sources);
  if (load === undefined || plan === undefined || hasErrors(diagnostics)) return { diagnostics };
  const { root } = invocation;
  const { unbound, transcoding } = config;
  const request: GenerateRequest = {
    load,
    ...(serviceConfigs.length === 0 ? {} : { serviceConfigs }),
    skip: settleSkip(sources),
    unboundMethods: unbound ?? settingDefaults.top.unbound,
    allowDeleteBody: transcoding?.allowDeleteBody ?? settingDefaults.transcoding.allowDeleteBody,
    plan,
  };
  return { settings: { root, request, ...(located === undefined ? {} : { located }) }, diagnostics };
}
