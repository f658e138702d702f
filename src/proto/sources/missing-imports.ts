/** Findings about imports that lead nowhere: one for each cause, however many files and types it costs. */
import { compareText, type Diagnostic, didYouMean, type Location, type RelatedLocation } from "../../diagnostics.js";
import type { ImportDescriptor } from "../descriptor.js";
import type { ParsedFile } from "../parsed-file.js";
import { adviseOnImport, type ImportAdvice } from "./import-help.js";
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
  /** A type that is there, of which the name may be a typo. */
  readonly near?: string;
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
  readonly importers: MissingImport[];
  /** Whether a type stays unknown without it. */
  isNeeded: boolean;
  readonly types: MissingType[];
}

/** Missing paths that one include path would bring, or one path. */
interface Cause {
  readonly advice: ImportAdvice;
  readonly paths: MissingPath[];
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
  for (const [index, path] of groupByPath(missing, types).entries()) {
    const advice = adviseOnImport(path.path, path.importers, index, search);
    if (advice.folder !== undefined && search.wrongRoots.has(advice.folder)) continue;
    const key = advice.folder === undefined ? `path ${path.path}` : `folder ${advice.folder}`;
    const known = causes.get(key);
    if (known === undefined) causes.set(key, { advice, paths: [path] });
    else known.paths.push(path);
  }
  return [...causes.values()].map((cause) => reportCause(cause, search));
}

function groupByPath(missing: readonly MissingImport[], types: readonly MissingType[]): MissingPath[] {
  const paths = new Map<string, MissingPath>();
  for (const each of missing) {
    const { path } = each.edge;
    const known = paths.get(path) ?? { path, importers: [], isNeeded: false, types: [] };
    known.importers.push(each);
    paths.set(path, known);
  }
  const likelihood = createLikelihood();
  for (const type of types) {
    for (const path of likelihood(type)) {
      const known = paths.get(path);
      if (known !== undefined) known.isNeeded = true;
      if (known !== undefined) known.types.push(type);
    }
  }
  return [...paths.values()];
}

/**
 * The missing imports that most likely declare a type: folders are named after packages, so those that have most names in common
 * with it. Where none has any, all of them may.
 */
function createLikelihood(): (type: MissingType) => readonly string[] {
  const indexes = new Map<readonly string[], Map<string, string[]>>();
  const unclear = new Set<readonly string[]>();
  return ({ name, missing }) => {
    const index = indexes.get(missing) ?? indexByPart(missing);
    indexes.set(missing, index);
    const counts = new Map<string, number>();
    for (const part of new Set(name.split(".")))
      for (const path of index.get(part) ?? []) counts.set(path, (counts.get(path) ?? 0) + 1);
    const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 0);
    if (most > 0) return [...counts].filter(([, count]) => count === most).map(([path]) => path);
    if (missing.length > mostUnclear && unclear.has(missing)) return missing.slice(0, 1);
    unclear.add(missing);
    return missing;
  };
}

/** With more missing imports only the first unclear type of a file is laid at the door of each: all are errors then. */
const mostUnclear = 100;

/** `a/b/c.proto` under `a`, `b` and `c`. */
function indexByPart(paths: readonly string[]): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const path of paths) {
    for (const part of new Set(path.replace(/\.proto$/, "").split("/"))) {
      const known = index.get(part);
      if (known === undefined) index.set(part, [path]);
      else known.push(path);
    }
  }
  return index;
}

function reportCause({ advice, paths }: Cause, { includes }: ImportSearch): Diagnostic {
  const importers = sortByPlace(paths.flatMap((path) => path.importers));
  const [first] = importers;
  const types = paths.flatMap((path) => path.types);
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : "";
  const files = new Set(importers.map(({ file }) => file.path)).size;
  const imported = files > 1 ? `, which ${files} files import` : "";
  const isNeeded = paths.some((path) => path.isNeeded);
  const left = isNeeded ? "" : ": options that only it can declare are passed over";
  const looked = includes.map((include) => `"${include.written}"`).join(", ");
  return {
    code: "PB015",
    severity: isNeeded ? "error" : "warning",
    message: `found no file "${first?.edge.path}"${more} in the include paths (${looked})${imported}${left}`,
    ...(first === undefined ? {} : { location: { file: first.file.displayPath, ...first.edge.span } }),
    help: advice.help,
    ...(types.length === 0 ? {} : { related: [...showUses(types), ...showTypos(types)] }),
  };
}

function sortByPlace(importers: readonly MissingImport[]): MissingImport[] {
  return [...importers].sort((a, b) => compareText(a.file.displayPath, b.file.displayPath));
}

/** Most names that are shown as possible typos. */
const mostTypos = 3;

/** The names that may be typos of others: whoever made one would look for it in the file that is missing. */
function showTypos(types: readonly MissingType[]): RelatedLocation[] {
  const firstUses = new Map<string, RelatedLocation>();
  for (const { name, near, location } of types)
    if (near !== undefined && !firstUses.has(name))
      firstUses.set(name, { message: `"${name}" is declared there, or a typo${didYouMean(near)}`, location });
  return [...firstUses.values()].slice(0, mostTypos);
}

/** The first use of what can be no typo, and how many more there are. */
function showUses(all: readonly MissingType[]): RelatedLocation[] {
  const types = all.filter(({ near }) => near === undefined);
  if (types.length === 0) return [];
  const names = [...new Set(types.map(({ name }) => name))];
  const [first, ...others] = [...types].sort((a, b) => compareText(a.location.file, b.location.file));
  const location = first?.location ?? { file: "", line: 1, column: 1, endLine: 1, endColumn: 1 };
  const more = names.length > 1 ? ` and ${names.length - 1} more` : "";
  const uses = others.length === 0 ? "" : `, ${others.length + 1} uses in all`;
  return [{ message: `"${first?.name}"${more} can be declared there only${uses}`, location }];
}
