/** Advice about an import that is not found. */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { basename, dirname } from "node:path/posix";
import { compareText, suggest, takesAdvice } from "../../diagnostics.js";
import { bufAdvice, moduleWith } from "./buf-module.js";
import { bundledFolder, displayPathOf, isFile } from "./include-paths.js";
import type { ImportSearch, MissingImport } from "./missing-imports.js";

/** Advice about a missing import. */
export interface ImportAdvice {
  /** The include path that has it, as the user would write it. */
  readonly folder?: string;
  readonly help: string;
}

/** More importers of one path are not looked at: they mostly lie in one tree. */
const mostImporters = 100;

/**
 * The advice on the import `path` of `importers`: an include path that would do, else a similar file (behind few `findings`
 * only), else buf, where the project has its dependencies from there, else where to look.
 */
export function adviseOnImport(
  path: string,
  importers: readonly MissingImport[],
  findings: number,
  search: ImportSearch,
): ImportAdvice {
  for (const { file } of importers.slice(0, mostImporters)) {
    const folder = includePathFor(path, file.displayPath, search.cwd);
    if (folder !== undefined) return { folder, help: `add the include path "${folder}"` };
    const module = moduleWith(path, dirname(resolve(search.cwd, file.displayPath)));
    const shown = module && (displayPathOf(module, search.cwd) || ".");
    if (shown !== undefined)
      return { folder: shown, help: `add the include path "${shown}", a module of the same buf workspace` };
  }
  const roots = [...search.includes.map((include) => include.folder), bundledFolder];
  const near = takesAdvice(findings) ? similarImport(path, roots) : undefined;
  if (near !== undefined) return { help: `did you mean "${near}"?` };
  const importer = importers[0]?.file.displayPath ?? "";
  return { help: bufAdvice(dirname(resolve(search.cwd, importer)), search.cwd) ?? elsewhere };
}

const elsewhere =
  "add the include path (-I) that has it, or read a set of `buf build -o image.binpb` with --descriptor-set";

/** The nearest folder above the importing file, below the working directory, that `path` is relative to. */
function includePathFor(path: string, importer: string, cwd: string): string | undefined {
  if (importer.startsWith("../")) return undefined;
  for (let folder = dirname(importer); folder !== "." && folder !== "/"; folder = dirname(folder)) {
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
