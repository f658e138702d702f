/** The flags of `diff` alone. */
import type { ReportFlags } from "../report/report-options.js";

/** Flags of `diff` alone. */
export interface DiffFlags extends ReportFlags {
  readonly against: string;
  readonly exceptions?: string;
}
