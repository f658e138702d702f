/** One thing that is taken out of the tree to see whether its tests notice. */

/** The smallest edit that takes a handling out, and the tests that have to fail with it. */
export interface Mutation {
  /** Begins with the number of the pitfall, or with the promise. */
  readonly title: string;
  readonly file: string;
  /** Stands once in `file`. */
  readonly find: string;
  readonly replace: string;
  /** The file of the tests. */
  readonly test: string;
  /** A regular expression for their full names. */
  readonly name: string;
}

/** Mutations that tests of one file have to notice. */
export function inFile(test: string, entries: readonly Omit<Mutation, "test">[]): Mutation[] {
  return entries.map((entry) => ({ ...entry, test }));
}
