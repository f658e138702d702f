/** Migration: what this version changes in the output of another one, before anything is written. */
import { join } from "node:path";
import { readBounded } from "../../bounded-file.js";
import { type MovedImports, movedImports } from "../../adopt/update/moved-imports.js";
import { deploymentTargets } from "../../deploy/targets.js";
import type { FileComparison, OutputComparison } from "../../output/compare.js";
import type { Plan } from "../../plan/plan.js";

import { type StackChange, stackChanges } from "./stack-changes.js";

/** The effect of an upgrade on a project. */
export interface Migration {
  /** Generated files that are written or removed. */
  readonly files: readonly FileComparison[];
  /** Files of the user whose imports follow. */
  readonly imports: readonly MovedImports[];
  readonly stack: readonly StackChange[];
  /** Scaffolds that nothing asks for any more: the user's to delete. */
  readonly orphans: readonly string[];
}

/** Larger files of the user are not looked into. */
const maxBytes = 4_000_000;

/** Compares what is on disk with what this version makes; `users` are files whose imports are looked at. */
export function planMigration(comparison: OutputComparison, plan: Plan, users: readonly string[]): Migration {
  const { root } = comparison;
  const files = comparison.files.filter(({ ownership, state }) => ownership === "generated" && state !== "unchanged");
  const { listResources } = deploymentTargets[plan.deployment.target];
  const deployed = comparison.files.filter(({ path, ownership }) => {
    return ownership === "generated" && !path.startsWith(`${comparison.outDir}/`);
  });
  const before = deployed.map(({ path }) => textOf(root, path) ?? "");
  const after = deployed.map(({ state, content }, at) => content ?? (state === "unchanged" ? (before[at] ?? "") : ""));
  return {
    files,
    imports: users.flatMap((path) => {
      const text = textOf(root, path);
      return (text === undefined ? undefined : movedImports(path, text, comparison)) ?? [];
    }),
    stack: stackChanges(before.flatMap(listResources), after.flatMap(listResources)),
    orphans: comparison.files.filter(({ state }) => state === "orphan").map(({ path }) => path),
  };
}

/** Files of the user that may import generated ones: scaffolds, and modules that the configuration names. */
export function filesOfUser(comparison: OutputComparison, plan: Plan): string[] {
  const scaffolds = comparison.files.filter(({ state }) => state === "kept" || state === "orphan");
  const named = plan.methods.flatMap(({ implementation, interceptors }) => [
    ...interceptors.map(({ module }) => module),
    ...("object" in implementation ? [implementation.object.module] : []),
    ...(implementation.kind === "server" ? [implementation.server.file] : []),
  ]);
  const { errorMapper, headers } = plan.customization;
  const handlers = [...plan.ownFunctions, ...plan.authorizers].map(({ handler }) => handler);
  const own = [errorMapper, headers, ...handlers].flatMap((found) => found?.module ?? []);
  const all = [...scaffolds.map(({ path }) => path), ...named, ...own];
  return [...new Set(all)].filter((path) => !path.startsWith("npm:")).sort();
}

function textOf(root: string, path: string): string | undefined {
  try {
    const read = readBounded(join(root, path), maxBytes);
    return read.kind === "tooLarge" ? undefined : read.bytes.toString("utf8");
  } catch {
    return undefined;
  }
}
