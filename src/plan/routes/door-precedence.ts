/** The route that a gateway is certain to choose for a request that two routes match. */
import type { RoutePattern } from "../../front-door/route-key.js";

/** Tells whether a request can have a method that both take. */
export function methodsMeet(a: string, b: string): boolean {
  return a === b || a === "ANY" || b === "ANY";
}

/**
 * Tells whether the gateway is certain to choose `a`. For an HTTP API (`fullFirst`) AWS documents that a full match goes before a greedy
 * one; otherwise only the case where one route is the other with more literals (or with a method instead of `ANY`) is relied on.
 */
export function surelyPreferred(a: RoutePattern, b: RoutePattern, fullFirst: boolean): boolean {
  if (a.httpMethod === "ANY" && b.httpMethod !== "ANY") return false;
  if (a.greedy && !b.greedy) return false;
  if (fullFirst && !a.greedy && b.greedy) return true;
  const within =
    a.parts.length >= b.parts.length && b.parts.every((text, at) => text === undefined || text === a.parts[at]);
  if (!within) return false;
  const narrower = a.parts.length > b.parts.length || a.parts.some((text, at) => text !== b.parts[at]);
  return narrower || (a.httpMethod !== "ANY" && b.httpMethod === "ANY");
}
