/** Resources in the text of a deployment that was written before. */

/** Type and name of each member of `read()`'s groups; none where it throws: a file that is torn, or that somebody broke. */
export function listedResources(
  read: () => unknown,
  list: (document: Readonly<Record<string, unknown>>) => readonly string[],
): readonly string[] {
  try {
    return list(membersOf(read()));
  } catch {
    return [];
  }
}

/** The members of an object; none of anything else. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
