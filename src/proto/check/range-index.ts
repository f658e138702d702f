/** Look-ups in ranges of numbers: a message may reserve thousands. */

/** Numbers [from, to). */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** Gives the range that holds a number; where several do, one of them. */
export type RangeIndex<Range extends NumberRange> = (number: number) => Range | undefined;

/** Sorts the ranges once; every look-up is then a binary search. */
export function indexRanges<Range extends NumberRange>(ranges: readonly Range[]): RangeIndex<Range> {
  const sorted = [...ranges].sort((a, b) => a.from - b.from);
  const widest = widestSoFar(sorted);
  return (number) => {
    const holder = widest[countUpTo(sorted, number) - 1];
    return holder !== undefined && number < holder.to ? holder : undefined;
  };
}

/** Two ranges that have a number in common; `later` is the one that is declared behind the other. */
export interface Overlap<Range extends NumberRange> {
  readonly later: Range;
  readonly earlier: Range;
}

/** Overlaps among `ranges` (in declaration order): at most one for each range, and one for each that has any. */
export function findOverlaps<Range extends NumberRange>(ranges: readonly Range[]): Overlap<Range>[] {
  const position = new Map(ranges.map((range, index) => [range, index]));
  const sorted = [...ranges].sort((a, b) => a.from - b.from);
  const widest = widestSoFar(sorted);
  const found = new Map<Range, Overlap<Range>>();
  for (const [index, range] of sorted.entries()) {
    const before = widest[index - 1];
    if (before === undefined || before.to <= range.from) continue;
    const isBehind = (position.get(range) ?? 0) > (position.get(before) ?? 0);
    const [later, earlier] = isBehind ? [range, before] : [before, range];
    if (!found.has(later)) found.set(later, { later, earlier });
  }
  return [...found.values()];
}

/** The range that reaches furthest, among each range and those before it in the order of their starts. */
function widestSoFar<Range extends NumberRange>(sorted: readonly Range[]): Range[] {
  const widest: Range[] = [];
  for (const range of sorted) {
    const before = widest.at(-1);
    widest.push(before !== undefined && before.to >= range.to ? before : range);
  }
  return widest;
}

/** The number of ranges that start at `number` or before it. */
function countUpTo(sorted: readonly NumberRange[], number: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.from ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
