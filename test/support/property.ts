/**
 * fast-check with the seed of this run, for every property test. A run repeats itself: the seed is fixed, `PROPERTY_SEED=random` takes a
 * fresh one, and a number that one. A failure prints it.
 */
import fc from "fast-check";

/** What CI runs with. */
const fixedSeed = 7;

/** The seed that the variable asks for. Throws for what is neither `random` nor a 32-bit integer. */
export function seedOf(variable: string | undefined): number {
  if (variable === undefined || variable === "") return fixedSeed;
  if (variable === "random") return Math.floor(Math.random() * 2 ** 32) | 0;
  const seed = Number(variable);
  if (!Number.isInteger(seed) || seed !== (seed | 0))
    throw new Error(`PROPERTY_SEED=${variable}: expected random or an integer`);
  return seed;
}

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: seedOf(process.env.PROPERTY_SEED) });

/**
 * How many cases a property tries: `thorough` in CI and where faults are planted (PROPERTY_RUNS=thorough), a fifth of them after every
 * change.
 */
export function runs(thorough: number): number {
  return process.env.PROPERTY_RUNS === "thorough" ? thorough : Math.ceil(thorough / 5);
}

export { fc };
