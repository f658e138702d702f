/** Choices by a seed: the same ones for the same number, everywhere. */
import { seededRandom } from "../../support/random-message.js";

/** A sequence of choices. */
export interface Choice {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** One of `[weight, value]` pairs. */
  weighted<T>(pairs: readonly (readonly [number, T])[]): T;
  /** A new list in another order. */
  shuffle<T>(list: readonly T[]): T[];
  /** At most `count` different elements. */
  sample<T>(list: readonly T[], count: number): T[];
}

/** Starts the sequence of a seed. */
export function createChoice(seed: number): Choice {
  const next = seededRandom(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const shuffle = <T>(list: readonly T[]): T[] =>
    list
      .map((value) => ({ value, key: next() }))
      .sort((one, other) => one.key - other.key)
      .map(({ value }) => value);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick,
    weighted: (pairs) => weighted(pairs, next()),
    shuffle,
    sample: (list, count) => shuffle(list).slice(0, count),
  };
}

function weighted<T>(pairs: readonly (readonly [number, T])[], at: number): T {
  let left = at * pairs.reduce((sum, [weight]) => sum + weight, 0);
  const found = pairs.find(([weight]) => {
    left -= weight;
    return left < 0;
  });
  return (found ?? (pairs.at(-1) as readonly [number, T]))[1];
}
