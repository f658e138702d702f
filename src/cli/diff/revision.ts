/** The project as it was at a revision of git: protos and settings, in a folder of their own. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

/** Files whose text decides what is generated; of sources only the names do. */
const read = /\.(?:proto|ya?ml|binpb|pb|bin)$|(?:^|\/)package\.json$/;
const named = /\.[cm]?[jt]s$/;

/** A folder with a revision. */
export interface Revision {
  /** Absolute path of the project in it. */
  readonly root: string;
  remove(): void;
}

/** Puts the revision of the repository around `root` into a folder; a text says why that is not possible. */
export function checkOut(root: string, ref: string): Revision | string {
  try {
    const top = git(root, ["rev-parse", "--show-toplevel"]).toString().trim();
    const commit = git(root, ["rev-parse", "--verify", "--end-of-options", `${ref}^{commit}`])
      .toString()
      .trim();
    const folder = mkdtempSync(join(tmpdir(), "grpc2lambda-diff-"));
    const paths = git(top, ["ls-tree", "-r", "-z", "--name-only", commit]).toString().split("\0");
    const wanted = paths.filter(
      (path) => (read.test(path) || named.test(path)) && !/(?:^|\/)node_modules\//.test(path),
    );
    for (const path of wanted) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), read.test(path) ? git(top, ["cat-file", "blob", `${commit}:${path}`]) : "");
    }
    return { root: join(folder, relative(top, root)), remove: () => rmSync(folder, { recursive: true, force: true }) };
  } catch (error) {
    const { stderr } = error as { readonly stderr?: Buffer };
    return stderr?.toString().trim().split("\n")[0] ?? String(error);
  }
}

function git(cwd: string, args: readonly string[]): Buffer {
  return execFileSync("git", [...args], { cwd, maxBuffer: 1024 * 1024 * 1024, stdio: ["ignore", "pipe", "pipe"] });
}
