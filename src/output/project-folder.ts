/** What stands on disk at a path that the tool would write, without ever following a link out of the project. */
import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, type Stats } from "node:fs";
import { join } from "node:path";

/** One path of the project, looked at. */
export type DiskEntry =
  | { readonly kind: "absent" }
  | { readonly kind: "file"; readonly text: string; readonly readOnly: boolean }
  /** Something that is not a regular file, or a file where a folder is needed; `reason` says what `at` is. */
  | { readonly kind: "blocked"; readonly at: string; readonly reason: string }
  /** A link in the path leads out of the project. */
  | { readonly kind: "outside"; readonly at: string };

/** Looks at paths below one root; what it learns of folders is remembered for the run. */
export interface ProjectFolder {
  readonly root: string;
  /** `path` is relative with forward slashes and has passed `outputPathProblem`. What the disk refuses to tell is `blocked`. */
  look(path: string): DiskEntry;
}

/** A larger file is none of ours; its text is given as empty, which equals no generated content. */
const maximumBytes = 256 * 1024 * 1024;

type FolderState = { readonly kind: "folder" } | Exclude<DiskEntry, { readonly kind: "file" }>;

/** Opens the project at an absolute path; the folder itself need not exist. */
export function openProjectFolder(root: string): ProjectFolder {
  const folders = new Map<string, FolderState>();
  const lookAtFolder = (path: string): FolderState => {
    if (path === "") return { kind: "folder" };
    const known = folders.get(path);
    if (known !== undefined) return known;
    const parent = lookAtFolder(parentOf(path));
    const state = parent.kind === "folder" ? folderState(root, path) : parent;
    folders.set(path, state);
    return state;
  };
  return {
    root,
    look(path) {
      try {
        const parent = lookAtFolder(parentOf(path));
        return parent.kind === "folder" ? fileState(root, path) : parent;
      } catch (error) {
        // A name that is too long, a folder that may not be entered: for the user to change, not for us to report as a bug.
        if (!(error instanceof Error && "code" in error)) throw error;
        return {
          kind: "blocked",
          at: path,
          reason: `cannot be read (${String(error.code)}), expected a file or nothing`,
        };
      }
    },
  };
}

/** `a/b` of `a/b/c`, "" of `c`. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/**
 * The files below a folder (relative to the root, sorted), but for those whose name or folder starts with a dot: `.gitkeep`,
 * `.DS_Store`. Links are listed, not followed.
 */
export function* listFiles(root: string, folder: string): Generator<string> {
  for (const entry of readFolder(join(root, folder))) {
    if (entry.name.startsWith(".")) continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* listFiles(root, path);
    else yield path;
  }
}

function readFolder(folder: string): Dirent[] {
  const stats = lstat(folder);
  if (stats === undefined || !stats.isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function folderState(root: string, path: string): FolderState {
  const stats = lstat(join(root, path));
  if (stats === undefined) return { kind: "absent" };
  if (stats.isDirectory()) return { kind: "folder" };
  if (!stats.isSymbolicLink()) return { kind: "blocked", at: path, reason: "is a file, expected a folder" };
  const target = resolveLink(join(root, path));
  if (target === undefined) return { kind: "blocked", at: path, reason: "is a link that leads nowhere" };
  if (!isInside(target, realpathSync(root))) return { kind: "outside", at: path };
  return lstatSync(target).isDirectory()
    ? { kind: "folder" }
    : { kind: "blocked", at: path, reason: "is a link to a file, expected a folder" };
}

function fileState(root: string, path: string): DiskEntry {
  const stats = lstat(join(root, path));
  if (stats === undefined) return { kind: "absent" };
  if (stats.isSymbolicLink()) return { kind: "blocked", at: path, reason: "is a link, expected a file" };
  if (!stats.isFile()) return { kind: "blocked", at: path, reason: "is a folder, expected a file" };
  const text = stats.size > maximumBytes ? "" : readFileSync(join(root, path), "utf8");
  return { kind: "file", text, readOnly: (stats.mode & 0o200) === 0 };
}

function lstat(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function resolveLink(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") || folder.endsWith("\\") ? folder : join(folder, "/"));
}
