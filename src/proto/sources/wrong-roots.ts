/**
 * Include paths that give one file two import paths, or read a tree and a copy of it: everything in such files is declared twice, so
 * they are one finding for all files of a tree, and nothing else is worth telling.
 */
import { realpathSync } from "node:fs";
import { compareText, type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { ParsedFile } from "../parsed-file.js";
import type { SourcePath } from "./include-paths.js";

/** A file as it was loaded. */
export interface LoadedSource {
  readonly source: SourcePath;
  readonly file: ParsedFile;
}

/** Two import paths that end alike, of the same file or of a file and its copy. */
interface Twins {
  readonly kind: "same" | "link" | "copy";
  /** The longer import path, or of two the later one. */
  readonly long: SourcePath;
  readonly short: SourcePath;
  /** The part of `long` before the common part; "" or with a final slash. */
  readonly root: string;
  readonly shortRoot: string;
}

/** Findings about the include paths. */
export interface WrongRoots {
  /** PB023, one for each pair of roots. */
  readonly diagnostics: readonly Diagnostic[];
  /** The folders that import paths wrongly start above, as messages show them. */
  readonly roots: ReadonlySet<string>;
}

/** Looks for files with two import paths and for trees that are there twice. */
export function findWrongRoots(loaded: readonly LoadedSource[]): WrongRoots {
  const groups = new Map<string, Twins[]>();
  for (const twins of [...sameFiles(loaded), ...copies(loaded)]) {
    const key = `${twins.kind}\0${twins.root}\0${twins.shortRoot}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [twins]);
    else group.push(twins);
  }
  const found = [...groups.values()];
  return {
    diagnostics: found.map(reportRoot),
    roots: new Set(found.flatMap(([first]) => (first === undefined ? [] : [folderOf(first)]))),
  };
}

function sameFiles(loaded: readonly LoadedSource[]): Twins[] {
  const firsts = new Map<string, SourcePath>();
  return loaded.flatMap(({ source }) => {
    const real = realPathOf(source.file);
    const first = firsts.get(real);
    if (first === undefined) firsts.set(real, source);
    return first === undefined ? [] : [pair(first.file === source.file ? "same" : "link", first, source)];
  });
}

/** Files that are loaded below another folder as well, and declare the same: both declare everything then. */
function copies(loaded: readonly LoadedSource[]): Twins[] {
  const byPath = new Map(loaded.map((each) => [each.source.importPath, each]));
  return loaded.flatMap((each) => {
    const { importPath } = each.source;
    for (let slash = importPath.indexOf("/"); slash >= 0; slash = importPath.indexOf("/", slash + 1)) {
      const other = byPath.get(importPath.slice(slash + 1));
      if (other === undefined || !declaresTheSame(each.file, other.file)) continue;
      if (realPathOf(each.source.file) === realPathOf(other.source.file)) continue;
      return [pair("copy", each.source, other.source)];
    }
    return [];
  });
}

function declaresTheSame(a: ParsedFile, b: ParsedFile): boolean {
  if (a.package?.value !== b.package?.value) return false;
  const names = new Set(declaredNames(a));
  return declaredNames(b).some((name) => names.has(name));
}

function declaredNames({ messages, enums, services, extensions }: ParsedFile): string[] {
  return [...messages, ...enums, ...services, ...extensions].map(({ name }) => name);
}

function pair(kind: Twins["kind"], one: SourcePath, two: SourcePath): Twins {
  const [long, short] = one.importPath.length > two.importPath.length ? [one, two] : [two, one];
  const common = commonEnd(long.importPath, short.importPath);
  const rootOf = ({ importPath }: SourcePath): string => importPath.slice(0, importPath.length - common);
  return { kind, long, short, root: rootOf(long), shortRoot: rootOf(short) };
}

/** The length of the last whole names that both paths have. */
function commonEnd(a: string, b: string): number {
  const left = a.split("/").reverse();
  const right = b.split("/").reverse();
  const differs = left.findIndex((name, index) => name !== right[index]);
  return (differs < 0 ? left : left.slice(0, differs)).reverse().join("/").length;
}

function realPathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    // It was read a moment ago; what has vanished since is no twin of anything.
    return file;
  }
}

function reportRoot(group: readonly Twins[]): Diagnostic {
  const sorted = [...group].sort((a, b) => compareText(a.long.importPath, b.long.importPath));
  const [first] = sorted;
  const message = first === undefined ? "" : describe(first, sorted.length - 1);
  return diagnostic("PB023", message, { help: first === undefined ? "" : adviseOn(first) });
}

function describe({ kind, long, short }: Twins, others: number): string {
  const more = others === 0 ? "" : ` and ${others} more file${others === 1 ? "" : "s"}`;
  const verb = others === 0 ? "is" : "are";
  const paths = `"${long.importPath}" and as "${short.importPath}"`;
  switch (kind) {
    case "same":
      return `${long.displayPath}${more} ${verb} loaded as ${paths}, expected one import path`;
    case "link":
      return `${long.displayPath}${more}, by a link also ${short.displayPath}, ${verb} loaded as ${paths}, expected one import path`;
    case "copy":
      return `${long.displayPath}${more} ${verb} loaded beside ${others === 0 ? "its copy" : "copies,"} ${short.displayPath}${others === 0 ? "" : " among them"}`;
    default:
      return kind satisfies never;
  }
}

/** The folder that should have been an include path, as messages show paths; "" for the working directory. */
function folderOf({ long, root }: Twins): string {
  const { displayPath, importPath } = long;
  const above = displayPath.endsWith(importPath) ? displayPath.slice(0, displayPath.length - importPath.length) : "";
  return `${above}${root}`.replace(/\/$/, "");
}

function adviseOn(twins: Twins): string {
  const folder = folderOf(twins);
  switch (twins.kind) {
    case "same":
      return "remove the include path that lies above or below the other";
    case "link":
      return "name one of the two folders only";
    case "copy":
      return folder === ""
        ? "name one of the two only"
        : `put the include path "${folder}" before the others, or name only your own protos`;
    default:
      return twins.kind satisfies never;
  }
}
