/** One line of the log for each request. */
import type { EndedRequest, Report } from "./observe.js";

/**
 * Makes the report that writes the lines, at the level of the outcome. `failures`, made by `failedRequests()`, tells about
 * requests that failed.
 */
export function requestLines(failures?: (ended: EndedRequest) => object): Report {
  return (ended) => {
    const { level, fields, log } = ended;
    log[level]("request", level === "info" ? fields : { ...fields, ...failures?.(ended) });
  };
}
