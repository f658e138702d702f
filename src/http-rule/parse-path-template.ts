/**
 * Reads the path templates of google.api.http
 * (https://github.com/googleapis/googleapis/blob/master/google/api/http.proto, "Path template syntax").
 *
 *     Template  = "/" [ Segments [ ":" Verb ] ] ;
 *     Segments  = Segment { "/" Segment } ;
 *     Segment   = "*" | "**" | Literal | Variable ;
 *     Variable  = "{" FieldPath [ "=" Segments ] "}" ;          no variables inside
 *     FieldPath = Ident { "." Ident } ;
 *     Ident     = letter or "_", then letters, digits and "_" ;
 *     Literal   = { pchar of RFC 3986 } ;                        "%" only with two hexadecimal digits
 *     Verb      = { pchar of RFC 3986 } ;
 *
 * This is what grpc-gateway accepts, without its accidents (`//`, an empty verb, `/:verb`, `***`, two `**`). Where other
 * transcoders read an accepted template differently, the result carries a warning.
 */
import type { PathTemplate, Segment, Variable } from "./path-template.js";
import { checkLiteral } from "./literal-text.js";
import { splitTemplate, type TemplatePart } from "./split-template.js";
import { type TemplateProblem, templateProblem } from "./template-problem.js";

/** The result of parsing a template. Offsets count UTF-16 units from the start of the source. */
export type ParsedPathTemplate =
  | { readonly kind: "ok"; readonly template: PathTemplate; readonly warnings: readonly TemplateProblem[] }
  | ({ readonly kind: "error" } & TemplateProblem);

/** Longer templates are refused: no URL path of this length reaches a Lambda function. */
export const MAX_TEMPLATE_LENGTH = 4096;

/** Parses `source`; the first error ends the reading. Never throws. */
export function parsePathTemplate(source: string): ParsedPathTemplate {
  const problem = checkStart(source);
  if (problem !== undefined) return { kind: "error", ...problem };
  const split = splitTemplate(source);
  if (split.kind === "error") return split;
  const building: Building = { segments: [], offsets: [], variables: [], warnings: [] };
  for (const part of split.parts) {
    const found = part.kind === "variable" ? addVariable(building, part) : addSegment(building, part.text, part.offset);
    if (found !== undefined) return { kind: "error", ...found };
  }
  const error = checkVerb(building, split.verb) ?? checkDeepWildcards(building);
  if (error !== undefined) return { kind: "error", ...error };
  warnRepeatedVariables(building);
  const { segments, variables, warnings } = building;
  return { kind: "ok", template: { source, segments, verb: split.verb.text, variables }, warnings };
}

interface Building {
  readonly segments: Segment[];
  /** Offset of each segment in the text. */
  readonly offsets: number[];
  readonly variables: Variable[];
  readonly warnings: TemplateProblem[];
}

function checkStart(source: string): TemplateProblem | undefined {
  if (source.length > MAX_TEMPLATE_LENGTH) {
    const help = "shorten the path";
    return templateProblem(0, 1, `${source.length} characters`, `at most ${MAX_TEMPLATE_LENGTH} characters`, help);
  }
  if (source.startsWith("/")) return undefined;
  const found = source === "" ? "nothing" : `"${source.slice(0, 1)}" at the start`;
  return templateProblem(0, Math.min(1, source.length), found, 'a leading "/"', `write "/${source}"`);
}

function addVariable(building: Building, part: TemplatePart & { kind: "variable" }): TemplateProblem | undefined {
  const equals = part.text.indexOf("=");
  const pathText = equals === -1 ? part.text : part.text.slice(0, equals);
  const problem = checkFieldPath(pathText, part.offset);
  if (problem !== undefined) return problem;
  const start = building.segments.length;
  let offset = part.offset + pathText.length + 1;
  for (const text of equals === -1 ? ["*"] : part.text.slice(equals + 1).split("/")) {
    const found = text === "" ? emptyInVariable(pathText, offset) : addSegment(building, text, offset);
    if (found !== undefined) return found;
    offset += text.length + 1;
  }
  building.variables.push({
    fieldPath: pathText.split("."),
    start,
    end: building.segments.length,
    offset: part.offset,
  });
  return undefined;
}

function emptyInVariable(fieldPath: string, offset: number): TemplateProblem {
  const help = `a variable's pattern is segments joined by "/", without one at either end, for example {${fieldPath}=shelves/*}`;
  return templateProblem(offset, 1, `an empty segment in variable "${fieldPath}"`, 'text, "*" or "**"', help);
}

function checkFieldPath(text: string, offset: number): TemplateProblem | undefined {
  if (text === "") {
    const help = 'name a field of the request: {id}, or write "*" for a segment that no field takes';
    return templateProblem(offset, 1, "a variable without a field", "a field name", help);
  }
  let at = offset;
  for (const name of text.split(".")) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return badFieldName(name, at);
    at += name.length + 1;
  }
  return undefined;
}

function badFieldName(name: string, offset: number): TemplateProblem {
  const expected = 'a field name (a letter or "_", then letters, digits and "_")';
  if (name === "")
    return templateProblem(offset, 1, "an empty field name", expected, 'write one "." between two names');
  const fixed = name.trim().replaceAll(/[^A-Za-z0-9_]/g, "_");
  const help = /^[A-Za-z_]/.test(fixed) ? `did you mean "${fixed}"?` : "field names are written as in the .proto file";
  return templateProblem(offset, name.length, `"${name}" in a variable`, expected, help);
}

/** Adds `*`, `**` or a literal. */
function addSegment(building: Building, text: string, offset: number): TemplateProblem | undefined {
  if (/^\*{3,}$/.test(text)) {
    const help = 'write "*" for one path segment, "**" for any number of them';
    return templateProblem(offset, text.length, `"${text}"`, '"*" or "**"', help);
  }
  if (text === "*") building.segments.push({ kind: "wildcard" });
  else if (text === "**") building.segments.push({ kind: "deepWildcard" });
  else {
    const problem = checkLiteral(text, offset);
    if (problem !== undefined) return problem;
    building.segments.push({ kind: "literal", text });
    warnUnusualLiteral(building, text, offset);
  }
  building.offsets.push(offset);
  return undefined;
}

function warnUnusualLiteral(building: Building, text: string, offset: number): void {
  if (text.includes(":")) {
    const found = `":" inside the segment "${text}"`;
    const help =
      "grpc-gateway takes it as text, Envoy and vanguard refuse the template; write %3A, or move it to the end as the verb";
    building.warnings.push(templateProblem(offset, text.length, found, '":" only before the verb', help));
  }
  if (text.includes("*")) {
    const found = `"*" inside the segment "${text}"`;
    const help = 'it stands for itself there and matches nothing else; a wildcard is a segment of its own: "/*"';
    building.warnings.push(templateProblem(offset, text.length, found, '"*" alone in its segment', help));
  }
}

function checkVerb(building: Building, verb: { text: string; offset: number }): TemplateProblem | undefined {
  if (verb.text === "") return undefined;
  const problem = checkLiteral(verb.text, verb.offset);
  if (problem !== undefined) return problem;
  if (verb.text.includes(":")) {
    const found = `":" inside the verb "${verb.text}"`;
    const help = "grpc-gateway takes everything after the variable as the verb, Envoy and vanguard refuse the template";
    building.warnings.push(templateProblem(verb.offset, verb.text.length, found, 'a verb without ":"', help));
  }
  return undefined;
}

function checkDeepWildcards(building: Building): TemplateProblem | undefined {
  const { segments, offsets, warnings } = building;
  const kinds = segments.map((segment) => segment.kind);
  const first = kinds.indexOf("deepWildcard");
  const last = kinds.lastIndexOf("deepWildcard");
  if (first !== last) {
    const help = 'nothing would say where the first ends; keep one "**" and write "*" for the other';
    return templateProblem(offsets[last] ?? 0, 2, 'a second "**"', 'at most one "**"', help);
  }
  if (first === -1 || first === segments.length - 1) return undefined;
  const help = "grpc-gateway and ASP.NET accept it, Envoy only before text, vanguard never";
  const expected = '"**" as the last segment';
  warnings.push(templateProblem(offsets[first] ?? 0, 2, '"**" before other segments', expected, help));
  return undefined;
}

function warnRepeatedVariables(building: Building): void {
  const seen = new Set<string>();
  for (const { fieldPath, offset } of building.variables) {
    const name = fieldPath.join(".");
    const help = "the last one wins; use two fields, or a wildcard for the one that does not matter";
    if (seen.has(name)) {
      const found = `variable "${name}" twice`;
      building.warnings.push(templateProblem(offset, name.length, found, "each field once", help));
    }
    seen.add(name);
  }
}
