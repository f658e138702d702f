import { defineConfig } from "vitest/config";
import { TotalsReporter } from "../support/totals-reporter.js";

export default defineConfig({
  test: {
    include: ["test/protoc/**/*.protoc.ts"],
    reporters: ["default", new TotalsReporter()],
    testTimeout: 60_000,
  },
});
