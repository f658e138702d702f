/**
 * Findings about files that are not of the project. Anyone who can open a pull request can make an input a link (or a
 * path) to a file of the machine that checks it: credentials, keys. Such a file is read, since build systems link
 * protos in; what it says is not repeated.
 */
import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic, Location, RelatedLocation } from "../../diagnostics.js";
import { diagnosticCodes } from "../../diagnostic-codes.js";
import { pathInside } from "../../path-inside.js";

/** Takes what is quoted out of the findings about files outside of `root` (absolute); paths in them are relative to `cwd`. */
export function concealForeign(diagnostics: readonly Diagnostic[], root: string, cwd: string): readonly Diagnostic[] {
  const project = realPath(root) ?? root;
  const known = new Map<string, boolean>();
  const isForeign = ({ file }: Location): boolean => {
    const foreign = known.get(file) ?? leadsOutside(resolve(cwd, file), root, project);
    known.set(file, foreign);
    return foreign;
  };
  return diagnostics.map((diagnostic) => concealOne(diagnostic, isForeign));
}

function concealOne(diagnostic: Diagnostic, isForeign: (location: Location) => boolean): Diagnostic {
  const { code, severity, location, related = [] } = diagnostic;
  const foreign = [location, ...related.map((other) => other.location)].find((place) => place && isForeign(place));
  if (foreign === undefined) return diagnostic;
  return {
    code,
    severity,
    message: `${diagnosticCodes[code].title} (${foreign.file} is outside the project folder: what it says is not shown)`,
    ...(location === undefined ? {} : { location: isForeign(location) ? withoutExcerpt(location) : location }),
    related: related.map((other): RelatedLocation => {
      return isForeign(other.location) ? { message: "here", location: withoutExcerpt(other.location) } : other;
    }),
  };
}

/** An empty span has no excerpt. */
function withoutExcerpt(location: Location): Location {
  return { ...location, endLine: location.line, endColumn: location.column };
}

/**
 * Protos outside the project that are named as such (`-I ../protos`) may be quoted; whatever a link inside of the project leads
 * to outside may not.
 */
function leadsOutside(file: string, root: string, project: string): boolean {
  const real = realPath(file);
  if (real === undefined || pathInside(project, real) !== undefined) return false;
  return pathInside(root, file) !== undefined || !real.endsWith(".proto");
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
