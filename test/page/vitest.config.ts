import { defineConfig } from "vitest/config";
import { TotalsReporter } from "../support/totals-reporter.js";

export default defineConfig({
  test: {
    include: ["test/page/**/*.browser.ts"],
    reporters: ["default", new TotalsReporter()],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
