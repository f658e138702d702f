/** The size of the table of types for google.protobuf.Any. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { OutputFile } from "../../output/output-tree.js";
import type { Plan } from "../../plan/plan.js";
import { anyTypesModule } from "../objects/modules.js";

/** As much as eight functions of one RPC. */
const largeTable = 200_000;

/** The length of `any-types.ts` in bytes; 0 where there is none. */
export function anyTableBytes(files: readonly OutputFile[], { layout }: Pick<Plan, "layout">): number {
  const table = files.find(({ path }) => path === `${anyTypesModule(layout)}.ts`);
  return table === undefined ? 0 : Buffer.byteLength(table.content);
}

/** PL020 for a table that is worth choosing the types of. */
export function checkAnySize(files: readonly OutputFile[], plan: Pick<Plan, "layout" | "anyTypes">): Diagnostic[] {
  const bytes = anyTableBytes(files, plan);
  if (bytes < largeTable) return [];
  return [
    diagnostic(
      "PL020",
      `a google.protobuf.Any may hold ${plan.anyTypes.length} types, ${Math.round(bytes / 1000)} kB in each function that meets one`,
      { help: "name those that it does hold under anyTypes; patterns such as acme.library.* are allowed" },
    ),
  ];
}
