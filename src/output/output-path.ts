/** Checks of paths that may be written, before the disk is read. */
import { type Diagnostic, diagnostic } from "../diagnostics.js";
import { windowsNameProblem } from "../windows-names.js";
import type { OutputTree } from "./output-tree.js";
import { parentOf } from "./project-folder.js";

/**
 * The reason why `path` must not be written below a project root; undefined if it may be written. It must be relative,
 * with forward slashes, without `.`, `..`, empty parts, control characters or a drive letter, not longer than disks
 * allow, outside of folders that version control and CI use, and of names that Windows accepts.
 */
export function outputPathProblem(path: string): string | undefined {
  if (path === "") return "it is empty";
  if (/\p{Cc}/u.test(path)) return "it holds a control character";
  if (path.includes("\\")) return "it holds a backslash";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "it is absolute";
  const parts = path.split("/");
  if (parts.includes("..")) return "it leaves the project folder";
  if (parts.includes("") || parts.includes(".")) return "it is not in its shortest form";
  if (Buffer.byteLength(path) > maximumPathBytes) return "it has more than 2,048 bytes";
  const reserved = reservedPart(parts);
  if (reserved !== undefined) return `${reserved} is not for generated files`;
  if (parts.some((part) => Buffer.byteLength(part) > maximumNameBytes)) return "a name in it has more than 255 bytes";
  return parts.map(windowsNameProblem).find((problem) => problem !== undefined);
}

/** A path as macOS and Windows compare it: without case, after normalisation. */
export function foldPath(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

/** The part that belongs to version control, anywhere, or to something that runs what it finds in its folder at the root. */
function reservedPart(parts: readonly string[]): string | undefined {
  return parts.find((part, index) => {
    const name = windowsName(part);
    return /^\.(?:git|hg|svn)$|^git~\d+$/.test(name) || (index === 0 && runningFolders.has(name));
  });
}

/** The name as Windows and macOS compare it: without case, invisible characters, and dots and spaces at the end. */
function windowsName(part: string): string {
  return part
    .normalize("NFC")
    .replace(/\p{Cf}/gu, "")
    .toLowerCase()
    .replace(/[. ]+$/, "");
}

/** CI, editors and hooks run what stands in these; installed packages are not committed. */
const runningFolders: ReadonlySet<string> = new Set([
  ".github",
  ".gitlab",
  ".gitea",
  ".forgejo",
  ".circleci",
  ".buildkite",
  ".husky",
  ".vscode",
  ".devcontainer",
  "node_modules",
]);

/** Most bytes of one name on common file systems. */
const maximumNameBytes = 255;

/** Half of what Linux can open (PATH_MAX), which counts the path of the project, too. */
const maximumPathBytes = 2048;

/** A path as messages show it: of a long one both ends. */
export function shortPath(path: string): string {
  return path.length <= 200 ? path : `${path.slice(0, 100)}\u2026${path.slice(-100)}`;
}

/** Checks the paths of a whole tree: each by itself, and against the others, as a disk sees them that ignores case. */
export function checkOutputPaths({ files }: OutputTree, outDir: string): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const path of [`${outDir}/manifest.json`, ...files.map((file) => file.path)]) {
    const problem = outputPathProblem(path);
    if (problem !== undefined) diagnostics.push(badPath(path, problem));
    const folded = foldPath(path);
    const other = seen.get(folded);
    if (other !== undefined) diagnostics.push(sameFile(path, other));
    else seen.set(folded, path);
    for (let folder = parentOf(folded); folder !== "" && !folders.has(folder); folder = parentOf(folder)) {
      folders.set(folder, path);
    }
  }
  for (const [folded, path] of seen) {
    const inside = folders.get(folded);
    if (inside !== undefined) diagnostics.push(fileAndFolder(path, inside));
  }
  return diagnostics;
}

function badPath(path: string, problem: string): Diagnostic {
  return diagnostic(
    "OU001",
    `cannot write ${JSON.stringify(shortPath(path))}: ${problem}, expected a path inside the project folder`,
    { help: "choose --out, --handlers and --template inside the project, or run from a folder above them" },
  );
}

function sameFile(path: string, other: string): Diagnostic {
  const [one, two] = [shortPath(path), shortPath(other)];
  if (path === other) {
    return diagnostic("OU004", `two files would be written to ${one}, expected a path for each`, {
      help: "choose another place with --out, --handlers or --template",
    });
  }
  return diagnostic(
    "OU004",
    `${one} and ${two} are one file on a disk that ignores case, expected names that differ in more`,
    { help: "rename one of the .proto files, services or methods that they come from" },
  );
}

function fileAndFolder(path: string, inside: string): Diagnostic {
  return diagnostic(
    "OU004",
    `${shortPath(path)} would be a file, and a folder for ${shortPath(inside)}, expected one of them`,
    { help: "choose another place with --out, --handlers or --template" },
  );
}
