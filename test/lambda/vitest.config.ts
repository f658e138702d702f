import { defineConfig } from "vitest/config";
import { TotalsReporter } from "../support/totals-reporter.js";

export default defineConfig({
  test: {
    include: ["test/lambda/**/*.lambda.ts"],
    reporters: ["default", new TotalsReporter()],
    fileParallelism: false,
    testTimeout: 60_000,
    // Installing the runtimes and compiling the client's add-on takes a minute, once.
    hookTimeout: 600_000,
  },
});
