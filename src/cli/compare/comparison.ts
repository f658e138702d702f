/** A comparison that is settled and can begin. */
import type { AdmissionOptions } from "../../migrate/comparison/admission.js";
import type { DifferenceClass } from "../../migrate/differences/difference.js";
import type { LabelRequest } from "../../migrate/requests/request-label.js";
import type { ComparisonRule } from "../../migrate/rules/comparison-rules.js";
import type { ModelIndex } from "../../model/model-index.js";
import type { Plan } from "../../plan/plan.js";
import type { Flags } from "../config/flags.js";
import type { Settings } from "../config/settings.js";
import type { ReportFormat } from "../report/report-options.js";
import type { Terminal } from "../terminal.js";
import type { CompareFlags } from "./compare-flags.js";

/** Everything that was settled before the first request. */
export interface Comparison {
  readonly files: readonly string[];
  readonly flags: Flags & CompareFlags;
  readonly format: ReportFormat;
  readonly terminal: Terminal;
  readonly settings: Settings;
  readonly plan: Plan;
  readonly index: ModelIndex;
  readonly rules: readonly ComparisonRule[];
  readonly failOn: ReadonlySet<DifferenceClass>;
  readonly admission: AdmissionOptions;
  readonly label: LabelRequest;
}
