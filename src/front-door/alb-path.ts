/**
 * Path conditions of listener rules. A path without variables is a pattern, compared as it is; others are regular expressions,
 * because the `*` of a pattern crosses slashes.
 */
import type { PathTemplate, Segment } from "../http-rule/path-template.js";
import { languageOf, type PathLanguage } from "./path-language.js";

/** Characters of one condition value. */
export const maxPathLength = 128;

/** The pattern of all paths. */
export const everything = "/*";

/** A template with wildcards in place of the literals that a condition cannot hold. */
export interface ConditionPath {
  readonly segments: readonly Segment[];
  readonly verb: string;
  readonly literals: readonly string[];
}

/** Replaces what a condition cannot hold. */
export function projectSegments({ segments, verb }: PathTemplate): ConditionPath {
  const literals: string[] = [];
  const projected = segments.map((segment): Segment => {
    if (segment.kind !== "literal" || isConditionText(segment.text)) return segment;
    literals.push(segment.text);
    return { kind: "wildcard" };
  });
  if (isConditionText(verb)) return { segments: projected, verb, literals };
  const last = projected.at(-1);
  const widened: Segment = last?.kind === "literal" ? { kind: "wildcard" } : (last ?? { kind: "wildcard" });
  return { segments: [...projected.slice(0, -1), widened], verb: "", literals: [...literals, `:${verb}`] };
}

/** The characters that conditions are documented to take; `*` and `?` would be wildcards. */
function isConditionText(text: string): boolean {
  return /^[A-Za-z0-9_.$~"'@:+&-]*$/.test(text);
}

/** `/v1/shelves`, or `^/v1/shelves/[^/]+:merge$` where there is a wildcard. */
export function pathRegex(segments: readonly Segment[], verb: string): string {
  const suffix = verb === "" ? "" : `:${verb}`;
  if (segments.every((segment) => segment.kind === "literal")) {
    return `/${segments.map((segment) => (segment.kind === "literal" ? segment.text : "")).join("/")}${suffix}`;
  }
  const last = segments.length - 1;
  const parts = segments.map((segment, at) => {
    if (segment.kind === "literal") return `/${escapeText(segment.text)}`;
    if (segment.kind === "wildcard") return "/[^/]+";
    // Something has to stand before the verb.
    return at === last && suffix !== "" ? "(/.*[^/])?" : "(/.*)?";
  });
  return `^${parts.join("")}${escapeText(suffix)}$`;
}

/** A pattern without wildcards as a regular expression. */
export function exactRegex(path: string): string {
  return path.startsWith("^") ? path : `^${escapeText(path)}$`;
}

function escapeText(text: string): string {
  return text.replace(/[.$+]/g, "\\$&");
}

/** The paths that a condition made by `pathRegex` takes. */
export function languageOfPath(path: string): PathLanguage {
  const source = path.startsWith("^") ? path.slice(1, -1) : escapeText(path);
  const marked = source.replaceAll("[^/]+", "*").replaceAll(/\(\/\.\*(?:\[\^\/\])?\)\?/g, "/**");
  const [, body = "", verb = ""] = /^(.*?)(?:(?<=\*):([^/]*))?$/.exec(marked) ?? [];
  const segments = body
    .split("/")
    .slice(1)
    .map((text): Segment => {
      if (text === "*") return { kind: "wildcard" };
      return text === "**" ? { kind: "deepWildcard" } : { kind: "literal", text: text.replaceAll("\\", "") };
    });
  return languageOf({ segments, verb: verb.replaceAll("\\", "") });
}
