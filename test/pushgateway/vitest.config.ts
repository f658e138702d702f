import { defineConfig } from "vitest/config";
import { TotalsReporter } from "../support/totals-reporter.js";

export default defineConfig({
  test: {
    include: ["test/pushgateway/**/*.push.ts"],
    reporters: ["default", new TotalsReporter()],
    testTimeout: 60_000,
    // Building the Pushgateway takes a minute, once.
    hookTimeout: 600_000,
  },
});
