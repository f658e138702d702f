/** Settings of checkov for a module: JSON has no comments in which it would look for skips. https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html */
import type { ResourceModel } from "../resources/resource-model.js";
import { modelSkips } from "../skips/model-skips.js";

/** The text of the file: ids of checks that the module fails on purpose, each below its reasons. */
export function checkovSettings(model: ResourceModel, head: string): string {
  const reasons = new Map<string, string[]>();
  for (const { checkov, reason } of modelSkips(model))
    for (const id of checkov.module) reasons.set(id, [...(reasons.get(id) ?? []), reason]);
  const skipped = [...reasons].flatMap(([id, own]) => [...own.map((reason) => `  # ${reason}`), `  - ${id}`]);
  return `${head}skip-check:\n${skipped.join("\n")}\n`;
}
