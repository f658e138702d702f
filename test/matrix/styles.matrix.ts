/** All styles and dialects, in settings that change what is generated. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Plan, TranscodingOptions } from "../../src/plan/plan.js";
import { testDoors } from "../front-door/doors.js";
import { type Answer, answerAll } from "./answers.js";
import { unexplained } from "./compare.js";
import type { Extent } from "./kinds.js";
import { matrixModel, openWorkshop, planProject, type Workshop } from "./project.js";
import { allDialects } from "./protos.js";
import { matrixRequests } from "./requests.js";
import { allStyles, referenceStyle } from "./styles.js";

const settings: readonly (readonly [name: string, extent: Extent, transcoding: Partial<TranscodingOptions>])[] = [
  ["default", "all", {}],
  [
    "strict",
    "some",
    { profile: "spec", unknownFields: "reject", emitDefaults: false, originalNames: true, enumsAsNumbers: true },
  ],
  ["merging", "some", { behaviour: { queryWithBodyStar: "bind" }, formBodies: false }],
];

describe.each(settings)("settings: %s", (_, extent, transcoding) => {
  const requests = matrixRequests(allDialects, extent);
  const plans = new Map<string, Plan>();
  let workshop: Workshop;
  let expected: readonly Answer[];
  beforeAll(async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    workshop = openWorkshop();
    const model = matrixModel(allDialects, extent);
    for (const [name, style] of Object.entries(allStyles)) {
      const plan = planProject(model, { style, frontDoor: "function-url", functions: { kind: "single" }, transcoding });
      plans.set(name, plan);
      workshop.write(name, plan);
    }
    expected = await answersOf(referenceStyle);
  });
  afterAll(() => {
    vi.restoreAllMocks();
    workshop.remove();
  });

  async function answersOf(name: string): Promise<Answer[]> {
    const door = testDoors.find((candidate) => candidate.name === "function-url");
    const plan = plans.get(name);
    if (door === undefined || plan === undefined) throw new Error(`no ${name}`);
    return answerAll(door, plan, await workshop.load(name, plan), requests);
  }

  it("type-checks under @tsconfig/strictest", () => {
    expect(workshop.typeCheck()).toBe("");
  });

  it("is as the formatter would have it", () => {
    expect(workshop.checkFormat()).toBe("");
  });

  const others = Object.entries(allStyles).filter(([name]) => name !== referenceStyle);
  it.each(others)("%s answers as the idiomatic style", async (name, style) => {
    expect(unexplained(style, requests, expected, await answersOf(name)).slice(0, 20)).toEqual([]);
  });
});
