/** Lines of a share of the successful requests. */
import type { Report } from "./observe.js";

/** The report for errors, and for a `share` (0 to 1) of the successes. `shares` has those of single RPCs, by `service/method`. */
export function sampleSuccesses(share: number, shares: Readonly<Record<string, number>>, report: Report): Report {
  return (ended) => {
    const { level, invocation } = ended;
    const own = shares[`${invocation.called?.service}/${invocation.called?.method}`] ?? share;
    return level === "info" && Math.random() >= own ? undefined : report(ended);
  };
}
