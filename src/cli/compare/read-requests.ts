/** The requests that the command line asks for: recordings one after the other, then generated ones. */
import { basename, resolve } from "node:path";
import type { SourceItem } from "../../migrate/requests/recorded-request.js";
import { generateRequests } from "../../migrate/generated/generate-requests.js";
import { readSource } from "../../migrate/requests/read-source.js";
import type { ModelIndex } from "../../model/model-index.js";
import type { Plan } from "../../plan/plan.js";
import type { CompareFlags } from "./compare-flags.js";

/** Names of the sources, which a run that goes on has to share. */
export function sourceNames(files: readonly string[], flags: CompareFlags): string[] {
  const generated = flags.generate === undefined ? [] : [`generated:${flags.generate}:${flags.seed ?? 1}`];
  return [...files.map((file) => basename(file)), ...generated];
}

/** Reads the recordings and makes the generated requests. Throws SourceError. */
export async function* readRequests(
  files: readonly string[],
  flags: CompareFlags,
  cwd: string,
  plan: Plan,
  index: ModelIndex,
): AsyncGenerator<SourceItem> {
  for (const file of files) yield* readSource(resolve(cwd, file), flags.format);
  if (flags.generate === undefined) return;
  const routes = plan.routes.map(({ method, binding }) => ({ method: method.method, binding }));
  for (const request of generateRequests(routes, index, flags.generate, flags.seed ?? 1)) {
    yield { kind: "request", request };
  }
}
