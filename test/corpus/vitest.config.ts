import { defineConfig } from "vitest/config";
import { TotalsReporter } from "../support/totals-reporter.js";

export default defineConfig({
  test: {
    include: ["test/corpus/**/*.corpus.ts"],
    reporters: ["default", new TotalsReporter()],
    fileParallelism: false,
    pool: "forks",
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
  },
});
