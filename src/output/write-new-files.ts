/** Files of the user's project that are written once, if nothing is there. */
import { existsSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathInside } from "../path-inside.js";

/** `kept`: something is there, and stays. `failed`: the system refuses. */
export type NewFileState =
  | { readonly path: string; readonly state: "written" | "kept" }
  | { readonly path: string; readonly state: "failed"; readonly reason: string };

/** Writes each file whose path is free; paths are relative to `root`. A link that leads out of `boundary` (absolute) is not followed. */
export function writeNewFiles(
  root: string,
  files: readonly { readonly path: string; readonly text: string | Uint8Array }[],
  boundary: string,
): NewFileState[] {
  return files.map(({ path, text }) => {
    try {
      if (leavesBoundary(dirname(join(root, path)), boundary))
        return { path, state: "failed", reason: "a link in its path leads out of the repository" };
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text, { flag: "wx" });
      return { path, state: "written" };
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      return code === "EEXIST" ? { path, state: "kept" } : { path, state: "failed", reason: code };
    }
  });
}

/** The nearest folder that is there decides; a link to nothing is no folder, and fails later. */
function leavesBoundary(folder: string, boundary: string): boolean {
  let nearest = folder;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  return pathInside(realpathSync(boundary), realpathSync(nearest)) === undefined;
}
