import { defineConfig } from "vitest/config";
import { TotalsReporter } from "../support/totals-reporter.js";

export default defineConfig({
  test: {
    include: ["test/crash/**/*.crash.ts", "test/output/crash.test.ts"],
    env: { CRASH_FAULTS: "all" },
    reporters: ["default", new TotalsReporter()],
    testTimeout: 600_000,
  },
});
