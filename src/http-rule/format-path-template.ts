/** Path templates back to text. */
import type { PathTemplate, Segment, Variable } from "./path-template.js";

/** The template in its shortest spelling: `{id=*}` becomes `{id}`, everything else is as written. */
export function formatPathTemplate(template: PathTemplate): string {
  const parts: string[] = [];
  for (let at = 0; at < template.segments.length; ) {
    const variable = template.variables.find((candidate) => candidate.start === at);
    parts.push(variable === undefined ? segmentText(template.segments[at]) : formatVariable(template, variable));
    at = variable?.end ?? at + 1;
  }
  return `/${parts.join("/")}${verbSuffix(template)}`;
}

/**
 * The shape of a template, without the names of its variables: equal shapes match equal paths. `/v1/{a=shelves/*}:x`
 * and `/v1/shelves/{b}:x` are both `/v1/shelves/*:x`.
 */
export function templateShape(template: PathTemplate): string {
  return `/${template.segments.map(segmentText).join("/")}${verbSuffix(template)}`;
}

/** A path that the template matches, readable rather than clever: `/v1/shelves/1:merge`. `**` stands for one segment. */
export function samplePath(template: PathTemplate, filler = "1"): string {
  const texts = template.segments.map((segment) => (segment.kind === "literal" ? segment.text : filler));
  return `/${texts.join("/")}${verbSuffix(template)}`;
}

/** `:verb`, or nothing. */
export function verbSuffix(template: PathTemplate): string {
  return template.verb === "" ? "" : `:${template.verb}`;
}

function formatVariable(template: PathTemplate, variable: Variable): string {
  const name = variable.fieldPath.join(".");
  const pattern = template.segments.slice(variable.start, variable.end).map(segmentText).join("/");
  return pattern === "*" ? `{${name}}` : `{${name}=${pattern}}`;
}

function segmentText(segment: Segment | undefined): string {
  switch (segment?.kind) {
    case "literal":
      return segment.text;
    case "wildcard":
      return "*";
    case "deepWildcard":
      return "**";
    case undefined:
      return "";
  }
}
