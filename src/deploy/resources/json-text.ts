/** JSON as text with references in it, for resources that take a document as a string. */
import { type Document, formOf } from "./document.js";
import { concatenate, partsOf, type Value } from "./value.js";

/** The JSON of data on one line. What references stand for has to need no escapes. */
export function jsonText(document: Document): Value {
  return concatenate(textsOf(document));
}

function textsOf(document: Document): Value[] {
  const form = formOf(document);
  switch (form.kind) {
    case "value":
      return ['"', ...partsOf(form.value).map((part) => (typeof part === "string" ? escaped(part) : part)), '"'];
    case "constant":
      return [String(form.value)];
    case "list":
      return ["[", ...separated(form.items.map(textsOf)), "]"];
    case "noted":
    case "inline":
      return textsOf(form.content);
    case "entries":
      return [
        "{",
        ...separated(form.entries.map(([name, member]) => [`${JSON.stringify(name)}:`, ...textsOf(member)])),
        "}",
      ];
    default:
      return form satisfies never;
  }
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function separated(items: readonly (readonly Value[])[]): Value[] {
  return items.flatMap((item, at) => (at === 0 ? item : [",", ...item]));
}
