import { defineConfig } from "vitest/config";
import { TotalsReporter } from "../support/totals-reporter.js";

export default defineConfig({
  test: {
    include: ["test/s3/**/*.s3.ts"],
    reporters: ["default", new TotalsReporter()],
    fileParallelism: false,
    testTimeout: 60_000,
    // Downloading Swift takes some seconds, once.
    hookTimeout: 300_000,
  },
});
