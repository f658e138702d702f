/** Files of the user's project that are written once, if nothing is there. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** `kept`: something is there, and stays. `failed`: the system refuses. */
export type NewFileState =
  | { readonly path: string; readonly state: "written" | "kept" }
  | { readonly path: string; readonly state: "failed"; readonly reason: string };

/** Writes each file whose path is free; paths are relative to `root`. */
export function writeNewFiles(
  root: string,
  files: readonly { readonly path: string; readonly text: string }[],
): NewFileState[] {
  return files.map(({ path, text }) => {
    try {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text, { flag: "wx" });
      return { path, state: "written" };
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      return code === "EEXIST" ? { path, state: "kept" } : { path, state: "failed", reason: code };
    }
  });
}
