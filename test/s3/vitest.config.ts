import { defineConfig } from "vitest/config";
import { TotalsReporter } from "../support/totals-reporter.js";

export default defineConfig({
  test: {
    include: ["test/s3/**/*.s3.ts"],
    reporters: ["default", new TotalsReporter()],
    // Functions would write a line for each request.
    env: { AWS_LAMBDA_LOG_LEVEL: "OFF" },
    fileParallelism: false,
    testTimeout: 60_000,
    // Downloading Swift takes some seconds, once.
    hookTimeout: 300_000,
  },
});
