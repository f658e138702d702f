import type { Reporter, TestModule } from "vitest/node";

/**
 * Closes a run with `N passed, N failed, N skipped`, the line that `test/ci/run.mjs` adds up. A module that fails to load counts as failed,
 * and so does a suite whose hook fails: its tests count as skipped, or have passed before.
 */
export class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const totals = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      let tests = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        totals[state === "pending" ? "skipped" : state]++;
        tests++;
      }
      const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
      totals.failed += suites.length;
      if (module.errors().length > 0 || (tests === 0 && module.state() === "failed")) totals.failed++;
    }
    console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  }
}
