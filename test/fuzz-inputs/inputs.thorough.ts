/** A short share of `npm run fuzz:inputs`, and that its judges see the faults that they are there for. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createJudge, inputKinds, type Judge, refused, syntaxFault } from "./judge.js";
import { typeFaults } from "./type-check.js";

const generated = (path: string, content: string) => ({ path, content, ownership: "generated" }) as const;

describe("mutated inputs", () => {
  let judge: Judge;
  beforeAll(async () => {
    judge = await createJudge();
  });
  afterAll(() => judge.remove());

  test.each(inputKinds)("%s: some accepted, some refused, no fault", async (kind) => {
    const verdicts = [];
    for (let seed = 1; seed <= 60; seed++) verdicts.push({ seed, ...(await judge.judge({ kind, seed })) });
    expect(verdicts.filter((verdict) => verdict.kind === "fault")).toEqual([]);
    expect(new Set(verdicts.map((verdict) => verdict.kind)).size).toBe(2);
  });

  test("what is accepted has types", async () => {
    const samples = [];
    for (let seed = 1; samples.length < 4; seed++) {
      const verdict = await judge.judge({ kind: seed % 2 === 0 ? "text" : "set", seed });
      if (verdict.kind === "accepted") samples.push({ name: `input-${seed}`, files: verdict.files });
    }
    expect([...typeFaults(samples)]).toEqual([]);
  });
});

test.each([
  ["a name that is exported twice", "export const a = 1;\nexport const a = 2;\n"],
  ["a default that is no expression", "const message = { n: \\001a };\n"],
])("%s is found", (_, content) => {
  expect(syntaxFault(generated("gen/a.ts", content))).toContain("gen/a.ts is no TypeScript");
});

test("a type that does not fit is found", () => {
  const good = { name: "good", files: [generated("gen/a.ts", "export const a: number = 1;\n")] };
  const wrong = { name: "wrong", files: [generated("gen/a.ts", 'export const a: number = "1";\n')] };
  const faults = typeFaults([good, wrong]);
  expect([...faults.keys()]).toEqual(["wrong"]);
  expect(faults.get("wrong")).toContain("TS2322");
});

test("a run that stops without an error is found", () => {
  expect(refused([]).kind).toBe("fault");
  expect(refused([{ code: "PB001", severity: "error", message: "x" }]).kind).toBe("refused");
});
