import { afterAll, describe, expect, test } from "vitest";
import {
  MAX_TEMPLATE_LENGTH,
  type ParsedPathTemplate,
  parsePathTemplate,
} from "../../src/http-rule/parse-path-template.js";
import type { PathTemplate } from "../../src/http-rule/path-template.js";
import { suiteTotals } from "../support/suite-totals.js";
import { templateParseDecisions } from "./template-parse-decisions.js";
import { vectorCases } from "./vectors.js";

interface TemplateParseCase {
  readonly id: string;
  readonly input: { readonly template: string };
  readonly expect: {
    readonly ok: boolean;
    readonly segments?: string[];
    readonly variables?: unknown[];
    readonly verb?: string;
  };
}

describe("grpc-gateway's template-parse vectors", () => {
  const cases = vectorCases<TemplateParseCase>("template-parse");

  const totals = suiteTotals("template-parse");
  afterAll(() => console.log(totals.row()));

  test.each(cases)("$id $input.template", ({ id, input, expect: expected }) => {
    const parsed = parsePathTemplate(input.template);
    const decision = templateParseDecisions[id];
    return totals.count(decision !== undefined, () => {
      if (decision !== undefined) {
        expect(expected.ok).toBe(true);
        expect({ template: input.template, error: summary(parsed) }).toEqual({
          template: decision.template,
          error: decision.error,
        });
      } else if (expected.ok) {
        expect(vectorForm(parsed)).toEqual(expected);
      } else {
        expect(parsed.kind).toBe("error");
      }
    });
  });

  test("every decision is about a case", () => {
    const ids = new Set(cases.map((each) => each.id));
    expect(Object.keys(templateParseDecisions).filter((id) => !ids.has(id))).toEqual([]);
  });
});

describe("accepted templates", () => {
  test("a variable covers the segments of its pattern and points at its field path", () => {
    const parsed = parsePathTemplate("/v1/{shelf.name=shelves/*}/books/{book}:move");
    expect(parsed).toEqual({
      kind: "ok",
      warnings: [],
      template: {
        source: "/v1/{shelf.name=shelves/*}/books/{book}:move",
        segments: [
          { kind: "literal", text: "v1" },
          { kind: "literal", text: "shelves" },
          { kind: "wildcard" },
          { kind: "literal", text: "books" },
          { kind: "wildcard" },
        ],
        verb: "move",
        variables: [
          { fieldPath: ["shelf", "name"], start: 1, end: 3, offset: 5 },
          { fieldPath: ["book"], start: 4, end: 5, offset: 34 },
        ],
      },
    });
  });

  test("the root is one empty literal", () => {
    expect(ok("/").segments).toEqual([{ kind: "literal", text: "" }]);
  });

  test("names that mean something to JavaScript are ordinary field names", () => {
    expect(ok("/{__proto__}/{constructor.prototype}").variables.map((variable) => variable.fieldPath)).toEqual([
      ["__proto__"],
      ["constructor", "prototype"],
    ]);
  });
});

describe("warnings: accepted, but other transcoders read it differently", () => {
  test.each([
    ["/v1/{id}:a:b", '1:10+3 found ":" inside the verb "a:b", expected a verb without ":"'],
    ["/v1/a:b:c", '1:5+3 found ":" inside the segment "a:b", expected ":" only before the verb'],
    ["/v1/a:b/c", '1:5+3 found ":" inside the segment "a:b", expected ":" only before the verb'],
    ["/v1/{x=a:b}", '1:8+3 found ":" inside the segment "a:b", expected ":" only before the verb'],
    ["/v1/a*b", '1:5+3 found "*" inside the segment "a*b", expected "*" alone in its segment'],
    ["/v1/**/a", '1:5+2 found "**" before other segments, expected "**" as the last segment'],
    ["/v1/{x=**}/{y}", '1:8+2 found "**" before other segments, expected "**" as the last segment'],
    ["/v1/{id}/{id}", '1:11+2 found variable "id" twice, expected each field once'],
  ])("%s", (source, expected) => {
    const parsed = parsePathTemplate(source);
    if (parsed.kind === "error") throw new Error(parsed.message);
    expect(parsed.warnings.map(place)).toEqual([expected]);
  });
});

describe("refused templates", () => {
  test.each([
    ["", '1:1+0 found nothing, expected a leading "/"', 'write "/"'],
    ["v1/a", '1:1+1 found "v" at the start, expected a leading "/"', 'write "/v1/a"'],
    ["/v1//a", '1:5+1 found an empty segment, expected text, "*", "**" or a variable', 'write one "/"'],
    ["/v1/", '1:4+1 found a "/" at the end, expected text, "*", "**" or a variable', 'drop the last "/"'],
    ["/v1:", '1:4+1 found an empty verb after ":", expected a verb', 'write the verb (":cancel"), or drop the ":"'],
    [
      "/:verb",
      '1:2+5 found a verb without a segment, expected a segment before ":"',
      'put the verb after a segment: "/v1:verb"',
    ],
    [
      "/v1/:verb",
      '1:5+5 found a verb without a segment, expected a segment before ":"',
      'put the verb after a segment: "/v1:verb"',
    ],
    [
      "/a/***",
      '1:4+3 found "***", expected "*" or "**"',
      'write "*" for one path segment, "**" for any number of them',
    ],
    [
      "/**/a/{b=**}",
      '1:10+2 found a second "**", expected at most one "**"',
      'nothing would say where the first ends; keep one "**" and write "*" for the other',
    ],
    [
      "/{a={b}/*}",
      '1:5+1 found a variable inside a variable, expected text, "*", "**" or "}"',
      "a variable's pattern holds only text and wildcards; bind the inner part to a field of its own",
    ],
    [
      "/a{x}",
      '1:2+1 found "a" before a variable, expected "/"',
      'a variable takes whole segments: put a "/" before it',
    ],
    [
      "/{x}b",
      '1:5+1 found "b" after a variable, expected "/", ":" or the end',
      'a variable takes whole segments: put a "/" after it, or start a verb with ":"',
    ],
    [
      "/{a}{b}",
      '1:5+3 found "{b}" after a variable, expected "/", ":" or the end',
      'a variable takes whole segments: put a "/" after it, or start a verb with ":"',
    ],
    [
      "/{a}:v/b",
      '1:5+2 found the verb ":v" before "/", expected "/"',
      "a verb ends the whole template, no segment follows it",
    ],
    [
      "/v1/a?x=1",
      '1:6+1 found "?", expected characters that a URL path may hold',
      'drop everything from "?" on: fields that neither path nor body takes are query parameters by themselves',
    ],
    ["/v1/a b", "1:6+1 found a space, expected characters that a URL path may hold", 'write "%20" for it'],
    ["/v1/a#b", '1:6+1 found "#", expected characters that a URL path may hold', 'write "%23" for it'],
    ["/v1/caf\u00e9", '1:8+1 found "\u00e9", expected characters that a URL path may hold', 'write "%C3%A9" for it'],
    [
      "/v1/\u{1f600}",
      '1:5+2 found "\u{1f600}", expected characters that a URL path may hold',
      'write "%F0%9F%98%80" for it',
    ],
    ["/v1/\ud83d", "1:5+1 found character U+D83D, expected characters that a URL path may hold", "remove it"],
    ["/v1/\n", "1:5+1 found character U+000A, expected characters that a URL path may hold", 'write "%0A" for it'],
    [
      "/v1/%2z",
      '1:5+3 found "%2z", expected "%" and two hexadecimal digits',
      'write "%25" for the character "%" itself',
    ],
    ["/{a", '1:2+2 found a "{" without "}", expected a "}"', "close the variable"],
    ["/a}", '1:3+1 found a "}" without "{", expected a segment', 'a variable starts with "{"'],
    [
      "/{}",
      "1:3+1 found a variable without a field, expected a field name",
      'name a field of the request: {id}, or write "*" for a segment that no field takes',
    ],
    [
      "/{a..b}",
      '1:5+1 found an empty field name, expected a field name (a letter or "_", then letters, digits and "_")',
      'write one "." between two names',
    ],
    [
      "/{field-name}",
      '1:3+10 found "field-name" in a variable, expected a field name (a letter or "_", then letters, digits and "_")',
      'did you mean "field_name"?',
    ],
    [
      "/{ id }",
      '1:3+4 found " id " in a variable, expected a field name (a letter or "_", then letters, digits and "_")',
      'did you mean "id"?',
    ],
    [
      "/{a=}",
      '1:5+1 found an empty segment in variable "a", expected text, "*" or "**"',
      'a variable\'s pattern is segments joined by "/", without one at either end, for example {a=shelves/*}',
    ],
    [
      "/{a=/b}",
      '1:5+1 found an empty segment in variable "a", expected text, "*" or "**"',
      'a variable\'s pattern is segments joined by "/", without one at either end, for example {a=shelves/*}',
    ],
    [
      "/{a=b/}",
      '1:7+1 found an empty segment in variable "a", expected text, "*" or "**"',
      'a variable\'s pattern is segments joined by "/", without one at either end, for example {a=shelves/*}',
    ],
  ])("%j", (source, expected, help) => {
    const parsed = parsePathTemplate(source);
    if (parsed.kind === "ok") throw new Error("accepted");
    expect([place(parsed), parsed.help]).toEqual([expected, help]);
  });

  test("a template of more than 4096 characters", () => {
    expect(ok(`/${"a".repeat(MAX_TEMPLATE_LENGTH - 1)}`).segments).toHaveLength(1);
    expect(summary(parsePathTemplate(`/${"a".repeat(MAX_TEMPLATE_LENGTH)}`))).toBe(
      "1:1 found 4097 characters, expected at most 4096 characters",
    );
  });
});

function ok(source: string): PathTemplate {
  const parsed = parsePathTemplate(source);
  if (parsed.kind === "error") throw new Error(`${source}: ${parsed.message}`);
  return parsed.template;
}

function summary(parsed: ParsedPathTemplate): string {
  return parsed.kind === "ok" ? "ok" : `1:${parsed.offset + 1} found ${parsed.message}, expected ${parsed.expected}`;
}

function place(problem: { offset: number; length: number; message: string; expected: string }): string {
  return `1:${problem.offset + 1}+${problem.length} found ${problem.message}, expected ${problem.expected}`;
}

/** A parsed template in the notation of the vectors. */
function vectorForm(parsed: ParsedPathTemplate): unknown {
  if (parsed.kind === "error") return summary(parsed);
  const { segments, variables, verb } = parsed.template;
  const texts = segments.map((segment) =>
    segment.kind === "literal" ? segment.text : segment.kind === "wildcard" ? "*" : "**",
  );
  return {
    ok: true,
    segments: texts,
    variables: variables.map(({ fieldPath, start, end }) => ({
      fieldPath: fieldPath.join("."),
      start,
      end,
      deep: texts.slice(start, end).includes("**"),
    })),
    verb,
  };
}
