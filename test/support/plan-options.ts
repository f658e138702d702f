/** Options as the configuration's defaults give them. */
import { idiomaticStyle } from "../../src/emit/message-style.js";
import { settingDefaults } from "../../src/plan/setting-defaults.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";

/** Defaults, with `overrides` on top. */
export function planOptions(overrides: Partial<PlanOptions> = {}): PlanOptions {
  const { out, handlers, template, zips } = settingDefaults.top;
  const { allowDeleteBody: _, gateway: __, ...transcoding } = settingDefaults.transcoding;
  return {
    layout: { outDir: out, handlersDir: handlers, template, zips },
    transcoding: { ...transcoding, unknownFields: "ignore" },
    deployment: {},
    messages: idiomaticStyle,
    serviceOptions: new Map(),
    ...overrides,
  };
}
