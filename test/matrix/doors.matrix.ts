/** Every front door with a function for each RPC, and with one for all: the same answers in every preset. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { MessageStyle } from "../../src/emit/message-style.js";
import type { FunctionGrouping } from "../../src/plan/plan-options.js";
import { type TestDoor, testDoors } from "../front-door/doors.js";
import { type Answer, answerAll } from "./answers.js";
import { unexplained } from "./compare.js";
import { matrixModel, openWorkshop, planProject, type Workshop } from "./project.js";
import { matrixRequests } from "./requests.js";
import { presetStyles, referenceStyle } from "./styles.js";

const dialects = ["proto3"] as const;
const requests = matrixRequests(dialects, "some");
const model = matrixModel(dialects, "some");

/** One door of each kind; those of a kind read their events alike. */
const doors = testDoors.filter(({ name }) => ["alb", "rest-api", "http-api", "function-url"].includes(name));

describe.each(doors.map((door) => [door.name, door] as const))("%s", (_, door) => {
  const grouping: FunctionGrouping = { kind: door.id === "function-url" ? "per-service" : "per-rpc" };
  let workshop: Workshop;
  let expected: readonly Answer[];
  beforeAll(async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    workshop = openWorkshop();
    const reference = presetStyles[referenceStyle];
    if (reference === undefined) throw new Error("no reference");
    expected = await answersOf("single", door, reference, { kind: "single" });
  });
  afterAll(() => {
    vi.restoreAllMocks();
    workshop.remove();
  });

  async function answersOf(
    name: string,
    { id }: TestDoor,
    style: MessageStyle,
    functions: FunctionGrouping,
  ): Promise<Answer[]> {
    const plan = planProject(model, { style, frontDoor: id, functions });
    workshop.write(name, plan);
    return answerAll(door, plan, await workshop.load(name, plan), requests);
  }

  it.each(Object.entries(presetStyles))("%s", async (name, style) => {
    const found = await answersOf(name, door, style, grouping);
    expect(unexplained(style, requests, expected, found).slice(0, 10)).toEqual([]);
  });

  it("type-checks under @tsconfig/strictest", () => {
    expect(workshop.typeCheck()).toBe("");
  });
});
