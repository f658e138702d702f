/**
 * The upstream transcoders' cases (`fixtures/vectors/transcoding.json`) against generated code. A case that is decided
 * otherwise is in `decisions.ts` with the reason and with what happens instead, which is then what is tested.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decisions } from "./decisions.js";
import { loadHarness, type Harness } from "./harness.js";
import { readSuite, type VectorCase } from "./load-vectors.js";
import { type SuiteTotals, suiteTotals } from "../support/suite-totals.js";

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
  "envoy-json-request",
] as const;

let harness: Harness;
const totals: SuiteTotals[] = [];

beforeAll(async () => {
  harness = await loadHarness();
});

afterAll(() => {
  console.log(totals.map((suite) => suite.row()).join("\n"));
});

describe.each(suites)("%s", (suite) => {
  const total = suiteTotals(suite);
  totals.push(total);

  test.each(readSuite(suite).map((vector) => [`${vector.id} ${vector.name}`, vector] as const))(
    "%s",
    async (_, vector) => {
      const decision = decisions[vector.id];
      await total.count(decision !== undefined, () =>
        decision === undefined ? harness.check(suite, vector) : checkDecision(suite, vector, decision.ours),
      );
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
