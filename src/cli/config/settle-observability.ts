/** The keys of `observability`. */
import type { ModuleExport } from "../../plan/plan.js";
import type { PlanOptions } from "../../plan/plan-options.js";
import { settingDefaults } from "../../plan/setting-defaults.js";
import type { Config } from "./config.js";
import { definedMembers } from "./defined-members.js";

/** The settings with their defaults, and the logger that `find` finds; undefined if functions tell nothing, as those in Go, which log by themselves. */
export function settleObservability(
  { observability = true, language }: Config,
  find: (logger: string | undefined) => ModuleExport | undefined,
): PlanOptions["observability"] {
  if (observability === false || language === "go") return undefined;
  const { logger, ...own } = observability === true ? {} : observability;
  const settings = { ...settingDefaults.observability, ...own };
  return {
    ...settings,
    ...definedMembers({ logger: find(logger) }),
    correlationIds: settings.correlationIds.map((name) => name.toLowerCase()),
    redact: settings.redact.flatMap((name) => [...new Set([name, name.toLowerCase()])]),
  };
}
