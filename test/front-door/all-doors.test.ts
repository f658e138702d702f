/** The suite through every door, and the deviations: each listed one is one, and has a reason. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cors } from "../../src/runtime/doors/cors.js";
import { exchange, type TestDoor, testDoors } from "./doors.js";
import { probe } from "./probe.js";
import { baseRequest, shown } from "./shown.js";
import { browsers, corsSettings } from "./suite/browsers.js";
import type { Case } from "./suite/case.js";
import { suite } from "./suite.js";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

async function expectCase(one: Case, door: TestDoor, handler: ReturnType<TestDoor["make"]>): Promise<void> {
  const response = await exchange(door, handler, { ...baseRequest, ...one.request });
  const { reason, ...own } = one.deviations?.[door.name] ?? { reason: undefined, ...one.expected };
  expect(shown(response, own)).toEqual(own);
  if (reason !== undefined) expect(shown(response, one.expected)).not.toEqual(one.expected);
}

/** Set up for pages of other origins: in the door where it answers them, else in the function. */
function forBrowsers(door: TestDoor): TestDoor {
  if (door.id === "http-api" || door.id === "function-url")
    return { ...door, settings: { ...door.settings, cors: corsSettings } };
  return { ...door, make: (endpoint) => door.make(endpoint, { cors: cors(corsSettings) }) };
}

describe.each(testDoors.map((door) => [door.name, door] as const))("%s", (_, door) => {
  const handler = door.make(probe);
  for (const [group, cases] of Object.entries(suite)) {
    test.each(cases.map((one) => [`${group}: ${one.name}`, one] as const))("%s", (_, one) =>
      expectCase(one, door, handler),
    );
  }
  const browsersDoor = forBrowsers(door);
  const browsersHandler = browsersDoor.make(probe);
  test.each(browsers.map((one) => [`browsers: ${one.name}`, one] as const))("%s", (_, one) =>
    expectCase(one, browsersDoor, browsersHandler),
  );
});
