/** A migration in lines: files, imports, resources, and what is left to the user. */
import { alignRows, count } from "../report/summary.js";
import { printable } from "../report/printable.js";
import { unifiedDiff } from "../report/unified-diff.js";
import type { Migration } from "./migration.js";

/** More files of one fate are counted. */
const maxNames = 20;

/** The lines; those of a dry run have the diffs of the user's files. */
export function migrationLines(migration: Migration, isDryRun: boolean): string[] {
  const { files, imports, stack, orphans } = migration;
  if (files.length + imports.length + stack.length + orphans.length === 0)
    return ["everything is as this version makes it"];
  const gone = files.filter(({ content }) => content === undefined);
  const made = files.filter(({ state }) => state === "new" || state === "missing");
  const changed = files.length - gone.length - made.length;
  const [goes, appears] = isDryRun ? ["would go", "would appear"] : ["removed", "added"];
  const rows = [
    ...named(gone, goes),
    ...named(made, appears),
    ...imports.flatMap(({ path, imports: own }) =>
      own.map(({ line, from, to }) => [
        `${path}:${line}`,
        `imports ${from}, ${to === undefined ? unknown : `now ${to}`}`,
      ]),
    ),
    ...stack.map(({ resource, fate }) => [resource, `${fate} with the next deployment`]),
    ...orphans.map((path) => [path, "belongs to no RPC any more, yours to delete"]),
  ];
  const sum = count(changed, "generated file") + (isDryRun ? " would change" : " changed");
  const diffs = isDryRun ? imports.flatMap(({ path, before, after }) => unifiedDiff(path, before, after)) : [];
  return [...alignRows(rows.map((row) => row.map(printable))), sum, ...diffs.map(printable)];
}

const unknown = "which this version does not make: name what you need from elsewhere";

function named(files: readonly { readonly path: string }[], fate: string): string[][] {
  const left = files.length - maxNames;
  return [
    ...files.slice(0, maxNames).map(({ path }) => [path, fate]),
    ...(left > 0 ? [[`and ${count(left, "file")} more`, fate]] : []),
  ];
}
