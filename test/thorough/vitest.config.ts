import { defineConfig } from "vitest/config";
import { TotalsReporter } from "../support/totals-reporter.js";

/** Tests that take longer than a run after every change should; CI runs them. */
export default defineConfig({
  test: {
    include: ["test/**/*.thorough.ts"],
    reporters: ["default", new TotalsReporter()],
    // Functions would write a line for each request.
    env: { AWS_LAMBDA_LOG_LEVEL: "OFF" },
    isolate: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
