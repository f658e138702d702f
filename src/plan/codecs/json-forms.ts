/**
 * Forms in which the JSON of a message is printed: as the text of a whole reply, or as a part of a larger object, which
 * JSON.stringify prints in one go. Results are sets of full names.
 */
import type { Message } from "../../model/api-model.js";
import { isObject } from "./flat-messages.js";
import { elementOf, type MessageGraph } from "./reachable.js";

/** Messages by form. (Enums have one.) */
export interface JsonForms {
  /** Types that are printed as text. */
  readonly texts: ReadonlySet<string>;
  /** Types that are built as parts of objects. */
  readonly objects: ReadonlySet<string>;
}

/** One message in one of its forms. */
interface Form {
  readonly name: string;
  readonly kind: keyof JsonForms;
}

/** The forms of what is printed whole (`texts`), of what is a part (`objects`), and of everything below. */
export function findJsonForms(graph: MessageGraph, texts: Iterable<string>, objects: Iterable<string>): JsonForms {
  const found = { texts: new Set<string>(), objects: new Set<string>() };
  // A list of its own: how deep messages hold messages is up to the user.
  const waiting: Form[] = [
    ...[...texts].map((name): Form => ({ name, kind: "texts" })),
    ...[...objects].map((name): Form => ({ name, kind: "objects" })),
  ];
  for (let form = waiting.pop(); form !== undefined; form = waiting.pop()) {
    const message = graph.index.messages.get(form.name);
    if (message === undefined || found[form.kind].has(form.name)) continue;
    found[form.kind].add(form.name);
    for (const below of formsBelow(graph, message, form)) waiting.push(below);
  }
  return found;
}

/** The members of a flat message are texts like itself; any other is an object. */
function formsBelow(graph: MessageGraph, message: Message, { name, kind }: Form): Form[] {
  const parts = partsOf(graph, message);
  if (kind === "objects") return parts.map((part) => ({ name: part, kind }));
  const isFlat = graph.flat.has(name);
  return [
    ...(isObject(message) ? [] : [{ name, kind: "objects" } as const]),
    ...parts.map((part): Form => ({ name: part, kind: isFlat && graph.flat.has(part) ? "texts" : "objects" })),
  ];
}

function partsOf(graph: MessageGraph, message: Message): string[] {
  return [...message.fields, ...(graph.extensions.get(message.fullName) ?? [])].flatMap(({ shape }) => {
    const element = elementOf(shape);
    return element.kind === "message" ? [element.fullName] : [];
  });
}
