/** Functions on their way to a zip. */

import type { StandIn } from "../emit/functions/captured-servers.js";

/** A function to bundle. */
export interface FunctionEntry {
  /** `FunctionPlan.id`. */
  readonly id: string;
  /** Entry module, relative to the project root. */
  readonly entry: string;
  readonly format: "esm" | "cjs";
  /** Packages to replace. */
  readonly standIns: readonly StandIn[];
}

/** A function in one module. */
export interface Bundle extends FunctionEntry {
  /** Name of the module in the zip: `library-service-get-shelf.mjs`, or `.cjs`. */
  readonly fileName: string;
  readonly code: Uint8Array;
  /** The source map; its paths are relative to the folder of the zips. Absent where none is wanted. */
  readonly map?: string;
  /** The shares of source files and packages in `code`, the largest first. */
  readonly parts: readonly BundlePart[];
}

/** A source file of the project, or a package, in a bundle. */
export interface BundlePart {
  /** `gen/library.ts`, or the name of a package. */
  readonly name: string;
  readonly bytes: number;
}
