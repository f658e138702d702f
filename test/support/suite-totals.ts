/** Rows of `npm run test:vectors`: how many cases of a suite passed, were decided otherwise, failed. */

/** Counts the cases of one suite. */
export interface SuiteTotals {
  /** Runs a case; `decided` when what it checks is this tool's decision. */
  count(decided: boolean, run: () => unknown): Promise<void>;
  /** A line of the table. */
  row(): string;
}

/** Starts at zero. */
export function suiteTotals(suite: string): SuiteTotals {
  const totals = { passed: 0, decided: 0, failed: 0 };
  const number = (count: number): string => String(count).padStart(5);
  return {
    async count(decided, run) {
      totals.failed++;
      await run();
      totals.failed--;
      totals[decided ? "decided" : "passed"]++;
    },
    row: () =>
      `${suite.padEnd(24)}${number(totals.passed)} passed${number(totals.decided)} decided otherwise${number(totals.failed)} failed`,
  };
}
