/** `compare --plan`: what would be sent. */
import { admit, labelOf } from "../../migrate/comparison/admission.js";
import { exitCodes } from "../exit-codes.js";
import type { Comparison } from "./comparison.js";
import { shortRpc } from "./comparison-text.js";
import { readRequests } from "./read-requests.js";

/** Counts per RPC what would be sent; sends nothing. */
export async function showPlan(comparison: Comparison): Promise<number> {
  const { terminal, admission, label, format } = comparison;
  const counts = new Map<string, Record<string, number>>();
  for await (const item of readRequests(comparison, new Map())) {
    const own = item.kind === "request" ? labelOf(item.request, label) : undefined;
    const kind = item.kind === "skipped" || own === undefined ? "skipped" : admit(item.request, own, admission).kind;
    const row = counts.get(own?.rpc ?? "") ?? {};
    counts.set(own?.rpc ?? "", { ...row, [kind]: (row[kind] ?? 0) + 1 });
  }
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  if (format === "json") {
    terminal.stdout.write(
      `${JSON.stringify(
        rows.map(([rpc, row]) => ({ rpc, ...row })),
        undefined,
        2,
      )}\n`,
    );
  } else {
    for (const [rpc, row] of rows) {
      const parts = Object.entries(row).map(([kind, number]) => `${number} ${kind}`);
      terminal.stdout.write(`${rpc === "" ? "not readable" : shortRpc(rpc)}: ${parts.join(", ")}\n`);
    }
    terminal.stdout.write("Nothing was sent.\n");
  }
  return exitCodes.clean;
}
