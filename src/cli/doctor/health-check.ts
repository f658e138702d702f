/** The form of what `doctor` finds: one thing each. */

/** The areas, in the order of the report. */
export const healthAreas = ["versions", "project", "limits", "output", "git", "aws", "services"] as const;

/** `note`: nothing is wrong, and something is worth knowing. `warning`: something will not do as expected. `error`: nothing can be generated. */
export type HealthState = "ok" | "note" | "warning" | "error";

/** The state of one thing. */
export interface HealthCheck {
  readonly area: (typeof healthAreas)[number];
  readonly name: string;
  readonly state: HealthState;
  /** The found value, and what was expected if it is another. One line. */
  readonly text: string;
  /** The step that mends it, in one line; present unless all is well. */
  readonly help?: string;
}
