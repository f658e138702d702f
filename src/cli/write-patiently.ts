/** Writing the output beside other runs: one after the other. */
import { setTimeout as sleep } from "node:timers/promises";
import type { OutputRequest } from "../output/compare.js";
import { blockedPath, busyFolder } from "../output/output-findings.js";
import { type FinishedWrite, type WriteOptions, writeOutput } from "../output/write.js";
import type { Terminal } from "./terminal.js";

/** Milliseconds between two attempts, and how many there are: half a minute, where a write takes a second. */
const pause = 50;
const manyAttempts = 600;

/** The outcome of a write; without a comparison the disk was not read. */
export type PatientOutcome =
  | Omit<FinishedWrite, "kind">
  | (Pick<FinishedWrite, "diagnostics"> & { readonly comparison?: never });

/** Writes as soon as no other run does, uninterrupted; OU011 when that takes too long. */
export async function writePatiently(
  request: OutputRequest,
  options: WriteOptions,
  terminal: Pick<Terminal, "uninterrupted">,
  attempts = manyAttempts,
): Promise<PatientOutcome> {
  for (let attempt = 1; ; attempt++) {
    const outcome = terminal.uninterrupted(() => writeOutput(request, options));
    if (outcome.kind === "finished") return outcome;
    if (outcome.kind === "blocked") {
      const at = `${request.outDir}/${outcome.path}`;
      return { diagnostics: [blockedPath({ kind: "blocked", at, reason: "is no folder, expected nothing" })] };
    }
    const { host, pid } = outcome.owner;
    if (attempt === attempts) return { diagnostics: [busyFolder(request.outDir, `process ${pid} on ${host}`)] };
    await sleep(pause);
  }
}
