/** Problems of a path template. */

/** A finding inside a template's text. */
export interface TemplateProblem {
  /** Start in the source, in UTF-16 units. */
  readonly offset: number;
  /** Length in UTF-16 units; 0 only for an empty source. */
  readonly length: number;
  /** The found text: `an empty segment`. */
  readonly message: string;
  /** The expected text: `text, "*" or "**"`. */
  readonly expected: string;
  /** Advice in one line. */
  readonly help: string;
}

/** Builds a finding; the parameters are in the order of the fields. */
export function templateProblem(
  offset: number,
  length: number,
  message: string,
  expected: string,
  help: string,
): TemplateProblem {
  return { offset, length, message, expected, help };
}
