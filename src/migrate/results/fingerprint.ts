/** A name for differences of one kind: the same RPC, field, class and JSON types. */
import { createHash } from "node:crypto";
import type { Difference } from "../differences/difference.js";

/** Twelve hex digits, the same in every run. */
export function fingerprint(
  rpc: string,
  { class: kind, path, types }: Pick<Difference, "class" | "path" | "types">,
): string {
  return createHash("sha256").update([rpc, path, kind, types].join("\0")).digest("hex").slice(0, 12);
}
