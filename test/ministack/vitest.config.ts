import { defineConfig } from "vitest/config";
import { TotalsReporter } from "../support/totals-reporter.js";

export default defineConfig({
  test: {
    include: ["test/ministack/**/*.deploy.ts"],
    reporters: ["default", new TotalsReporter()],
    fileParallelism: false,
    testTimeout: 60_000,
    // Installing the packages takes a minute, once.
    hookTimeout: 300_000,
  },
});
