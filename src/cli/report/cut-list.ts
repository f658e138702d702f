/** Long lists of findings, cut where nobody reads on. */
import { type Diagnostic, sortDiagnostics } from "../../diagnostics.js";

/** Findings of one code and severity that are shown; the others are counted. `check --json` and `--verbose` have all; of other commands `--json` is about their answer. */
const mostOfACode = 20;

/** The part of a list that is shown. */
export interface CutList {
  /** Shown findings, in order of place and code. */
  readonly shown: readonly Diagnostic[];
  /** `and 5 more: error PB040 (check --json has all)`, one line for each code and severity that was cut. */
  readonly left: readonly string[];
}

/** The first `most` findings of each code and severity, and lines that count the others. */
export function cutList(diagnostics: readonly Diagnostic[], most = mostOfACode): CutList {
  const counts = new Map<string, number>();
  const shown = sortDiagnostics(diagnostics).filter(({ severity, code }) => {
    const key = `${severity} ${code}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= most;
  });
  const left = [...counts]
    .filter(([, count]) => count > most)
    .map(([key, count]) => `and ${count - most} more: ${key} (check --json has all)`);
  return { shown, left };
}
