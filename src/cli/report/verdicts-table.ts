/** Verdicts about RPCs, for people. */
import type { RpcVerdict } from "../../migrate/suitability/judge-rpcs.js";
import type { Paint } from "../paint.js";
import { alignColumns } from "./columns.js";
import { printable } from "./printable.js";

/** A line per RPC with its verdict and reasons, then how many there are of each. */
export function renderVerdicts(verdicts: readonly RpcVerdict[], paint: Paint): string {
  const paints = { fits: paint.green, "with care": paint.yellow, keep: paint.red };
  const rows = alignColumns(verdicts.map(({ rpc, verdict, reasons }) => [printable(rpc), verdict, reasons.join("; ")]));
  const lines = rows.map((row, index) => {
    const verdict = verdicts[index]?.verdict ?? "fits";
    return row.replace(`  ${verdict}`, `  ${paints[verdict](verdict)}`);
  });
  const total = (verdict: RpcVerdict["verdict"]): number => verdicts.filter((each) => each.verdict === verdict).length;
  const sum = `${total("fits")} fit, ${total("with care")} with care, ${total("keep")} should stay on a gRPC server`;
  return `${[...lines, "", sum].join("\n")}\n`;
}
