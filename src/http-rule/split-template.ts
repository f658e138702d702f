/** Cuts a path template into the parts between its slashes, and the verb off its end. */
import { checkLiteral } from "./literal-text.js";
import { type TemplateProblem, templateProblem } from "./template-problem.js";

/** One part. A variable's text is what stands between the braces. Offsets are those of `text`. */
export type TemplatePart =
  | { readonly kind: "plain"; readonly text: string; readonly offset: number }
  | { readonly kind: "variable"; readonly text: string; readonly offset: number };

/** The parts of a template, none of them empty except for the template `/`; the verb is "" without one. */
export type SplitTemplate =
  | {
      readonly kind: "ok";
      readonly parts: readonly TemplatePart[];
      readonly verb: { readonly text: string; readonly offset: number };
    }
  | ({ readonly kind: "error" } & TemplateProblem);

/** A stretch between two slashes that are outside braces. */
interface Stretch {
  readonly text: string;
  readonly offset: number;
  readonly last: boolean;
}

/** Splits `source`, which starts with "/". */
export function splitTemplate(source: string): SplitTemplate {
  const braces = checkBraces(source);
  if (braces !== undefined) return { kind: "error", ...braces };
  const parts: TemplatePart[] = [];
  let verb = { text: "", offset: source.length };
  for (const stretch of stretches(source)) {
    const read = stretch.text.startsWith("{") ? readVariable(stretch) : readPlain(stretch);
    if (read.kind === "error") return read;
    const problem = read.part.text === "" && source !== "/" ? emptyPart(stretch, read.part) : undefined;
    if (problem !== undefined) return { kind: "error", ...problem };
    parts.push(read.part);
    verb = read.verb ?? verb;
  }
  return { kind: "ok", parts, verb };
}

function checkBraces(source: string): TemplateProblem | undefined {
  let open = -1;
  for (let at = 0; at < source.length; at++) {
    const character = source[at];
    if (character === "{" && open !== -1) {
      const help = "a variable's pattern holds only text and wildcards; bind the inner part to a field of its own";
      return templateProblem(at, 1, "a variable inside a variable", 'text, "*", "**" or "}"', help);
    }
    if (character === "}" && open === -1) {
      return templateProblem(at, 1, 'a "}" without "{"', "a segment", 'a variable starts with "{"');
    }
    if (character === "{") open = at;
    if (character === "}") open = -1;
  }
  if (open === -1) return undefined;
  return templateProblem(open, source.length - open, 'a "{" without "}"', 'a "}"', "close the variable");
}

function stretches(source: string): Stretch[] {
  const found: Stretch[] = [];
  let start = 1;
  let inVariable = false;
  for (let at = 1; at < source.length; at++) {
    const character = source[at];
    if (character === "{") inVariable = true;
    else if (character === "}") inVariable = false;
    else if (character === "/" && !inVariable) {
      found.push({ text: source.slice(start, at), offset: start, last: false });
      start = at + 1;
    }
  }
  found.push({ text: source.slice(start), offset: start, last: true });
  return found;
}

type ReadPart =
  | { readonly kind: "ok"; readonly part: TemplatePart; readonly verb?: { text: string; offset: number } }
  | ({ readonly kind: "error" } & TemplateProblem);

/** After a variable everything behind the first colon is the verb. */
function readVariable({ text, offset, last }: Stretch): ReadPart {
  const close = text.indexOf("}");
  const part: TemplatePart = { kind: "variable", text: text.slice(1, close), offset: offset + 1 };
  const rest = text.slice(close + 1);
  if (rest === "") return { kind: "ok", part };
  const at = offset + close + 1;
  if (rest.startsWith(":") && last) return withVerb(part, rest.slice(1), at);
  if (rest.startsWith(":")) {
    const help = "a verb ends the whole template, no segment follows it";
    return { kind: "error", ...templateProblem(at, rest.length, `the verb "${rest}" before "/"`, '"/"', help) };
  }
  const problem = checkLiteral(rest.split("{")[0] ?? "", at);
  if (problem !== undefined) return { kind: "error", ...problem };
  const found = `"${rest}" after a variable`;
  const help = 'a variable takes whole segments: put a "/" after it, or start a verb with ":"';
  return { kind: "error", ...templateProblem(at, rest.length, found, '"/", ":" or the end', help) };
}

/** In the last part the text behind the last colon is the verb. */
function readPlain({ text, offset, last }: Stretch): ReadPart {
  const brace = text.indexOf("{");
  if (brace !== -1) {
    const problem = checkLiteral(text.slice(0, brace), offset);
    if (problem !== undefined) return { kind: "error", ...problem };
    const found = `"${text.slice(0, brace)}" before a variable`;
    const help = 'a variable takes whole segments: put a "/" before it';
    return { kind: "error", ...templateProblem(offset, brace, found, '"/"', help) };
  }
  const colon = last ? text.lastIndexOf(":") : -1;
  if (colon === -1) return { kind: "ok", part: { kind: "plain", text, offset } };
  const part: TemplatePart = { kind: "plain", text: text.slice(0, colon), offset };
  return withVerb(part, text.slice(colon + 1), offset + colon);
}

function withVerb(part: TemplatePart, verb: string, colon: number): ReadPart {
  if (verb !== "") return { kind: "ok", part, verb: { text: verb, offset: colon + 1 } };
  const help = 'write the verb (":cancel"), or drop the ":"';
  return { kind: "error", ...templateProblem(colon, 1, 'an empty verb after ":"', "a verb", help) };
}

function emptyPart({ text, offset, last }: Stretch, part: TemplatePart): TemplateProblem | undefined {
  if (part.kind === "variable") return undefined;
  if (text.startsWith(":")) {
    const found = "a verb without a segment";
    return templateProblem(
      offset,
      text.length,
      found,
      'a segment before ":"',
      'put the verb after a segment: "/v1:verb"',
    );
  }
  const found = last ? 'a "/" at the end' : "an empty segment";
  const help = last ? 'drop the last "/"' : 'write one "/"';
  return templateProblem(offset - (last ? 1 : 0), 1, found, 'text, "*", "**" or a variable', help);
}
