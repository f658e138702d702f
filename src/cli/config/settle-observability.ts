/** The keys of `observability`. */
import type { PlanOptions } from "../../plan/plan-options.js";
import { settingDefaults } from "../../plan/setting-defaults.js";
import type { Config } from "./config.js";

/** The settings with their defaults; undefined if functions tell nothing, as those in Go, which log by themselves. */
export function settleObservability({ observability = true, language }: Config): PlanOptions["observability"] {
  if (observability === false || language === "go") return undefined;
  const settings = { ...settingDefaults.observability, ...(observability === true ? {} : observability) };
  return {
    ...settings,
    correlationIds: settings.correlationIds.map((name) => name.toLowerCase()),
    redact: settings.redact.flatMap((name) => [...new Set([name, name.toLowerCase()])]),
  };
}
