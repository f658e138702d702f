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

/** A colon as people write it, and as encodeURIComponent does. */
const colon = "(:|%3[Aa])";

/**
 * `/v1/shelves`, or `^/v1/shelves/[^/]+(:|%3[Aa])merge$` where there is a wildcard. A wildcard takes an empty segment, as it does in the
 * function, unless a verb follows: nothing but a verb is no value.
 */
export function pathRegex(segments: readonly Segment[], verb: string): string {
  if (segments.every((segment) => segment.kind === "literal")) {
    const suffix = verb === "" ? "" : `:${verb}`;
    return `/${segments.map((segment) => (segment.kind === "literal" ? segment.text : "")).join("/")}${suffix}`;
  }
  const last = segments.length - 1;
  const parts = segments.map((segment, at) => {
    if (segment.kind === "literal") return `/${escapeText(segment.text)}`;
    // Something has to stand before the verb, also where a `**` between them takes nothing.
    const meetsVerb = verb !== "" && (at === last || (at === last - 1 && segments[last]?.kind === "deepWildcard"));
    if (segment.kind === "wildcard") return meetsVerb ? "/[^/]+" : "/[^/]*";
    return meetsVerb && at === last ? "(/.*[^/])?" : "(/.*)?";
  });
  return `^${parts.join("")}${verb === "" ? "" : colon + escapeText(verb)}$`;
}

/** A pattern without wildcards as a regular expression. */
export function exactRegex(path: string): string {
  return path.startsWith("^") ? path : `^${escapeText(path)}$`;
}

/** The regular expression of a condition with a path before it. */
export function regexBelow(basePath: string, regex: string): string {
  return regex.replace(/^\^/, () => `^${basePath.replace(/[.$+*()]/g, "\\$&")}`);
}

function escapeText(text: string): string {
  return text.replace(/[.$+]/g, "\\$&");
}

/** The paths that a condition made by `pathRegex` takes. */
export function languageOfPath(path: string): PathLanguage {
  const source = path.startsWith("^") ? path.slice(1, -1) : escapeText(path);
  const marked = source
    .replace(colon, ":")
    .replaceAll(/\[\^\/\][+*]/g, "*")
    .replaceAll(/\(\/\.\*(?:\[\^\/\])?\)\?/g, "/**");
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
