import { defineConfig } from "vitest/config";
import { TotalsReporter } from "../support/totals-reporter.js";

export default defineConfig({
  test: {
    include: ["test/peers/**/*.peers.ts"],
    reporters: ["default", new TotalsReporter()],
    // Functions would write a line for each request.
    env: { AWS_LAMBDA_LOG_LEVEL: "OFF" },
    fileParallelism: false,
    testTimeout: 60_000,
    // Building the gateways takes minutes, once.
    hookTimeout: 600_000,
  },
});
