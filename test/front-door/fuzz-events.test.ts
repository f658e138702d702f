/** `npm run fuzz:events`: FUZZ_EVENTS events (default 5,000 here) from FUZZ_SEED, at most FUZZ_SECONDS of them. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { testDoors } from "./doors.js";
import { checkEvent, mutateEvent, randomNumbers, seedEvents } from "./fuzz-events.js";

const count = Number(process.env.FUZZ_EVENTS ?? 5_000);
const seed = Number(process.env.FUZZ_SEED ?? 1);
const seconds = Number(process.env.FUZZ_SECONDS ?? 30);

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

test("mutated events end in a valid response for their door", { timeout: (seconds + 30) * 1000 }, async () => {
  const random = randomNumbers(seed);
  const seeds = seedEvents();
  const end = Date.now() + seconds * 1000;
  let done = 0;
  for (; done < count && Date.now() < end; done++) {
    const event = mutateEvent(seeds[done % seeds.length], random);
    for (const door of testDoors) {
      const problem = await checkEvent(door, event);
      if (problem !== undefined)
        expect.fail(`${door.name}: ${problem}\nseed ${seed}, event ${done}: ${JSON.stringify(event)}`);
    }
    if (done % 500 === 0) vi.mocked(console.error).mockClear();
  }
  console.log(`${done} events through ${testDoors.length} doors, seed ${seed}`);
  expect(done).toBeGreaterThan(0);
});
