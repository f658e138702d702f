/** From the files and folders that the user names to import paths. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { compareText, type Diagnostic, suggest } from "../../diagnostics.js";
import {
  displayPathOf,
  findImport,
  type IncludePath,
  importPathOf,
  isFile,
  type SourcePath,
  statOf,
} from "./include-paths.js";

/** Finds the .proto files that `protos` name; one that is named twice is here once. Sorted by import path. */
export function findProtos(
  protos: readonly string[],
  includes: readonly IncludePath[],
  cwd: string,
): { readonly sources: readonly SourcePath[]; readonly diagnostics: readonly Diagnostic[] } {
  const sources = new Map<string, SourcePath>();
  const diagnostics: Diagnostic[] = [];
  for (const proto of protos) {
    for (const found of findArgument(proto, includes, cwd)) {
      if ("code" in found) diagnostics.push(found);
      else sources.set(found.importPath, found);
    }
  }
  return { sources: [...sources.values()].sort((a, b) => compareText(a.importPath, b.importPath)), diagnostics };
}

function findArgument(proto: string, includes: readonly IncludePath[], cwd: string): (SourcePath | Diagnostic)[] {
  const path = resolve(cwd, proto);
  const failures: Diagnostic[] = [];
  const stats = statOf(path, (error) => failures.push(unreadable(`"${proto}"`, error)));
  if (stats?.isFile()) return [toSource(path, includes, cwd)];
  if (stats?.isDirectory()) return findInFolder(proto, path, includes, cwd);
  if (failures.length > 0) return failures;
  // Like protoc, also take what is an import path already.
  const source = findImport(proto, includes, cwd);
  return [source ?? notFound(proto, path, cwd)];
}

function findInFolder(
  proto: string,
  folder: string,
  includes: readonly IncludePath[],
  cwd: string,
): (SourcePath | Diagnostic)[] {
  try {
    const files = listProtos(folder);
    if (files.length > 0) return collapse(files.map((file) => toSource(file, includes, cwd)));
    return [failure("PB020", `found no .proto file in the folder "${proto}"`, "name a folder or file with protos")];
  } catch (error) {
    return [unreadable(`the folder "${proto}"`, error)];
  }
}

/**
 * Collapses the failures of one folder, which all have one cause, to the first of each code, which counts the others.
 */
function collapse(found: readonly (SourcePath | Diagnostic)[]): (SourcePath | Diagnostic)[] {
  const counts = new Map<string, number>();
  for (const each of found) if ("code" in each) counts.set(each.code, (counts.get(each.code) ?? 0) + 1);
  const seen = new Set<string>();
  return found.flatMap((each): (SourcePath | Diagnostic)[] => {
    if (!("code" in each)) return [each];
    if (seen.has(each.code)) return [];
    seen.add(each.code);
    const others = (counts.get(each.code) ?? 1) - 1;
    if (others === 0) return [each];
    return [{ ...each, message: `${each.message}; the same goes for ${others} more file${others === 1 ? "" : "s"}` }];
  });
}

/** The .proto files below `folder`, without hidden folders and node_modules. */
function listProtos(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith(".") || entry.name === "node_modules" ? [] : listProtos(path);
    if (!entry.name.endsWith(".proto")) return [];
    return isFile(path) ? [path] : [];
  });
}

/** Gives a file its import path; refuses it when that path means another file. */
function toSource(file: string, includes: readonly IncludePath[], cwd: string): SourcePath | Diagnostic {
  const displayPath = displayPathOf(file, cwd);
  const importPath = importPathOf(file, includes);
  if (importPath === undefined) {
    const paths = includes.map((include) => `"${include.written}"`).join(", ");
    const message = `${displayPath} is in none of the include paths (${paths}), so it has no import path`;
    return failure(
      "PB014",
      message,
      `add the include path "${displayPathOf(dirname(file), cwd) || "."}" or one above it`,
    );
  }
  const meant = findImport(importPath, includes, cwd);
  if (meant === undefined || meant.file === file) return { importPath, file, displayPath };
  const message = `${displayPath} is hidden by ${meant.displayPath}, which an earlier include path has as "${importPath}"`;
  return failure("PB022", message, "change the order of the include paths");
}

function notFound(proto: string, path: string, cwd: string): Diagnostic {
  if (existsSync(path)) {
    const help = "name a .proto file, a folder, or an import path";
    return failure("PB013", `"${proto}" is neither a file nor a folder`, help);
  }
  const near = suggest(basename(path), namesIn(dirname(path)));
  const help =
    near === undefined
      ? "name a .proto file, a folder, or an import path"
      : `did you mean "${displayPathOf(join(dirname(path), near), cwd)}"?`;
  return failure("PB013", `found no file or folder "${proto}"`, help);
}

/** The names in a folder, for suggestions; empty if it cannot be read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort(compareText);
  } catch {
    return [];
  }
}

function unreadable(what: string, error: unknown): Diagnostic {
  return failure("PB017", `${what} cannot be read: ${reasonOf(error)}`, "check its permissions");
}

function failure(code: Diagnostic["code"], message: string, help: string): Diagnostic {
  return { code, severity: "error", message, help };
}

/** `EACCES` and the like: the operating system's words differ between machines. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
