/** Look-ups in ranges against going through all of them. */
import { expect, test } from "vitest";
import { findOverlaps, indexRanges, type NumberRange } from "../../src/proto/check/range-index.js";
import { fc } from "../support/property.js";

const ranges = fc.array(
  fc
    .tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: 1, max: 8 }))
    .map(([from, length]): NumberRange => ({ from, to: from + length })),
  { maxLength: 20 },
);

test("a number is found in a range exactly where one holds it", () => {
  fc.assert(
    fc.property(ranges, fc.integer({ min: -8, max: 50 }), (all, number) => {
      const holds = ({ from, to }: NumberRange): boolean => from <= number && number < to;
      const found = indexRanges(all)(number);
      expect(found !== undefined).toBe(all.some(holds));
      if (found !== undefined) expect(holds(found)).toBe(true);
    }),
  );
});

test("overlaps are pairs that overlap, one for each range at most, and some wherever there are any", () => {
  fc.assert(
    fc.property(ranges, (all) => {
      const overlap = (a: NumberRange, b: NumberRange): boolean => a.from < b.to && b.from < a.to;
      const found = findOverlaps(all);
      for (const { later, earlier } of found) {
        expect(all.indexOf(later)).toBeGreaterThan(all.indexOf(earlier));
        expect(overlap(later, earlier)).toBe(true);
      }
      expect(new Set(found.map(({ later }) => later)).size).toBe(found.length);
      const any = all.some((range, index) => all.slice(0, index).some((other) => overlap(range, other)));
      expect(found.length > 0).toBe(any);
    }),
  );
});

test("ranges that touch do not overlap", () => {
  const [a, b] = [
    { from: 1, to: 5 },
    { from: 5, to: 6 },
  ];
  expect(findOverlaps([a, b])).toEqual([]);
  expect(indexRanges([a, b])(5)).toBe(b);
  expect(indexRanges([a, b])(6)).toBeUndefined();
  expect(indexRanges([a, b])(0)).toBeUndefined();
});
