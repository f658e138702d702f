/** The file that Lambda starts for a function, and the name of the handler in it. */
import type { Plan } from "../plan/plan.js";

/** A function's file. */
export interface EntryPoint {
  /** Relative to the project root: `gen/functions/library-service-get-shelf.ts`, or the program of all functions. */
  readonly file: string;
  /** The Handler setting of Lambda. */
  readonly handler: string;
}

/** The entry of a function by its id. A function in TypeScript has a file of its own; those in Go are one program. */
export function entryPoint({ layout, go }: Pick<Plan, "layout" | "go">, functionId: string): EntryPoint {
  if (go !== undefined) return { file: `${layout.outDir}/main.go`, handler: functionId };
  return { file: `${layout.outDir}/functions/${functionId}.ts`, handler: `${functionId}.handler` };
}
