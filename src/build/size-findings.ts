/** Functions that are larger than they may be. */
import { type Diagnostic, diagnostic } from "../diagnostics.js";
import type { BuildPlan } from "../plan/plan.js";
import type { BundlePart } from "./built-function.js";

/** Bytes of a function without its zip, layers included. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maxUnzippedBytes = 262_144_000;

/** The sizes of a function that was built. */
export interface FunctionSize {
  readonly id: string;
  readonly zipBytes: number;
  /** All files of the zip. */
  readonly unzippedBytes: number;
  readonly parts: readonly BundlePart[];
}

/** BD005 for each function over the budget or over Lambda's limit; the help names its largest parts. */
export function checkSizes(
  sizes: readonly FunctionSize[],
  { maxZipBytes }: Pick<BuildPlan, "maxZipBytes">,
): Diagnostic[] {
  return sizes.flatMap(({ id, zipBytes, unzippedBytes, parts }) => {
    const help = `its largest parts: ${parts.slice(0, 3).map(describePart).join(", ")}`;
    if (unzippedBytes > maxUnzippedBytes) {
      const message = `function ${id} has ${kilobytes(unzippedBytes)}, expected at most the ${kilobytes(maxUnzippedBytes)} that Lambda takes`;
      return [diagnostic("BD005", message, { help })];
    }
    if (maxZipBytes === undefined || zipBytes <= maxZipBytes) return [];
    const message = `the zip of function ${id} has ${kilobytes(zipBytes)}, expected at most ${kilobytes(maxZipBytes)} (build.maxZipBytes)`;
    return [diagnostic("BD005", message, { help })];
  });
}

function describePart({ name, bytes }: BundlePart): string {
  return `${name} ${kilobytes(bytes)}`;
}

/** A size with one decimal: `17.1 kB`. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
