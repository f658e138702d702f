/** References of template data to parameters and resources. */
import { type Document, entries, formOf } from "../resources/document.js";

/** The target of a reference: a logical id or a pseudo parameter, and an attribute of `Fn::GetAtt`. */
export interface Reference {
  readonly id: string;
  readonly attribute?: string;
}

/** Puts others in place of references; those that `map` gives back as they are stay. */
export function mapReferences(content: Document, map: (reference: Reference) => Reference): Document {
  const form = formOf(content);
  switch (form.kind) {
    case "value":
    case "constant":
      return content;
    case "list":
      return form.items.map((item) => mapReferences(item, map));
    case "noted":
    case "inline":
      return { ...form, content: mapReferences(form.content, map) };
    case "entries": {
      const [first] = form.entries;
      const called = first !== undefined && form.entries.length === 1 ? mapCall(first[0], first[1], map) : undefined;
      return called ?? entries(form.entries.map(([name, member]) => [name, mapReferences(member, map)]));
    }
    default:
      return form satisfies never;
  }
}

/** Every reference of template data. */
export function referencesOf(content: Document): Reference[] {
  const found: Reference[] = [];
  mapReferences(content, (reference) => {
    found.push(reference);
    return reference;
  });
  return found;
}

/** A reference as `Ref` or `Fn::GetAtt` has it. */
export function referenceTo({ id, attribute }: Reference): Document {
  return attribute === undefined ? { Ref: id } : { "Fn::GetAtt": [id, attribute] };
}

function mapCall(name: string, argument: Document, map: (reference: Reference) => Reference): Document | undefined {
  const form = formOf(argument);
  if (name === "Ref" && typeof argument === "string") return referenceTo(map({ id: argument }));
  if (name === "Fn::GetAtt" && form.kind === "list") {
    const [id, attribute] = form.items.map(String);
    return id === undefined || attribute === undefined ? undefined : referenceTo(map({ id, attribute }));
  }
  if (name !== "Fn::Sub") return undefined;
  if (typeof argument === "string") return { "Fn::Sub": mapText(argument, new Set(), map) };
  const [text = "", variables] = form.kind === "list" ? form.items : [];
  const own = variables === undefined ? undefined : formOf(variables);
  const names = new Set(own?.kind === "entries" ? own.entries.map(([variable]) => variable) : []);
  return { "Fn::Sub": [mapText(String(text), names, map), mapReferences(variables ?? "", map)] };
}

/** The text of `Fn::Sub`: `${!x}` stands for itself, and its own variables are no references. */
function mapText(text: string, own: ReadonlySet<string>, map: (reference: Reference) => Reference): string {
  return text.replace(/\$\{([^!}][^}]*)\}/g, (whole, name: string) => {
    if (own.has(name)) return whole;
    const [id = "", ...attribute] = name.split(".");
    const mapped = map(attribute.length === 0 ? { id } : { id, attribute: attribute.join(".") });
    return mapped.attribute === undefined ? `\${${mapped.id}}` : `\${${mapped.id}.${mapped.attribute}}`;
  });
}
