/** The entry on disk at a path that the tool would write; links out of the project are never followed. */
import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../diagnostics.js";
import { pathInside } from "../path-inside.js";

/** One path of the project, looked at. */
export type DiskEntry =
  | { readonly kind: "absent" }
  | { readonly kind: "file"; readonly text: string; readonly readOnly: boolean }
  | BlockedEntry
  /** A link in the path leads out of the project. */
  | { readonly kind: "outside"; readonly at: string };

/** Something that is not a regular file, or a file where a folder is needed; `reason` says what `at` is. */
export interface BlockedEntry {
  readonly kind: "blocked";
  readonly at: string;
  readonly reason: string;
  /** A link that leads to a file, inside or outside of the project. */
  readonly linksToFile?: boolean;
}

/** Looks at paths below one root; what it learns of folders is remembered for the run. */
export interface ProjectFolder {
  readonly root: string;
  /** `path` is relative with forward slashes and has passed `outputPathProblem`. What the disk refuses to tell is `blocked`. */
  look(path: string): DiskEntry;
  /** The same for a folder: links inside of the project are followed. */
  lookAtFolder(path: string): FolderState;
}

/** A larger file is not ours; its text is given as empty, which equals no generated content. */
const maximumBytes = 256 * 1024 * 1024;

/** A folder that can be used, or what stands in its place. */
export type FolderState = { readonly kind: "folder" } | Exclude<DiskEntry, { readonly kind: "file" }>;

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
      return orBlocked(path, "a file or nothing", () => {
        const parent = lookAtFolder(parentOf(path));
        return parent.kind === "folder" ? fileState(root, path) : parent;
      });
    },
    lookAtFolder: (path) => orBlocked(path, "a folder or nothing", () => lookAtFolder(path)),
  };
}

/** A name that is too long, a folder that may not be entered: for the user to change, not for us to report as a bug. */
function orBlocked<State>(at: string, expected: string, look: () => State): State | BlockedEntry {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { kind: "blocked", at, reason: `cannot be read (${String(error.code)}), expected ${expected}` };
  }
}

/** `a/b` of `a/b/c`, "" of `c`. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/**
 * The files below a folder (relative to the root, sorted), except for those whose name or folder starts with a dot
 * (`.gitkeep`, `.DS_Store`) and those of installed packages. Links are listed, not followed. `report` hears of folders
 * that cannot be read.
 */
export function* listFiles(root: string, folder: string, report: (entry: BlockedEntry) => void): Generator<string> {
  const entries = orBlocked(folder, "a folder that can be read", () => readFolder(join(root, folder)));
  if ("kind" in entries) return report(entries);
  for (const entry of entries) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* listFiles(root, path, report);
    else yield path;
  }
}

/** A link to a folder counts as one here: the caller has looked at where it leads. */
function readFolder(folder: string): Dirent[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
}

function folderState(root: string, path: string): FolderState {
  const stats = lstat(join(root, path));
  if (stats === undefined) return { kind: "absent" };
  if (stats.isDirectory()) return { kind: "folder" };
  if (!stats.isSymbolicLink()) return { kind: "blocked", at: path, reason: `is ${nameKind(stats)}, expected a folder` };
  const target = resolveLink(join(root, path));
  if (target === undefined) return { kind: "blocked", at: path, reason: "is a link that leads nowhere" };
  if (pathInside(realpathSync(root), target) === undefined) return { kind: "outside", at: path };
  return lstatSync(target).isDirectory()
    ? { kind: "folder" }
    : { kind: "blocked", at: path, reason: "is a link to a file, expected a folder" };
}

function fileState(root: string, path: string): DiskEntry {
  const stats = lstat(join(root, path));
  if (stats === undefined) return { kind: "absent" };
  if (stats.isSymbolicLink()) {
    const linksToFile = statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true;
    return { kind: "blocked", at: path, reason: "is a link, expected a file", linksToFile };
  }
  if (!stats.isFile()) return { kind: "blocked", at: path, reason: `is ${nameKind(stats)}, expected a file` };
  const text = stats.size > maximumBytes ? "" : readFileSync(join(root, path), "utf8");
  return { kind: "file", text, readOnly: (stats.mode & 0o200) === 0 };
}

function nameKind(stats: Stats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a named pipe";
  if (stats.isSocket()) return "a socket";
  return stats.isFile() ? "a file" : "a device";
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
