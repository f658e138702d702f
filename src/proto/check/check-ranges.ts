/** Reserved and extension ranges, and the names and numbers that are in them. */

import type { Located } from "../descriptor.js";
import type { ParsedDeclaration, ParsedRange } from "../parsed-file.js";
import { relatedIn } from "../report.js";
import type { CheckScope } from "./check-scope.js";
import { findOverlaps, indexRanges } from "./range-index.js";

/** The numbers that ranges may hold, both inclusive. */
export interface NumberLimits {
  readonly min: number;
  readonly max: number;
}

/** Reports ranges that are empty, out of the limits, or overlap another (PB054). */
export function checkRanges(
  reserved: readonly ParsedRange[],
  extensions: readonly ParsedRange[],
  limits: NumberLimits,
  scope: CheckScope,
): void {
  const kinds = new Map<ParsedRange, string>();
  for (const range of reserved) kinds.set(range, "reserved");
  for (const range of extensions) kinds.set(range, "extension");
  for (const [range, kind] of kinds) checkRange(range, kind, limits, scope);
  const whole = [...kinds.keys()].filter(({ from, to }) => from < to);
  for (const { later, earlier } of findOverlaps(whole)) {
    const other = `${kinds.get(earlier)} range ${showRange(earlier)}`;
    const related = relatedIn(scope.file, earlier.span, other);
    scope.report("PB054", later.span, `${kinds.get(later)} range ${showRange(later)} overlaps ${other}`, { related });
  }
}

function checkRange(range: ParsedRange, kind: string, limits: NumberLimits, scope: CheckScope): void {
  const last = range.to - 1;
  if (range.from > last) {
    scope.report("PB054", range.span, `${kind} range ${range.from} to ${last} ends before it begins`);
  } else if (range.from < limits.min || (last > limits.max && !range.isMax)) {
    const message = `${kind} range ${showRange(range)} is out of range, expected ${limits.min} to ${limits.max}`;
    scope.report("PB054", range.span, message);
  }
}

/** `4`, `4 to 9` or `4 to max`. */
export function showRange(range: ParsedRange): string {
  if (range.isMax) return `${range.from} to max`;
  return range.to === range.from + 1 ? String(range.from) : `${range.from} to ${range.to - 1}`;
}

/** A message or enum that reserves names and numbers. */
interface Reserving {
  readonly name: string;
  readonly reservedRanges: readonly ParsedRange[];
  readonly reservedNames: readonly Located<string>[];
}

/** Reports members with a reserved name or number (PB053), and names that are reserved twice (PB045). */
export function reportReserved(
  owner: Reserving,
  members: readonly (ParsedDeclaration & { readonly number: Located<number> })[],
  kind: string,
  scope: CheckScope,
): void {
  const names = new Map<string, Located<string>>();
  for (const name of owner.reservedNames) {
    const first = names.get(name.value);
    if (first === undefined) names.set(name.value, name);
    else {
      const related = relatedIn(scope.file, first.span, "reserved here first");
      scope.report("PB045", name.span, `the name "${name.value}" is reserved twice`, { related });
    }
  }
  const reservedRange = indexRanges(owner.reservedRanges);
  for (const member of members) {
    const name = names.get(member.name);
    if (name !== undefined) {
      const related = relatedIn(scope.file, name.span, "reserved here");
      scope.report("PB053", member.span, `${kind} "${member.name}" has a name that "${owner.name}" reserves`, {
        related,
      });
    }
    const number = member.number.value;
    const range = reservedRange(number);
    if (range !== undefined) {
      const message = `${kind} "${member.name}" has the number ${number} that "${owner.name}" reserves`;
      scope.report("PB053", member.number.span, message, {
        related: relatedIn(scope.file, range.span, "reserved here"),
      });
    }
  }
}
