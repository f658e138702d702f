/** Names of the runtime in emitted code. */
import type { Layout } from "../../plan/plan.js";
import type { CodeFile } from "../print/code-file.js";
import { runtimeModule } from "./modules.js";
import type { RuntimeExport, RuntimeSymbol } from "./runtime-exports.js";
import type { RuntimeModule } from "./runtime-paths.js";
import type { RuntimeTypeSymbol } from "./runtime-types.js";

/** The file that is being written, and where the runtime is. */
interface Place {
  readonly file: CodeFile;
  readonly plan: { readonly layout: Layout };
}

/** The local name of a function or constant of the runtime, imported into the file that is being written. */
export function useRuntime({ file, plan: { layout } }: Place, ...[module, name]: RuntimeSymbol): string {
  return file.use(runtimeModule(layout, module), name);
}

/** The local name of a type of the runtime, likewise. */
export function useRuntimeType({ file, plan: { layout } }: Place, ...[module, name]: RuntimeTypeSymbol): string {
  return file.useType(runtimeModule(layout, module), name);
}

/** Exports all of a module of the runtime, its types alone, or one name, from the file that is being written. */
export function exportRuntime<Module extends RuntimeModule>(
  { file, plan: { layout } }: Place,
  module: Module,
  names: "*" | "type *" | RuntimeExport<Module>,
): void {
  file.exportFrom(runtimeModule(layout, module), names === "*" || names === "type *" ? names : `{ ${names} }`);
}
