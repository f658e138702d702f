/** Imports in files of the user that lead to generated files which this version puts elsewhere. */
import { posix } from "node:path";
import type { OutputComparison } from "../../output/compare.js";

/** A file of the user with imports that have to change. */
export interface MovedImports {
  /** Relative to the project root. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly imports: readonly MovedImport[];
}

/** An import of a generated file that goes. */
export interface MovedImport {
  /** 1-based. */
  readonly line: number;
  readonly from: string;
  /** The generated file of the same name; undefined where there is none, or several: the user knows what was meant. */
  readonly to?: string;
}

/** Module names in imports, exports and calls of `import` and `require`. */
const specifier = /(\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'])(\.{1,2}\/[^"'\n]+)\2/g;

/** The imports of one file of the user. Text and comments that look like an import of a file that goes are taken for one. */
export function movedImports(path: string, before: string, comparison: OutputComparison): MovedImports | undefined {
  const imports: MovedImport[] = [];
  const after = before.replace(specifier, (whole, lead: string, quote: string, name: string, at: number) => {
    const from = goneModule(path, name, comparison);
    if (from === undefined) return whole;
    const to = newPlaceOf(from, comparison);
    const line = before.slice(0, at).split("\n").length;
    imports.push({ line, from, ...(to === undefined ? {} : { to }) });
    return to === undefined ? whole : `${lead}${quote}${relativeName(path, to, name)}${quote}`;
  });
  return imports.length === 0 ? undefined : { path, before, after, imports };
}

/** The path of a generated file that this version does not make, which a module name leads to. */
function goneModule(path: string, name: string, { files }: OutputComparison): string | undefined {
  const module = posix.join(posix.dirname(path), name);
  const candidates = [module, module.replace(/\.js$/, ".ts"), `${module}.ts`];
  return files.find((file) => /eftOver$/.test(file.state) && candidates.includes(file.path))?.path;
}

function newPlaceOf(gone: string, { files, outDir }: OutputComparison): string | undefined {
  const made = files.filter(
    ({ path, content, state }) =>
      (content !== undefined || state === "unchanged") &&
      path.startsWith(`${outDir}/`) &&
      posix.basename(path) === posix.basename(gone),
  );
  return made.length === 1 ? made[0]?.path : undefined;
}

/** With the ending that the import had. */
function relativeName(path: string, to: string, name: string): string {
  const relative = posix.relative(posix.dirname(path), to);
  const ending = /\.(?:js|ts)$/.exec(name)?.[0] ?? "";
  const module = relative.replace(/\.ts$/, ending);
  return module.startsWith(".") ? module : `./${module}`;
}
