/** The paths that templates and routes take, in a form in which the two can be compared. */
import type { PathTemplate } from "../http-rule/path-template.js";

/** One or more path segments of a pattern. */
export type Element =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "any" }
  /** Ends in `:verb` and has something before it. */
  | { readonly kind: "verb"; readonly verb: string }
  /** Zero or more segments. */
  | { readonly kind: "many" };

const any: Element = { kind: "any" };
const many: Element = { kind: "many" };

/** The paths of a template as alternatives of elements. */
export type PathLanguage = readonly (readonly Element[])[];

/** Writes a template as elements: the verb becomes part of the last segment. */
export function languageOf(template: Pick<PathTemplate, "segments" | "verb">): PathLanguage {
  const elements = template.segments.map((segment): Element => {
    if (segment.kind === "literal") return { kind: "text", text: segment.text };
    return segment.kind === "wildcard" ? any : many;
  });
  if (template.verb === "") return [elements];
  const last = elements.at(-1);
  const start = elements.slice(0, -1);
  if (last === undefined) return [[{ kind: "text", text: `:${template.verb}` }]];
  if (last.kind !== "many") return [[...start, withVerb(last, template.verb)]];
  const before = start.at(-1);
  const none = before === undefined ? [] : [[...start.slice(0, -1), withVerb(before, template.verb)]];
  return [[...start, many, { kind: "verb", verb: template.verb }], ...none];
}

function withVerb(element: Element, verb: string): Element {
  return element.kind === "text" ? { kind: "text", text: `${element.text}:${verb}` } : { kind: "verb", verb };
}

/** Writes the parts of a gateway's route as elements; `greedy`: one or more further segments follow. */
export function elementsOf(parts: readonly (string | undefined)[], greedy: boolean): readonly Element[] {
  const elements = parts.map((text): Element => (text === undefined ? any : { kind: "text", text }));
  return greedy ? [...elements, any, many] : elements;
}

/** Tells whether some path belongs to both. */
export function overlaps(a: PathLanguage, b: PathLanguage): boolean {
  return a.some((left) => b.some((right) => intersect(left, 0, right, 0)));
}

/** Tells whether every path of `b` belongs to `a`; false as well where only several alternatives of `a` together take them all. */
export function covers(a: PathLanguage, b: PathLanguage): boolean {
  return b.every((inner) => a.some((outer) => contains(outer, 0, inner, 0)));
}

function contains(outer: readonly Element[], i: number, inner: readonly Element[], j: number): boolean {
  const left = outer[i];
  const right = inner[j];
  if (left?.kind === "many")
    return contains(outer, i + 1, inner, j) || (right !== undefined && contains(outer, i, inner, j + 1));
  if (left === undefined || right === undefined) return left === right;
  return takes(left, right) && contains(outer, i + 1, inner, j + 1);
}

/** Tells whether one element takes every segment that another one does. */
function takes(outer: Element, inner: Element): boolean {
  if (inner.kind === "many") return outer.kind === "many";
  if (outer.kind === "any") return true;
  if (outer.kind === "verb") {
    return inner.kind === "text"
      ? endsInVerb(inner.text, outer.verb)
      : inner.kind === "verb" && inner.verb === outer.verb;
  }
  return outer.kind === "text" && inner.kind === "text" && outer.text === inner.text;
}

function intersect(a: readonly Element[], i: number, b: readonly Element[], j: number): boolean {
  const left = a[i];
  const right = b[j];
  if (left?.kind === "many") return intersect(a, i + 1, b, j) || (right !== undefined && intersect(a, i, b, j + 1));
  if (right?.kind === "many") return intersect(a, i, b, j + 1) || (left !== undefined && intersect(a, i + 1, b, j));
  if (left === undefined || right === undefined) return left === right;
  return compatible(left, right) && intersect(a, i + 1, b, j + 1);
}

function compatible(a: Element, b: Element): boolean {
  if (a.kind === "text" && b.kind === "text") return a.text === b.text;
  if (a.kind === "verb" && b.kind === "text") return endsInVerb(b.text, a.verb);
  if (a.kind === "text" && b.kind === "verb") return endsInVerb(a.text, b.verb);
  if (a.kind === "verb" && b.kind === "verb") return a.verb.endsWith(b.verb) || b.verb.endsWith(a.verb);
  return true;
}

function endsInVerb(text: string, verb: string): boolean {
  return text.length > verb.length + 1 && text.endsWith(`:${verb}`);
}
