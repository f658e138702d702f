/** Time stamps of lines are those of Date. */
import { expect, it } from "vitest";
import { timeStamp } from "../../src/runtime/observability/time-stamp.js";

const day = Date.parse("2028-02-29T00:00:00.000Z");

it.each([
  ["the first moment of a minute", day],
  ["the last moment of the minute before, although the clock went back", day - 1],
  ["a time with every digit", day + 86_399_999],
  ["the next minute", day + 86_400_000],
  ["a time with zeros before each part", day + 3_600_000 + 60_000 + 1_000 + 1],
  ["the epoch", 0],
])("%s", (_, time) => {
  expect(timeStamp(time)).toBe(new Date(time).toISOString());
});

it("is now without a time", () => {
  const before = Date.now();
  const stamp = Date.parse(timeStamp());
  expect(stamp).toBeGreaterThanOrEqual(before);
  expect(stamp).toBeLessThanOrEqual(Date.now());
});
