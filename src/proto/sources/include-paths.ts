/** From files on disk to import paths and back, as protoc's -I does it. */
import { type Stats, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { pathInside, withSlashes } from "../../path-inside.js";

/** A folder that import paths are relative to. */
export interface IncludePath {
  /** Absolute. */
  readonly folder: string;
  /** The path as the user wrote it, for messages. */
  readonly written: string;
}

/** A file with both its names. */
export interface SourcePath {
  /** `acme/library/v1/library.proto` */
  readonly importPath: string;
  /** Absolute path on disk. */
  readonly file: string;
  /** Path for messages: relative to the working directory; the import path of files that the tool brings along. */
  readonly displayPath: string;
}

/** The well-known types and google/api, google/rpc: from the package's `src` also when compiled code runs. */
export const bundledFolder = fileURLToPath(new URL("../../../src/proto/include/", import.meta.url));

/** Makes `includePaths` absolute (default: the working directory) and reports those that are no folders. */
export function resolveIncludePaths(
  includePaths: readonly string[],
  cwd: string,
): { readonly includes: readonly IncludePath[]; readonly diagnostics: readonly Diagnostic[] } {
  const written = includePaths.length === 0 ? ["."] : includePaths;
  const includes = written.map((path) => ({ written: path, folder: resolve(cwd, path) }));
  const wrong = includes.filter(({ folder }) => !statOf(folder)?.isDirectory());
  const diagnostics = wrong.map(
    (include): Diagnostic =>
      diagnostic("PB021", `the include path "${include.written}" is not a folder`, {
        help: "name the folder that import paths start in",
      }),
  );
  return { includes: includes.filter((include) => !wrong.includes(include)), diagnostics };
}

/** The import path of `file` (absolute) by the first include path that contains it. */
export function importPathOf(file: string, includes: readonly IncludePath[]): string | undefined {
  for (const { folder } of includes) {
    const path = pathInside(folder, file);
    if (path !== undefined && path !== "") return path;
  }
  return undefined;
}

/** The file that `importPath` means: in the first include path that has it, else among those the tool brings along. */
export function findImport(importPath: string, includes: readonly IncludePath[], cwd: string): SourcePath | undefined {
  if (!isPlainImportPath(importPath)) return undefined;
  for (const { folder } of includes) {
    const file = join(folder, importPath);
    if (isFile(file)) return { importPath, file, displayPath: displayPathOf(file, cwd) };
  }
  const bundled = join(bundledFolder, importPath);
  return isFile(bundled) ? { importPath, file: bundled, displayPath: importPath } : undefined;
}

/** True for what protobuf accepts as an import path: relative, `/` between the names, without `.` and `..`. */
export function isPlainImportPath(path: string): boolean {
  return !path.includes("\\") && !path.includes("\0") && path.split("/").every((name) => !/^\.{0,2}$/.test(name));
}

/** `file` (absolute) as messages show it: relative to the working directory, with forward slashes. */
export function displayPathOf(file: string, cwd: string): string {
  return withSlashes(relative(cwd, file));
}

/** True when there is a file (not a folder) with this path. */
export function isFile(path: string): boolean {
  return statOf(path)?.isFile() ?? false;
}

/**
 * The file or folder at `path`; undefined also if the system refuses to look, as at a loop of links: `onFailure` gets
 * the reason.
 */
export function statOf(path: string, onFailure?: (error: unknown) => void): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    onFailure?.(error);
    return undefined;
  }
}
