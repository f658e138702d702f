/** Names of the runtime in emitted code. */
import type { Layout } from "../../plan/plan.js";
import type { CodeFile } from "../print/code-file.js";
import { runtimeModule } from "./modules.js";
import type { RuntimeModule } from "./runtime-paths.js";

/** The local name of an export of the runtime, imported into the file that is being written. */
export function useRuntime(
  { file, plan: { layout } }: { readonly file: CodeFile; readonly plan: { readonly layout: Layout } },
  module: RuntimeModule,
  name: string,
): string {
  return file.use(runtimeModule(layout, module), name);
}
