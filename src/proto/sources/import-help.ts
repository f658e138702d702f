/** What to do about an import that leads nowhere. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { basename, dirname } from "node:path/posix";
import { compareText, suggest, takesAdvice } from "../../diagnostics.js";
import { bundledFolder, type IncludePath, isFile } from "./include-paths.js";
import type { ParsedFile } from "../parsed-file.js";

/**
 * The help for the import `path` of `file`: an include path that would do, else a similar file (behind few `findings` only), else
 * where to look.
 */
export function helpWithImport(
  findings: number,
  path: string,
  file: ParsedFile,
  includes: readonly IncludePath[],
  cwd: string,
): string {
  const folder = includePathFor(path, file, cwd);
  if (folder !== undefined) return `add the include path "${folder}"`;
  const near = takesAdvice(findings)
    ? similarImport(path, [...includes.map((include) => include.folder), bundledFolder])
    : undefined;
  return near === undefined ? "add the include path (-I) that has it" : `did you mean "${near}"?`;
}

/** The nearest folder above the importing file, below the working directory, that `path` is relative to. */
function includePathFor(path: string, file: ParsedFile, cwd: string): string | undefined {
  if (file.displayPath.startsWith("../")) return undefined;
  for (let folder = dirname(file.displayPath); folder !== "." && folder !== "/"; folder = dirname(folder)) {
    if (isFile(join(cwd, folder, path))) return folder;
  }
  return undefined;
}

/** A file with a similar name in the folder that `path` names. */
function similarImport(path: string, folders: readonly string[]): string | undefined {
  const folder = dirname(path);
  const names = folders.flatMap((root) => protosIn(join(root, folder))).filter((name) => name !== basename(path));
  const near = suggest(basename(path, ".proto"), names.map((name) => basename(name, ".proto")).sort(compareText));
  return near && (folder === "." ? `${near}.proto` : `${folder}/${near}.proto`);
}

function protosIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".proto"));
  } catch {
    return [];
  }
}
