/**
 * In which forms the JSON of a message is printed: as the text of a whole reply, or as a part of a larger object, which
 * JSON.stringify prints in one go. Results are sets of full names.
 */
import type { Message } from "../../model/api-model.js";
import { isObject } from "./flat-messages.js";
import { elementOf, type MessageGraph } from "./reachable.js";

/** Messages by form. (Enums have one.) */
export interface JsonForms {
  /** Whose text is printed. */
  readonly texts: ReadonlySet<string>;
  /** Which are built as parts of objects. */
  readonly objects: ReadonlySet<string>;
}

/** The forms of what is printed whole (`texts`), of what is a part (`objects`), and of everything below. */
export function findJsonForms(graph: MessageGraph, texts: Iterable<string>, objects: Iterable<string>): JsonForms {
  const found = { texts: new Set<string>(), objects: new Set<string>() };
  for (const name of texts) addText(graph, name, found);
  for (const name of objects) addObject(graph, name, found);
  return found;
}

type Found = { readonly [Form in keyof JsonForms]: Set<string> };

/** The members of a flat message are texts like itself; any other is an object. */
function addText(graph: MessageGraph, name: string, found: Found): void {
  const message = graph.index.messages.get(name);
  if (message === undefined || found.texts.has(name)) return;
  found.texts.add(name);
  if (!isObject(message)) addObject(graph, name, found);
  const isFlat = graph.flat.has(name);
  for (const part of partsOf(graph, message)) {
    if (isFlat && graph.flat.has(part)) addText(graph, part, found);
    else addObject(graph, part, found);
  }
}

function addObject(graph: MessageGraph, name: string, found: Found): void {
  const message = graph.index.messages.get(name);
  if (message === undefined || found.objects.has(name)) return;
  found.objects.add(name);
  for (const part of partsOf(graph, message)) addObject(graph, part, found);
}

function partsOf(graph: MessageGraph, message: Message): string[] {
  return [...message.fields, ...(graph.extensions.get(message.fullName) ?? [])].flatMap(({ shape }) => {
    const element = elementOf(shape);
    return element.kind === "message" ? [element.fullName] : [];
  });
}
