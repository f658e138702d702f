import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { TotalsReporter } from "./test/support/totals-reporter.js";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", new TotalsReporter()],
    // Vitest leaves a processor to itself by default, which is idle while tests run.
    maxWorkers: availableParallelism(),
    // Loading the sources once a process, and not once a file, saves a quarter of the processor time. Tests put back what they stub.
    isolate: false,
    // Functions would write a line for each request.
    env: { AWS_LAMBDA_LOG_LEVEL: "OFF" },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
