/** Values that every kind of metrics has in common. */
import { errorCodes } from "./metric-names.js";

const failing: ReadonlySet<string> = new Set(errorCodes);

/** Tells whether a code is one by which the server says that it failed. */
export function isServerError(code: string): boolean {
  return failing.has(code);
}

/** The stage of the API: the variable STAGE, or `none`. */
export function stageName(): string {
  return process.env["STAGE"] || "none";
}
