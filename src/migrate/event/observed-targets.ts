/** The requests of a comparison that can be made again: its results have no headers and bodies of requests. */
import { compareText } from "../../diagnostics.js";
import { redactedMark } from "../redaction/redactor.js";
import type { Observation } from "../results/observation.js";

/** A target that was asked, and how often. */
export interface ObservedTarget {
  readonly target: string;
  readonly count: number;
}

/**
 * Finds the targets of GET requests that both sides answered well, by full name of the RPC, the most frequent first. A target with a redacted
 * value would ask for something else, and is left out.
 */
export function observedTargets(observations: readonly Observation[]): ReadonlyMap<string, readonly ObservedTarget[]> {
  const counts = new Map<string, Map<string, number>>();
  for (const { rpc, method, target, old, new: changed } of observations) {
    if (method !== "GET" || target.includes(redactedMark) || !isGood(old.status) || !isGood(changed.status)) continue;
    const own = counts.get(rpc) ?? new Map<string, number>();
    own.set(target, (own.get(target) ?? 0) + 1);
    counts.set(rpc, own);
  }
  return new Map([...counts].map(([rpc, own]) => [rpc, sortByCount(own)]));
}

function isGood(status: number | undefined): boolean {
  return status !== undefined && status < 400;
}

function sortByCount(counts: ReadonlyMap<string, number>): ObservedTarget[] {
  return [...counts]
    .map(([target, count]) => ({ target, count }))
    .sort((a, b) => b.count - a.count || compareText(a.target, b.target));
}
