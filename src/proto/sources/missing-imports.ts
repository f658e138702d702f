/** Findings about imports that lead nowhere: one for each cause, however many files and types it costs. */
import { compareText, type Diagnostic, type Location, type RelatedLocation } from "../../diagnostics.js";
import type { ImportDescriptor } from "../descriptor.js";
import type { ParsedFile } from "../parsed-file.js";
import { type ImportAdvice, adviseOnImport } from "./import-help.js";
import type { IncludePath } from "./include-paths.js";

/** An import for which no include path has a file. */
export interface MissingImport {
  readonly file: ParsedFile;
  readonly edge: ImportDescriptor;
}

/** A type that does not resolve in a file that sees missing imports. */
export interface MissingType {
  readonly name: string;
  readonly location: Location;
  /** Import paths of which one must declare it. */
  readonly missing: readonly string[];
}

/** The places where imports were searched. */
export interface ImportSearch {
  readonly includes: readonly IncludePath[];
  /** Absolute. */
  readonly cwd: string;
  /** Folders that another finding already names as include paths. */
  readonly wrongRoots: ReadonlySet<string>;
}

/** One missing path, with everything that asks for it. */
interface MissingPath {
  readonly path: string;
  readonly importers: readonly MissingImport[];
  readonly types: readonly MissingType[];
}

/** Missing paths that one include path would bring, or one path. */
interface Cause {
  readonly advice: ImportAdvice;
  readonly paths: readonly MissingPath[];
}

/**
 * PB015 for each cause: an error where a type stays unresolved, a warning where only options can need the import. Paths that the
 * same include path would bring are one cause.
 */
export function reportMissingImports(
  missing: readonly MissingImport[],
  types: readonly MissingType[],
  search: ImportSearch,
): Diagnostic[] {
  const causes = new Map<string, Cause>();
  for (const [index, path] of [...groupByPath(missing, types)].entries()) {
    const advice = adviseOnImport(path.path, path.importers, index, search);
    if (advice.folder !== undefined && search.wrongRoots.has(advice.folder)) continue;
    const key = `${advice.folder === undefined ? `path ${path.path}` : `folder ${advice.folder}`} ${path.types.length > 0}`;
    causes.set(key, { advice, paths: [...(causes.get(key)?.paths ?? []), path] });
  }
  return [...causes.values()].map((cause) => reportCause(cause, search));
}

function groupByPath(missing: readonly MissingImport[], types: readonly MissingType[]): MissingPath[] {
  const importers = new Map<string, MissingImport[]>();
  for (const each of missing) {
    const known = importers.get(each.edge.path);
    if (known === undefined) importers.set(each.edge.path, [each]);
    else known.push(each);
  }
  const needed = new Map<string, MissingType[]>();
  for (const type of types) {
    for (const path of likelyPaths(type)) needed.set(path, [...(needed.get(path) ?? []), type]);
  }
  return [...importers].map(([path, each]) => ({ path, importers: each, types: needed.get(path) ?? [] }));
}

/**
 * The missing imports that most likely declare a type: folders are named after packages, so those that have most names in common
 * with it; all of them where none stands out.
 */
function likelyPaths({ name, missing }: MissingType): readonly string[] {
  const parts = new Set(name.split("."));
  const alike = (path: string): number =>
    path
      .replace(/\.proto$/, "")
      .split("/")
      .filter((part) => parts.has(part)).length;
  const most = Math.max(...missing.map(alike));
  return missing.filter((path) => alike(path) === most);
}

function reportCause({ advice, paths }: Cause, { includes }: ImportSearch): Diagnostic {
  const importers = sortByPlace(paths.flatMap((path) => path.importers));
  const [first] = importers;
  const types = paths.flatMap((path) => path.types);
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : "";
  const files = new Set(importers.map(({ file }) => file.path)).size;
  const imported = files > 1 ? `, which ${files} files import` : "";
  const left = types.length > 0 ? "" : ": options that only it can declare are passed over";
  const looked = includes.map((include) => `"${include.written}"`).join(", ");
  return {
    code: "PB015",
    severity: types.length > 0 ? "error" : "warning",
    message: `found no file "${first?.edge.path}"${more} in the include paths (${looked})${imported}${left}`,
    ...(first === undefined ? {} : { location: { file: first.file.displayPath, ...first.edge.span } }),
    help: advice.help,
    ...(types.length === 0 ? {} : { related: [showUses(types)] }),
  };
}

function sortByPlace(importers: readonly MissingImport[]): MissingImport[] {
  return [...importers].sort((a, b) => compareText(a.file.displayPath, b.file.displayPath));
}

/** The first use, and how many more there are. */
function showUses(types: readonly MissingType[]): RelatedLocation {
  const names = [...new Set(types.map(({ name }) => name))];
  const [first, ...others] = [...types].sort((a, b) => compareText(a.location.file, b.location.file));
  const location = first?.location ?? { file: "", line: 1, column: 1, endLine: 1, endColumn: 1 };
  const more = names.length > 1 ? ` and ${names.length - 1} more` : "";
  const uses = others.length === 0 ? "" : `, ${others.length + 1} uses in all`;
  return { message: `"${first?.name}"${more} can be declared there only${uses}`, location };
}
