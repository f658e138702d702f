/** Several reports of one request. */
import type { Report } from "./observe.js";

/** The report that is made of others, one after the other. */
export function reportAll(...reports: readonly Report[]): Report {
  return async (ended) => {
    for (const report of reports) await report(ended);
  };
}
