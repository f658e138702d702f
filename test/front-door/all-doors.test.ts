/** The suite through every door, and the deviations: each listed one is one, and has a reason. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { exchange, testDoors } from "./doors.js";
import { probe } from "./probe.js";
import { baseRequest, shown } from "./shown.js";
import { suite } from "./suite.js";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

describe.each(testDoors.map((door) => [door.name, door] as const))("%s", (name, door) => {
  const handler = door.make(probe);
  for (const [group, cases] of Object.entries(suite)) {
    test.each(cases.map((one) => [`${group}: ${one.name}`, one] as const))("%s", async (_, one) => {
      const response = await exchange(door, handler, { ...baseRequest, ...one.request });
      const { reason, ...own } = one.deviations?.[name] ?? { reason: undefined, ...one.expected };
      expect(shown(response, own)).toEqual(own);
      if (reason !== undefined) expect(shown(response, one.expected)).not.toEqual(one.expected);
    });
  }
});
