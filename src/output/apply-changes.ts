/** One write, under the lock: everything that a comparison asks for, or nothing. */
import { join } from "node:path";
import type { Diagnostic } from "../diagnostics.js";
import type { FileComparison, OutputComparison } from "./compare.js";
import { createJournal, type Journal, removeIfEmpty } from "./journal.js";
import { failedWrite } from "./output-findings.js";
import { placeExtended, placeGenerated, placeScaffold, setAside, stageFile } from "./place-files.js";
import { parentOf } from "./project-folder.js";

/** The result of applying changes. */
export interface AppliedChanges {
  /** OU009 when a step failed. */
  readonly failure?: Diagnostic;
  /** Something could be neither done nor undone: what the staging folder knows is still needed. */
  readonly keepStaging: boolean;
}

/**
 * Writes, removes, and puts the manifest in place last. `staging` (absolute, on the disk of the output) holds only the
 * lock.
 */
export function applyChanges(comparison: OutputComparison, staging: string): AppliedChanges {
  const journal = createJournal();
  try {
    makeChanges(comparison, staging, journal);
    return { keepStaging: !removeEmptyFolders(comparison) };
  } catch (error) {
    const notUndone = journal.undo();
    return { failure: failedWrite(error, notUndone), keepStaging: notUndone.length > 0 };
  }
}

/** Removals come before new files: on a disk that ignores case, one name may be both. */
function makeChanges({ root, outDir, files }: OutputComparison, staging: string, journal: Journal): void {
  const manifest = `${outDir}/manifest.json`;
  const staged = files.flatMap((file, index) => {
    if (file.content === undefined) return [];
    const name = file.path === manifest ? "manifest.json" : `new-${index}`;
    return [{ ...file, ...stageFile(join(staging, name), file.path, file.content) }];
  });
  const removed = files.filter(isRemoved);
  for (const [index, file] of removed.entries()) setAside(root, file.path, join(staging, `old-${index}`), journal);
  for (const file of staged) {
    if (file.path === manifest) continue;
    if (file.state === "extended") placeExtended(root, file, journal);
    else if (file.ownership === "user") placeScaffold(root, file, journal);
    else placeGenerated(root, file, journal);
  }
  for (const file of staged) if (file.path === manifest) placeGenerated(root, file, journal);
}

/** The folders of what was removed, now or by a run that was killed, inner ones first; false when the system refused one. */
function removeEmptyFolders({ root, files, emptied }: OutputComparison): boolean {
  const outcomes = new Set<ReturnType<typeof removeIfEmpty>>();
  for (const path of [...files.filter(isRemoved).map((file) => file.path), ...emptied]) {
    for (let folder = parentOf(path); folder !== ""; folder = parentOf(folder)) {
      const outcome = removeIfEmpty(join(root, folder));
      outcomes.add(outcome);
      if (outcome !== "removed") break;
    }
  }
  return !outcomes.has("refused");
}

/** Tells whether writing takes a file away. */
export function isRemoved(file: FileComparison): boolean {
  return file.state === "leftOver" || file.state === "editedLeftOver" || file.state === "unrecordedLeftOver";
}
