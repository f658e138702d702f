/** The sources of settings, and their precedence. */
import type { Config } from "./config.js";
import type { Flags } from "./flags.js";
import type { PathSetting, Report } from "./project-paths.js";
import type { LocatedConfig } from "./read-config.js";
import type { ConfigPath } from "./yaml-places.js";

/** Everything that decides about settings. */
export interface SettingSources {
  /** Arguments of the command line. */
  readonly protos: readonly string[];
  readonly flags: Flags;
  /** Absolute path of the working directory; flags are relative to it. */
  readonly cwd: string;
  /** Absolute path of the project; the configuration is relative to it. */
  readonly root: string;
  readonly located: LocatedConfig | undefined;
  /** The configuration with the flags in place of its values, except for paths; empty without either. */
  readonly config: Config;
  readonly report: Report;
}

/** A path from the command line, or else from the configuration. */
export function pathSetting(
  sources: SettingSources,
  flag: string | undefined,
  configured: string | undefined,
  at: ConfigPath,
): PathSetting | undefined {
  if (flag !== undefined) return { base: sources.cwd, value: flag };
  return configured === undefined ? undefined : configuredPath(sources, configured, at);
}

/** Settles a list as `pathSetting` does; an empty list counts as not given. */
export function pathSettings(
  sources: SettingSources,
  flags: readonly string[] | undefined,
  configured: readonly string[] | undefined,
  at: ConfigPath,
): PathSetting[] {
  if (flags !== undefined && flags.length > 0) return flags.map((value) => ({ base: sources.cwd, value }));
  return (configured ?? []).map((value, index) => configuredPath(sources, value, [...at, index]));
}

function configuredPath(sources: SettingSources, value: string, at: ConfigPath): PathSetting {
  const location = sources.located?.places.ofValue(at);
  return { base: sources.root, value, ...(location === undefined ? {} : { location }) };
}
