/** The steps of a write that can be taken back. */
import { mkdirSync, rmdirSync } from "node:fs";
import { dirname } from "node:path";

/** The steps that were done, and how to undo them. */
export interface Journal {
  /** Adds how to undo the step that was just done; `path` (relative to the root) is what it was about. */
  add(path: string, undo: () => void): void;
  /** Undoes all steps, the last one first, even when some of them fail; gives the paths of those, sorted. */
  undo(): readonly string[];
}

/** Starts without steps. */
export function createJournal(): Journal {
  const steps: { readonly path: string; readonly undo: () => void }[] = [];
  return {
    add: (path, undo) => steps.push({ path, undo }),
    undo: () => {
      const failed = new Set<string>();
      for (const { path, undo } of steps.splice(0).reverse()) {
        try {
          undo();
        } catch {
          failed.add(path);
        }
      }
      return [...failed].sort();
    },
  };
}

/** Makes a folder (absolute) with those above it; undone, it takes away the ones that it made and that are still empty. */
export function makeFolder(folder: string, journal: Journal): void {
  const made = mkdirSync(folder, { recursive: true });
  if (made === undefined) return;
  journal.add("", () => {
    for (let empty = folder; empty.startsWith(made); empty = dirname(empty))
      if (removeIfEmpty(empty) !== "removed") break;
  });
}

/** Removes a folder (absolute) in which nothing is left; `refused` is the system's word where it could not tell or do it. */
export function removeIfEmpty(folder: string): "removed" | "in use" | "refused" {
  try {
    rmdirSync(folder);
    return "removed";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return ["ENOTEMPTY", "EEXIST", "ENOENT", "ENOTDIR"].includes(code) ? "in use" : "refused";
  }
}
