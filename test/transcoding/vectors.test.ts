/**
 * The upstream transcoders' cases (`fixtures/vectors/transcoding.json`) against generated code. A case that is decided
 * otherwise is in `decisions.ts` with the reason and with what happens instead, which is then what is tested.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decisions, otherDialects } from "./decisions.js";
import { loadHarness, type Harness } from "./harness.js";
import { readSuite, type VectorCase } from "./load-vectors.js";

const suites = [
  "path-match",
  "query",
  "field-mask-from-body",
  "error-map",
  "header-map",
  "path-param-conversion",
  "body-decode",
  "patch-field-mask",
  "response-encode",
  "response-defaults",
  "streaming",
  "errors",
  "request-metadata",
] as const;

let harness: Harness;
const totals = new Map<string, { passed: number; decided: number; failed: number }>();

beforeAll(async () => {
  harness = await loadHarness();
});

afterAll(() => {
  for (const suite of Object.keys(otherDialects)) {
    totals.set(suite, { passed: 0, decided: readSuite(suite).length, failed: 0 });
  }
  const rows = [...totals].map(([suite, { passed, decided, failed }]) => {
    return `${suite.padEnd(24)}${String(passed).padStart(5)} passed${String(decided).padStart(5)} decided otherwise${String(failed).padStart(5)} failed`;
  });
  console.log(rows.join("\n"));
});

describe.each(suites)("%s", (suite) => {
  const count = { passed: 0, decided: 0, failed: 0 };
  totals.set(suite, count);

  test.each(readSuite(suite).map((vector) => [`${vector.id} ${vector.name}`, vector] as const))(
    "%s",
    async (_, vector) => {
      const decision = decisions[vector.id];
      count.failed++;
      if (decision === undefined) await harness.check(suite, vector);
      else await checkDecision(suite, vector, decision.ours);
      count.failed--;
      if (decision === undefined) count.passed++;
      else count.decided++;
    },
  );
});

test("every decision is about a case", () => {
  const ids = new Set(suites.flatMap(readSuite).map(({ id }) => id));
  expect(Object.keys(decisions).filter((id) => !ids.has(id))).toEqual([]);
});

/** What happens instead is asserted; a decision that agrees with upstream by now is stale. */
async function checkDecision(suite: string, vector: VectorCase, ours: unknown): Promise<void> {
  await harness.check(suite, { ...vector, expect: ours });
  await expect(Promise.resolve().then(() => harness.check(suite, vector))).rejects.toThrow();
}
