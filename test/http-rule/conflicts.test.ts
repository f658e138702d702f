import { fc, runs } from "../support/property.js";
import { describe, expect, test } from "vitest";
import { findConflicts } from "../../src/http-rule/conflicts.js";
import { findCommonPath } from "../../src/http-rule/overlap.js";
import { compareSpecificity } from "../../src/http-rule/specificity.js";
import { grammarTemplates, template } from "./templates.js";

/** `GET /v1/{id}` lines in order of declaration -> conflicts as text. */
function conflicts(...lines: readonly string[]): string[] {
  const routes = lines.map((line) => {
    const [httpMethod = "", source = ""] = line.split(" ");
    return { line, httpMethod, template: template(source) };
  });
  return findConflicts(routes).map(
    ({ kind, earlier, later, path }) => `${kind}: ${earlier.line} | ${later.line} | ${path}`,
  );
}

describe("findConflicts", () => {
  test.each([
    ["same shape", ["GET /v1/{id}", "GET /v1/{name=*}"], ["duplicate: GET /v1/{id} | GET /v1/{name=*} | /v1/1"]],
    [
      "three of a shape",
      ["GET /a/*", "GET /a/{x}", "GET /a/{y}"],
      ["duplicate: GET /a/* | GET /a/{x} | /a/1", "duplicate: GET /a/{x} | GET /a/{y} | /a/1"],
    ],
    ["other method", ["GET /v1/{id}", "PUT /v1/{id}"], []],
    [
      "text before the variable that takes it",
      ["GET /users/me", "GET /users/{id}"],
      ["shadowed: GET /users/me | GET /users/{id} | /users/me"],
    ],
    ["text after it", ["GET /users/{id}", "GET /users/me"], []],
    ["crossing", ["GET /a/b/*", "GET /a/*/c"], ["ambiguous: GET /a/b/* | GET /a/*/c | /a/b/c"]],
    ["crossing the other way", ["GET /a/*/c", "GET /a/b/*"], []],
    [
      "**",
      ["GET /v1/{name=shelves/*}", "GET /v1/{name=**}"],
      ["shadowed: GET /v1/{name=shelves/*} | GET /v1/{name=**} | /v1/shelves/1"],
    ],
    [
      "verb before plain",
      ["POST /v1/{id}:run", "POST /v1/{id}"],
      ["shadowed: POST /v1/{id}:run | POST /v1/{id} | /v1/1:run"],
    ],
    ["verb after plain", ["POST /v1/{id}", "POST /v1/{id}:run"], []],
    ["verb on a text", ["POST /v1/ops:run", "POST /v1/ops"], []],
    ["any method after one", ["GET /v1/{id}", "* /v1/{id}"], ["shadowed: GET /v1/{id} | * /v1/{id} | /v1/1"]],
    ["any method before one", ["* /v1/{id}", "GET /v1/{id}"], []],
    [
      "any method on a text, one method on the variable",
      ["* /v1/me", "GET /v1/{id}"],
      ["ambiguous: * /v1/me | GET /v1/{id} | /v1/me"],
    ],
  ])("%s", (_name, lines, expected) => {
    expect(conflicts(...lines)).toEqual(expected);
  });

  test("misses no pair that a comparison of all with all finds", () => {
    const routes = fc.array(grammarTemplates(true), { maxLength: 12 });
    fc.assert(
      fc.property(routes, (built) => {
        const list = built.map(({ source }, index) => ({ index, httpMethod: "GET", template: template(source) }));
        const found = findConflicts(list).filter(({ kind }) => kind !== "duplicate");
        const duplicates = new Set(
          findConflicts(list).flatMap(({ kind, later }) => (kind === "duplicate" ? [later] : [])),
        );
        const kept = list.filter((route) => !duplicates.has(route));
        const expected = kept.flatMap((later, at) =>
          kept
            .slice(0, at)
            .filter((earlier) => compareSpecificity(earlier.template, later.template) < 0)
            .filter((earlier) => findCommonPath(earlier.template, later.template) !== undefined)
            .map((earlier) => `${earlier.index} ${later.index}`),
        );
        expect(found.map(({ earlier, later }) => `${earlier.index} ${later.index}`)).toEqual(expected);
      }),
      { numRuns: runs(500) },
    );
  });
});

test.each([
  ["/v1/me", "/v1/{id}"],
  ["/v1/{id}", "/v1/{id=**}"],
  ["/v1/{id}:run", "/v1/{id}"],
  ["/v1/{id}:a:b", "/v1/{id}:b"],
  ["/v1", "/v1/**"],
  ["/v1/**/a", "/v1/**"],
  ["/a/b/*", "/a/*/c"],
])("%s is more specific than %s", (a, b) => {
  expect(compareSpecificity(template(a), template(b))).toBeLessThan(0);
  expect(compareSpecificity(template(b), template(a))).toBeGreaterThan(0);
  expect(compareSpecificity(template(a), template(a))).toBe(0);
});
