/** Which paths may be written at all, before the disk is looked at. */
import type { Diagnostic } from "../diagnostics.js";
import type { OutputTree } from "./output-tree.js";

/**
 * Why `path` may not be written below a project root, or undefined when it may: it must be relative, with forward slashes, without
 * `.`, `..`, empty parts, control characters, a drive letter or a name of more than 255 bytes.
 */
export function outputPathProblem(path: string): string | undefined {
  if (path === "") return "it is empty";
  if (/\p{Cc}/u.test(path)) return "it holds a control character";
  if (path.includes("\\")) return "it holds a backslash";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "it is absolute";
  const parts = path.split("/");
  if (parts.includes("..")) return "it leaves the project folder";
  if (parts.includes("") || parts.includes(".")) return "it is not in its shortest form";
  const reserved = reservedPart(parts);
  if (reserved !== undefined) return `${reserved} is not for generated files`;
  if (parts.some((part) => Buffer.byteLength(part) > maximumNameBytes)) return "a name in it has more than 255 bytes";
  return undefined;
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

/** What the file systems in use can hold in one name. */
const maximumNameBytes = 255;

/** Checks the paths of a whole tree: each by itself, and against the others on a disk that ignores case. */
export function checkOutputPaths(tree: OutputTree): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<string, string>();
  for (const { path } of tree.files) {
    const problem = outputPathProblem(path);
    if (problem !== undefined) diagnostics.push(badPath(path, problem));
    // macOS and Windows hold one file for both spellings, and compare after normalisation.
    const folded = path.normalize("NFC").toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined) diagnostics.push(sameButForCase(path, other));
    else seen.set(folded, path);
  }
  return diagnostics;
}

function badPath(path: string, problem: string): Diagnostic {
  return {
    code: "OU001",
    severity: "error",
    message: `cannot write ${JSON.stringify(path)}: ${problem}, expected a path inside the project folder`,
    help: "choose --out, --handlers and --template inside the project, or run from a folder above them",
  };
}

function sameButForCase(path: string, other: string): Diagnostic {
  return {
    code: "OU004",
    severity: "error",
    message: `${path} and ${other} are one file on a disk that ignores case, expected names that differ in more`,
    help: "rename one of the .proto files, services or methods that they come from",
  };
}
