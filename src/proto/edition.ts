/**
 * Differences between the editions, other than the defaults of their features. https://protobuf.dev/editions/overview/
 */
import type { Edition } from "./descriptor.js";

/** The names that a `syntax` statement may have. */
export const syntaxNames: readonly Edition[] = ["proto2", "proto3"];

/**
 * The names that an `edition` statement may have, oldest first: those that buf 1.75 and protoc 35 accept. There is no
 * edition of 2025.
 */
export const editionNames: readonly Edition[] = ["2023", "2024", "2026"];

/** google.protobuf.Edition by number, of those that files name with an `edition` statement. */
export const editionNumbers: ReadonlyMap<number, Edition> = new Map([
  [1000, "2023"],
  [1001, "2024"],
  [1002, "2026"],
]);

/**
 * Tells whether `export` and `local` before a message or enum, and `import option`, are part of the language: from 2024
 * on.
 */
export function hasVisibility(edition: Edition): boolean {
  switch (edition) {
    case "proto2":
    case "proto3":
    case "2023":
      return false;
    case "2024":
    case "2026":
      return true;
    default:
      return edition satisfies never;
  }
}
