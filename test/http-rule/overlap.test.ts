import { fc, runs } from "../support/property.js";
import { describe, expect, test } from "vitest";
import { covers, findCommonPath, matchesPath } from "../../src/http-rule/overlap.js";
import { grammarTemplates, referenceMatcher, template } from "./templates.js";

describe("findCommonPath", () => {
  test.each([
    ["/v1/{name=shelves/*}", "/v1/{name=**}", "/v1/shelves/1"],
    ["/v1/{a}", "/v1/{b}", "/v1/1"],
    ["/v1/a", "/v1/b", undefined],
    ["/v1/a", "/v1/a/b", undefined],
    ["/a/*/c", "/a/b/*", "/a/b/c"],
    ["/a/**", "/a", "/a"],
    ["/**/c", "/a/**", "/a/1/c"],
    ["/a/**/b", "/a/b", "/a/b"],
    ["/a/**/b", "/a", undefined],
    ["/", "/{id}", undefined],
    ["/", "/**", "/"],
    ["/v1/{id}", "/v1/{id}:cancel", "/v1/1:cancel"],
    ["/v1/ops", "/v1/ops:cancel", undefined],
    ["/v1/{id=a:b}", "/v1/a:b", "/v1/a:b"],
    ["/v1/{id}:a", "/v1/{id}:b", undefined],
    ["/v1/{id}:a:b", "/v1/*:b", "/v1/1:a:b"],
    ["/a/**:v", "/a/**", "/a/1:v"],
    ["/a/**:v", "/a:v", "/a:v"],
  ])("%s and %s: %s", (a, b, path) => {
    expect(findCommonPath(template(a), template(b))).toBe(path);
    expect(findCommonPath(template(b), template(a))).toBe(path);
  });

  test("the path matches both, and without one no short path matches both", () => {
    const pair = fc.tuple(grammarTemplates(true), grammarTemplates(true));
    fc.assert(
      fc.property(pair, ([first, second]) => {
        const [a, b] = [template(first.source), template(second.source)];
        const [matchesA, matchesB] = [referenceMatcher(a), referenceMatcher(b)];
        const path = findCommonPath(a, b);
        if (path !== undefined) return matchesA(path) && matchesB(path);
        return !shortPaths().some((candidate) => matchesA(candidate) && matchesB(candidate));
      }),
      { numRuns: runs(2000) },
    );
  });
});

describe("covers", () => {
  test.each([
    ["/v1/{name=**}", "/v1/{name=shelves/*}", true],
    ["/v1/{name=shelves/*}", "/v1/{name=**}", false],
    ["/v1/*", "/v1/me", true],
    ["/v1/*", "/v1/{id}:cancel", true],
    ["/v1/{id}:cancel", "/v1/*", false],
    ["/a/*/c", "/a/b/*", false],
    ["/a/**", "/a/**/b", true],
    ["/a/**/b", "/a/**", false],
    ["/**/b", "/a/**/b", true],
    ["/a/*", "/a/**", false],
  ])("%s over %s: %s", (wide, narrow, expected) => {
    expect(covers(template(wide), template(narrow))).toBe(expected);
  });

  test("a covering template matches whatever the other does", () => {
    const pair = fc.tuple(grammarTemplates(true), grammarTemplates(true));
    fc.assert(
      fc.property(pair, ([first, second]) => {
        const [wide, narrow] = [template(first.source), template(second.source)];
        const [takesWide, takesNarrow] = [referenceMatcher(wide), referenceMatcher(narrow)];
        const missed = shortPaths().find((path) => takesNarrow(path) && !takesWide(path) && !/\/(?:\/|$)/.test(path));
        return !covers(wide, narrow) || missed === undefined;
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe("matchesPath", () => {
  test("agrees with a regular expression", () => {
    fc.assert(
      fc.property(grammarTemplates(true), ({ source }) => {
        const parsed = template(source);
        const matches = referenceMatcher(parsed);
        return shortPaths().every((path) => matchesPath(parsed, path.slice(1).split("/")) === matches(path));
      }),
      { numRuns: runs(300) },
    );
  });
});

let paths: readonly string[] = [];

/** All paths of up to three segments over a few texts. */
function shortPaths(): readonly string[] {
  if (paths.length > 0) return paths;
  const texts = ["", "a", "b", "x", "a:b", "x:a", "x:1:b"];
  let longer: string[] = [""];
  const all: string[] = [];
  for (let length = 1; length <= 3; length++) {
    longer = longer.flatMap((path) => texts.map((text) => `${path}/${text}`));
    all.push(...longer);
  }
  paths = all;
  return paths;
}
