/**
 * Diagnostics: what the tool says about the user's input. Plain data, collected by every stage, sorted and rendered
 * once by `cli/report`. The stages never throw for something a user got wrong.
 */
import { type DiagnosticCode, diagnosticCodes, type Severity } from "./diagnostic-codes.js";

export type { Severity } from "./diagnostic-codes.js";

/** A range in a text file. Lines and columns are 1-based, columns count UTF-16 units, the end is exclusive. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A range in a named file; `file` is the path to show (relative to the working directory where possible). */
export interface Location extends Span {
  readonly file: string;
}

/** One finding about the user's input. */
export interface Diagnostic {
  /** Stable, documented in docs/diagnostics.md. */
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** The found and the expected text, in one line, without a final full stop. */
  readonly message: string;
  readonly location?: Location;
  /** Other places that take part in the finding, for example the first of two duplicates. */
  readonly related?: readonly RelatedLocation[];
  /** Advice in one line. */
  readonly help?: string;
}

/** A second place that a finding speaks of. */
export interface RelatedLocation {
  readonly message: string;
  readonly location: Location;
}

/** The parts of a finding that not all have; undefined is the same as absent. */
interface DiagnosticParts {
  /** Default: that of the code. */
  readonly severity?: Severity | undefined;
  readonly location?: Location | undefined;
  readonly related?: readonly RelatedLocation[] | undefined;
  readonly help?: string | undefined;
}

/** Makes a finding with the severity of its code. */
export function diagnostic(
  code: DiagnosticCode,
  message: string,
  { severity = diagnosticCodes[code].severity, location, related, help }: DiagnosticParts = {},
): Diagnostic {
  return {
    code,
    severity,
    message,
    ...(location === undefined ? {} : { location }),
    ...(related === undefined ? {} : { related }),
    ...(help === undefined ? {} : { help }),
  };
}

/** Tells whether the findings forbid going on to the next stage. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** Orders findings by file, line, column and code, so that two runs print the same text. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compareText(a.location?.file ?? "", b.location?.file ?? "") ||
      (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
      (a.location?.column ?? 0) - (b.location?.column ?? 0) ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}

/** Compares by UTF-16 code units: no locale takes part, so the order is the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The candidate nearest to `name` by edit distance, for "did you mean"; undefined when nothing is near enough
 * (more than a third of the name would have to change).
 */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  if (name.length > longestName) return undefined;
  const wanted = name.toLowerCase();
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** ` (did you mean "x"?)` for the end of a message, or nothing where nothing is near. */
export function didYouMean(near: string | undefined): string {
  return near === undefined ? "" : ` (${ask(near)})`;
}

/** `did you mean "x"?`, or `otherwise` where nothing is near. */
export function helpWith(near: string | undefined, otherwise: string): string {
  return near === undefined ? otherwise : ask(near);
}

function ask(near: string): string {
  return `did you mean "${near}"?`;
}

/**
 * Tells whether a finding after `findings` others still gets advice: advice after many is not read, and takes time by
 * the number of candidates.
 */
export function takesAdvice(findings: number): boolean {
  return findings < 100;
}

/**
 * Suggests as `suggest` does for a finding after `findings` others: only for the first few, and `candidates` are
 * collected only for these.
 */
export function suggestFor(findings: number, name: string, candidates: () => Iterable<string>): string | undefined {
  return takesAdvice(findings) ? suggest(name, candidates()) : undefined;
}

/** Nobody misspells a longer name, and comparing takes time by the square of the length. */
const longestName = 256;

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), one row at a time. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (beforePrevious[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(substitution, swap, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
