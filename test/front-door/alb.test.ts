import { fc, runs } from "../support/property.js";
import { expect, it } from "vitest";
import { alb } from "../../src/front-door/alb.js";
import { covers, languageOf, overlaps } from "../../src/front-door/path-language.js";
import { segmentTexts } from "../../src/emit/http/http-bindings.js";
import { matchPath, splitPath } from "../../src/runtime/routing/match-path.js";
import { template } from "../http-rule/templates.js";
import { binding } from "../plan/methods.js";

const long = `/v1/${"organizations/*/".repeat(8)}shelves`;

it.each<[rule: string, key: string, problems?: unknown[]]>([
  ["GET /v1/shelves", "GET /v1/shelves exact"],
  ["POST /v1/shelves:merge", "POST /v1/shelves:merge exact"],
  ["GET /v1/{shelf}", "GET ^/v1/[^/]*$ exact"],
  ["GET /v1/{name=shelves/*/books/*}", "GET ^/v1/shelves/[^/]*/books/[^/]*$ exact"],
  ["POST /v1/{name=shelves/*}:merge", "POST ^/v1/shelves/[^/]+(:|%3[Aa])merge$ exact"],
  ["GET /v1/{name=files/**}", "GET ^/v1/files(/.*)?$ exact"],
  ["GET /v1/{name=files/**}:head", "GET ^/v1/files(/.*[^/])?(:|%3[Aa])head$ exact"],
  ["GET /v1/{path=**}/meta", "GET ^/v1(/.*)?/meta$ exact"],
  ["GET /v1.2/a$b+c/{id}", "GET ^/v1\\.2/a\\$b\\+c/[^/]*$ exact"],
  ["LOCK /v1/a", "LOCK /v1/a exact"],
  ["* /v1/a", "ANY /v1/a exact"],
  ["GET /v1/caf%C3%A9/x", "GET ^/v1/[^/]*/x$ widened", [{ kind: "literal", text: "caf%C3%A9" }]],
  ["GET /v1/{a}:x(y)", "GET ^/v1/[^/]*$ widened", [{ kind: "literal", text: ":x(y)" }]],
  [
    `GET ${long}`,
    `GET ^/v1/${"organizations/[^/]*/".repeat(5)}organizations(/.*)?$ widened`,
    [{ kind: "length", text: long }],
  ],
])("%s", (rule, expected, problems = []) => {
  const { keys, problems: found } = alb.projectBinding(binding(rule));
  expect(keys.map(({ httpMethod, path, precision }) => `${httpMethod} ${path} ${precision}`)).toEqual([expected]);
  expect(found).toEqual(problems);
  expect(keys[0].path.length).toBeLessThanOrEqual(128);
});

const source = fc
  .record({
    segments: fc.array(fc.constantFrom("a", "b.c", "*", "{x}"), { minLength: 1, maxLength: 4 }),
    deep: fc.constantFrom("", "/**", "/**/d"),
    verb: fc.constantFrom("", ":m", ":m.n"),
  })
  .map(({ segments, deep, verb }) => `/${segments.join("/")}${deep}${verb}`);

it("reads its own conditions back as what they were made from", () => {
  fc.assert(
    fc.property(source, (text) => {
      const { template: parsed } = binding(`GET ${text}`);
      const [key] = alb.projectBinding(binding(`GET ${text}`)).keys;
      expect(alb.languageOf(key)).toEqual(languageOf({ ...parsed, segments: parsed.segments }));
    }),
  );
});

it.each<[string, string, boolean, boolean]>([
  ["/a/*", "/a/b", true, true],
  ["/a/b", "/a/*", true, false],
  ["/a/**", "/a", true, true],
  ["/a/**", "/a/*/b:x", true, true],
  ["/a/*:x", "/a/b:x", true, true],
  ["/a/*:x", "/a/b", false, false],
  ["/a/*:x", "/a/*:y", false, false],
  ["/a/*/c", "/a/b/*", true, false],
  ["/*", "/**", true, false],
  ["/**", "/*/**", true, true],
  ["/a/**:x", "/a/b:x", true, true],
])("%s and %s", (a, b, common, contained) => {
  const [left, right] = [languageOf(template(a)), languageOf(template(b))];
  expect([overlaps(left, right), covers(left, right)]).toEqual([common, contained]);
});

const requestPath = fc
  .array(fc.constantFrom("a", "b.c", "x", "", "x:m", "x%3Am", "x%3am", "x:m.n", ":m"), { minLength: 1, maxLength: 5 })
  .map((segments) => `/${segments.join("/")}`);

/** Whether a function matches the path. */
function isMatched(text: string, path: string): boolean {
  const { template: parsed } = binding(`GET ${text}`);
  const split = splitPath(path, false, "legacy");
  const pattern = { segments: segmentTexts(parsed), verb: parsed.verb, captures: [] };
  return split !== undefined && matchPath(pattern, split) !== undefined;
}

it("takes the paths that the function takes: empty segments, and verbs behind an escaped colon", () => {
  fc.assert(
    fc.property(source, requestPath, (text, path) => {
      const [{ path: condition }] = alb.projectBinding(binding(`GET ${text}`)).keys;
      // A path without variables is compared as it is, its verb included.
      fc.pre(condition.startsWith("^"));
      // Its condition refuses an empty segment before the `**`: the rule takes less, never more.
      fc.pre(!/[*}]\/\*\*:/.test(text));
      expect(new RegExp(condition).test(path), `${condition} ${path}`).toBe(isMatched(text, path));
    }),
    { numRuns: runs(2000) },
  );
});
