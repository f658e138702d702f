/**
 * Which requests a front door may hand to which route: do a template and a route key have a request in common, and can the
 * door be relied on to prefer one key to another?
 */
import type { RoutePattern } from "../front-door/route-key.js";
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
export function languageOf(template: PathTemplate): PathLanguage {
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

/** Writes the path of a route as elements. */
export function elementsOf({ parts, greedy }: RoutePattern): readonly Element[] {
  const elements = parts.map((text): Element => (text === undefined ? any : { kind: "text", text }));
  return greedy ? [...elements, any, many] : elements;
}

/** Whether some path belongs to the template and to the route. */
export function overlaps(language: PathLanguage, route: readonly Element[]): boolean {
  return language.some((elements) => intersect(elements, 0, route, 0));
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

/** Whether a request can have a method that both take. */
export function methodsMeet(a: string, b: string): boolean {
  return a === b || a === "ANY" || b === "ANY";
}

/**
 * Whether the door is certain to choose `a` for a request that both match. AWS documents that a full match goes before a
 * greedy one; of two full matches only the case where one is the other with more literals (or with a method instead of
 * `ANY`) is relied on.
 */
export function surelyPreferred(a: RoutePattern, b: RoutePattern): boolean {
  if (a.httpMethod === "ANY" && b.httpMethod !== "ANY") return false;
  if (a.greedy !== b.greedy) return b.greedy;
  const narrower = a.parts.length > b.parts.length || a.parts.some((text, at) => text !== b.parts[at]);
  const within =
    a.parts.length >= b.parts.length && b.parts.every((text, at) => text === undefined || text === a.parts[at]);
  if (!within) return false;
  return narrower || (a.httpMethod !== "ANY" && b.httpMethod === "ANY");
}
