/** The transcoding vectors (fixtures/vectors/transcoding.json), by suite. */
import { readFileSync } from "node:fs";

interface Suite<Case> {
  readonly suite: string;
  readonly cases: readonly Case[];
}

/** Every case of a suite, in file order; throws when there is none. */
export function vectorCases<Case>(suite: string): Case[] {
  const url = new URL("../../fixtures/vectors/transcoding.json", import.meta.url);
  const suites = JSON.parse(readFileSync(url, "utf8")) as readonly Suite<Case>[];
  const cases = suites.filter((candidate) => candidate.suite === suite).flatMap((candidate) => candidate.cases);
  if (cases.length === 0) throw new Error(`no cases in suite ${suite}`);
  return cases;
}
