/** Options as the configuration's defaults give them. */
import { idiomaticStyle } from "../../src/model/message-style.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";

/** Defaults, with `overrides` on top. */
export function planOptions(overrides: Partial<PlanOptions> = {}): PlanOptions {
  return {
    layout: { outDir: "gen", handlersDir: "src/handlers", template: "template.yaml", zips: "build/lambda" },
    transcoding: {
      profile: "grpc-gateway",
      emitDefaults: true,
      originalNames: false,
      enumsAsNumbers: false,
      unknownFields: "ignore",
    },
    deployment: {
      runtime: "nodejs24.x",
      architecture: "arm64",
      memorySize: 512,
      timeout: 28,
      logRetentionDays: 30,
      auth: "iam",
    },
    messages: idiomaticStyle,
    serviceOptions: new Map(),
    ...overrides,
  };
}
