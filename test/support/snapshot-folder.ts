/** A folder as a value, to tell whether anything in it was touched. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join, relative } from "node:path";

/** Every file, folder and link below `folder` by relative path, with times and contents. */
export function snapshotFolder(folder: string): Record<string, string> {
  const entries: Record<string, string> = {};
  const visit = (path: string): void => {
    for (const name of readdirSync(path).sort()) {
      const child = join(path, name);
      const stats = lstatSync(child);
      const content = stats.isSymbolicLink()
        ? readlinkSync(child)
        : stats.isFile()
          ? readFileSync(child, "latin1")
          : "";
      entries[relative(folder, child)] = `${stats.mtimeMs} ${stats.mode} ${content}`;
      if (stats.isDirectory()) visit(child);
    }
  };
  visit(folder);
  return entries;
}
