/** The project as it was at a revision of git: protos and settings, in a folder of their own. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { pathInside } from "../../path-inside.js";
import { temporaryFolder } from "../temporary-folder.js";

/** Files whose text decides what is generated; of sources only the names do. */
const read = /\.(?:proto|ya?ml|binpb|pb|bin)$|(?:^|\/)package\.json$/;
const named = /\.[cm]?[jt]s$/;

/** A folder with a revision. */
export interface Revision {
  /** The place that an absolute path has in the revision; a path outside of the repository is the same then and now. */
  locate(path: string): string;
  remove(): void;
}

/** Puts the revision of the repository around `root` into a folder; a text says why that is not possible. */
export function checkOut(root: string, ref: string): Revision | string {
  const { path: folder, remove } = temporaryFolder("diff");
  try {
    const top = git(root, ["rev-parse", "--show-toplevel"])
      .toString()
      .replace(/\r?\n$/, "");
    const commit = git(root, ["rev-parse", "--verify", "--end-of-options", `${ref}^{commit}`])
      .toString()
      .trim();
    for (const { path, blob } of wantedFiles(top, commit)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), blob === undefined ? "" : git(top, ["cat-file", "blob", blob]));
    }
    for (const link of linksOf(top, commit)) makeLink(folder, link);
    return { locate: (path) => locate(path, top, folder), remove };
  } catch (error) {
    remove();
    const { stderr } = error as { readonly stderr?: Buffer };
    const [reason = ""] = stderr?.toString().trim().split("\n") ?? [];
    return `${reason === "" ? String(error) : reason}${adviceFor(root)}`;
  }
}

/** Without `blob` the name alone matters. */
interface WantedFile {
  readonly path: string;
  readonly blob?: string;
}

/** The files of a commit that decide what is generated: no submodules, which are not in the repository. */
function wantedFiles(top: string, commit: string): WantedFile[] {
  return entriesOf(top, commit).flatMap((entry): WantedFile[] => {
    const [, blob = "", path = ""] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    if (path === "" || isForeign(path)) return [];
    if (read.test(path)) return [{ path, blob }];
    return named.test(path) ? [{ path }] : [];
  });
}

function entriesOf(top: string, commit: string): string[] {
  return git(top, ["ls-tree", "-r", "-z", commit]).toString().split("\0");
}

/** A link, and where it leads from its own folder. */
interface RepositoryLink {
  readonly path: string;
  readonly target: string;
}

/** The links of a commit that stay in the repository. */
function linksOf(top: string, commit: string): RepositoryLink[] {
  return entriesOf(top, commit).flatMap((entry): RepositoryLink[] => {
    const [, blob = "", path = ""] = /^120000 blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    if (path === "" || isForeign(path)) return [];
    const target = git(top, ["cat-file", "blob", blob]).toString();
    return staysInside(path, target) ? [{ path, target }] : [];
  });
}

/** `..` may only come first: behind the name of another link it would lead from where that one leads. */
function staysInside(path: string, target: string): boolean {
  const [ups = ""] = /^(?:\.\.?\/)*(?:\.\.?$)?/.exec(target) ?? [];
  const rest = target.slice(ups.length);
  if (rest.split("/").includes("..") || posix.isAbsolute(target) || /^[A-Za-z]:|\\/.test(target)) return false;
  return !posix.normalize(posix.join(posix.dirname(path), target)).startsWith("..");
}

/** Links come after all files, so that no file is written through one. A system that refuses links has none in the folder. */
function makeLink(folder: string, { path, target }: RepositoryLink): void {
  try {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(target, join(folder, path));
  } catch {
    // What needs the link says so, as an import that is missing.
  }
}

/** Packages, and paths that lead out of the folder: git lists whatever somebody has put into a tree, and refuses only to check it out. */
function isForeign(path: string): boolean {
  const parts = path.split(/[/\\]/);
  return parts.includes("..") || parts.includes("node_modules");
}

function locate(path: string, top: string, folder: string): string {
  const inside = pathInside(top, existsSync(path) ? realpathSync(path) : path);
  return inside === undefined ? path : join(folder, inside);
}

/** The usual reason in CI: its checkout has one commit. */
function adviceFor(root: string): string {
  try {
    const isShallow = git(root, ["rev-parse", "--is-shallow-repository"]).toString().trim() === "true";
    return isShallow ? "; this clone is shallow: fetch the revision first (actions/checkout: fetch-depth: 0)" : "";
  } catch {
    return "";
  }
}

function git(cwd: string, args: readonly string[]): Buffer {
  return execFileSync("git", [...args], { cwd, maxBuffer: 1024 * 1024 * 1024, stdio: ["ignore", "pipe", "pipe"] });
}
