/** Helpers of the path template tests. */
import { fc } from "../support/property.js";
import { parsePathTemplate } from "../../src/http-rule/parse-path-template.js";
import type { PathTemplate } from "../../src/http-rule/path-template.js";

/** The parsed template; throws on an invalid one. */
export function template(source: string): PathTemplate {
  const parsed = parsePathTemplate(source);
  if (parsed.kind === "error") throw new Error(`${source}: found ${parsed.message}, expected ${parsed.expected}`);
  return parsed.template;
}

/** A reference matcher that shares nothing with the code under test: one regular expression. */
export function referenceMatcher({ segments, verb }: PathTemplate): (path: string) => boolean {
  const quote = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/g, "\\$&");
  let pattern = "";
  for (const segment of segments) {
    if (segment.kind === "deepWildcard") pattern += "(?:/[^/]*)*";
    else pattern += `/${segment.kind === "wildcard" ? "[^/]+" : quote(segment.text)}`;
  }
  const suffix = verb === "" ? "" : `(?<=[^/])${quote(`:${verb}`)}`;
  const expression = new RegExp(`^${pattern}${suffix}$`);
  return (path) => expression.test(path);
}

/** A template from the grammar, with what it is made of. */
export interface GrammarTemplate {
  readonly source: string;
  readonly segments: readonly string[];
  readonly variables: readonly { readonly name: string; readonly start: number; readonly end: number }[];
  readonly verb: string;
}

type Part = { readonly name?: string; readonly pattern: readonly string[] };

const identifier = fc.stringMatching(/^[a-z_][a-z0-9_]{0,4}$/);
const fieldPath = fc.array(identifier, { minLength: 1, maxLength: 3 }).map((names) => names.join("."));
const anyLiteral = fc.stringMatching(/^([-._~a-z0-9A-Z!$&'()+,;=@]|%[0-9a-fA-F]{2}){1,5}$/);
const fewLiterals = fc.constantFrom("a", "b", "1");

function parts(literal: fc.Arbitrary<string>): fc.Arbitrary<Part[]> {
  const plain = fc.oneof({ weight: 3, arbitrary: literal }, { weight: 2, arbitrary: fc.constant("*") });
  const part: fc.Arbitrary<Part> = fc.oneof(
    plain.map((text): Part => ({ pattern: [text] })),
    fc.record({ name: fieldPath, pattern: fc.array(plain, { minLength: 1, maxLength: 3 }) }),
  );
  return fc.array(part, { minLength: 1, maxLength: 5 });
}

/** At most one `**`, put in place of one of the plain segments. */
function withDeepWildcard(list: readonly Part[], at: number): Part[] {
  let seen = -1;
  return list.map((part) => ({
    ...part,
    pattern: part.pattern.map((text) => {
      seen++;
      return seen === at ? "**" : text;
    }),
  }));
}

function assemble(list: readonly Part[], verb: string): GrammarTemplate {
  const segments: string[] = [];
  const variables: { name: string; start: number; end: number }[] = [];
  const texts = list.map(({ name, pattern }) => {
    const start = segments.length;
    segments.push(...pattern);
    if (name === undefined) return pattern.join("/");
    variables.push({ name, start, end: segments.length });
    return pattern.join("/") === "*" ? `{${name}}` : `{${name}=${pattern.join("/")}}`;
  });
  return { source: `/${texts.join("/")}${verb === "" ? "" : `:${verb}`}`, segments, variables, verb };
}

/** Any template of the grammar. With `narrow`, of few words, so that two of them often meet. */
export function grammarTemplates(narrow: boolean): fc.Arbitrary<GrammarTemplate> {
  const literal = narrow ? fewLiterals : anyLiteral;
  const verb = fc.oneof(fc.constant(""), literal);
  return fc
    .tuple(parts(literal), fc.integer({ min: -8, max: 8 }), verb)
    .map(([list, deep, text]) => assemble(withDeepWildcard(list, deep), text));
}
