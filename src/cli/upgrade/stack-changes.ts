/** Resources of a deployment that appear or go when its files are written anew. */

/** A resource that one of two versions has. */
export interface StackChange {
  /** Its type and name in the words of the target. */
  readonly resource: string;
  readonly fate: "appears" | "goes";
}

/** Compares the resources of two versions; one that moves to another file stays. */
export function stackChanges(before: readonly string[], after: readonly string[]): StackChange[] {
  const [old, now] = [new Set(before), new Set(after)];
  return [
    ...[...old].filter((resource) => !now.has(resource)).map((resource) => ({ resource, fate: "goes" as const })),
    ...[...now].filter((resource) => !old.has(resource)).map((resource) => ({ resource, fate: "appears" as const })),
  ];
}
