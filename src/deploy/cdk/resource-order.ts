/** The order in which constructs are made: each after those that it refers to, else as the template has them. */
import { type Document, formOf } from "../resources/document.js";
import { referencesOf } from "../cloudformation/references.js";
import type { Section } from "../cloudformation/sections.js";
import { memberOf } from "./resource-members.js";

/** Resources so that each comes after those that it names. CloudFormation refuses circles, so there are none. */
export function inOrder(resources: Section): Section {
  const byId = new Map(resources);
  const ordered = new Map<string, Document>();
  const begun = new Set<string>();
  const visit = (id: string): void => {
    const content = byId.get(id);
    if (content === undefined || begun.has(id)) return;
    begun.add(id);
    for (const other of [...referencesOf(content).map((reference) => reference.id), ...dependenciesOf(content)])
      visit(other);
    ordered.set(id, content);
  };
  for (const [id] of resources) visit(id);
  return [...ordered];
}

/** Logical ids in `DependsOn`. */
export function dependenciesOf(content: Document): string[] {
  const found = memberOf(content, "DependsOn");
  if (found === undefined) return [];
  const form = formOf(found);
  return form.kind === "list" ? form.items.map(String) : [String(form.kind === "noted" ? form.content : found)];
}
