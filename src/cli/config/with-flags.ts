/** Flags go before the configuration. */
import type { Config } from "./config.js";
import type { Flags } from "./flags.js";
import type { SettingFlag } from "./setting-flag.js";
import { settingFlags } from "./setting-flags.js";

/**
 * The configuration with the flags that are given in place of its values. Paths are not among them: those of flags are
 * relative to another folder, see `pathSetting`.
 */
export function withFlags(config: Config, flags: Flags): Config {
  return settingFlags.reduce<Config>((settled, flag) => {
    const value = flagValue(flag, flags);
    return value === undefined ? settled : withValue(settled, flag.key, value);
  }, config);
}

function flagValue({ member, takes }: SettingFlag, flags: Flags): unknown {
  switch (takes.kind) {
    case "path":
    case "paths":
      return undefined;
    case "nothing":
      return flags[member] === true ? takes.sets : undefined;
    case "switch":
    case "texts":
    case "choice":
    case "integer":
    case "text":
      return flags[member];
    default:
      return takes satisfies never;
  }
}

function withValue(config: Config, [key, inner]: SettingFlag["key"], value: unknown): Config {
  if (inner === undefined) return { ...config, [key]: value };
  return { ...config, [key]: { ...config[key as "transcoding" | "deployment"], [inner]: value } };
}
