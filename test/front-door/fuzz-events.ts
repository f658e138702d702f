/** Mutated events: whatever comes, each door's handler answers with something that its door can send. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { frontDoorOf } from "../../src/front-door/front-doors.js";
import type { DoorOptions } from "../../src/runtime/doors/door.js";
import { isWarmUp, objectOf } from "../../src/runtime/doors/event.js";
import { answerEvent, type TestDoor } from "./doors.js";
import { probe } from "./probe.js";

/** What is wrong with the answer to an event; undefined for nothing. */
export async function checkEvent(
  door: TestDoor,
  event: unknown,
  options: DoorOptions = {},
): Promise<string | undefined> {
  try {
    const { status, body } = await answerEvent(door, door.make(probe, options), event);
    if (isForeign(door, event) && !isWarmUp(objectOf(event)))
      return status === 502 ? undefined : `a foreign event is answered ${status}`;
    if (status === 502 || status === 503 || status === 504)
      return `the door answers ${status}: ${Buffer.from(body).toString().slice(0, 200)}`;
    return undefined;
  } catch (error) {
    return isForeign(door, event) ? undefined : `the handler throws ${String(error)}`;
  }
}

/** Whether the door's reader finds no event of its door: then the invocation has to fail. */
function isForeign({ id }: TestDoor, event: unknown): boolean {
  try {
    return frontDoorOf(id).reader.read(objectOf(event), "") === undefined;
  } catch {
    return false;
  }
}

/** Events to start from: all of the fixtures. */
export function seedEvents(folder = "fixtures/events"): unknown[] {
  if (!existsSync(folder)) throw new Error(`${folder} is not here`);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json") && file !== "request.json")
    .sort()
    .map((file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8")));
}

/** Numbers in [0, 1) that depend on nothing but the seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const odd: readonly unknown[] = [
  null,
  "",
  0,
  -1,
  1e308,
  true,
  [],
  {},
  "%",
  "%ff",
  "\ud800",
  "\u0000",
  "a".repeat(5000),
  "/v1/items/%zz",
  "/v1/streams/late-error",
  "/v1/collections",
  "{}{}[",
  [null],
  [[]],
  { __proto__: null, toString: 1 },
  JSON.parse('{"__proto__":{"a":1},"constructor":"x","length":9}'),
  "GET",
  "2.0",
  "1.0",
  "ELB-HealthChecker/2.0",
];

/** The event with one to four places of it changed, removed or added to. */
export function mutateEvent(event: unknown, random: () => number): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(event));
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--) mutateOnce(copy, random);
  return random() < 0.01 ? oddValue(random) : copy;
}

function mutateOnce(root: unknown, random: () => number): void {
  let place = root;
  while (typeof place === "object" && place !== null) {
    const members = place as Record<string, unknown>;
    const keys = Object.keys(members);
    const key = pick(keys, random);
    if (key === undefined || random() < 0.1) {
      members[pick(["x", "__proto__x", "body", "headers", "cookies", "version"], random) ?? "x"] = oddValue(random);
      return;
    }
    if (typeof members[key] === "object" && members[key] !== null && random() < 0.7) {
      place = members[key];
      continue;
    }
    if (random() < 0.2) delete members[key];
    else members[key] = oddValue(random);
    return;
  }
}

/** A copy, so that no mutation changes the list. */
function oddValue(random: () => number): unknown {
  return structuredClone(pick(odd, random));
}

function pick<T>(items: readonly T[], random: () => number): T | undefined {
  return items[Math.floor(random() * items.length)];
}
