/** The tree of routes against the list of routes: the same answers, whatever the routes and the path. */

import { expect, test } from "vitest";
import { DecodeError } from "../../src/runtime/values/decode-error.js";
import { type SplitPath, splitPath } from "../../src/runtime/routing/match-path.js";
import { unescapeAll } from "../../src/runtime/routing/path-unescaping.js";
import { profileOf } from "../../src/plan/behaviour.js";
import { grpcGateway, type Profile, spec } from "../../src/runtime/routing/profile.js";
import { treeOfRoutes } from "../../src/runtime/routing/route-tree.js";
import {
  orderRoutes,
  type Routable,
  type RouteTable,
  scanRoutes,
  selectRoute,
} from "../../src/runtime/routing/select-route.js";
import { fc, runs } from "../support/property.js";

interface TestRoute extends Routable {
  readonly id: number;
}

function route(id: number, httpMethod: string, template: string): TestRoute {
  const [path = "", verb = ""] = template.split("|");
  const segments = path.slice(1).split("/");
  return { id, httpMethod, segments, verb, captures: [] };
}

/** A path that matches nothing but what the routes are made of: few words, so that they meet. */
const segment = fc.constantFrom("a", "b", "a:v", "");
const wildcards = fc.constantFrom("*", "*", "a", "b", "c:d");
const template = fc
  .record({
    start: fc.array(wildcards, { minLength: 1, maxLength: 4 }),
    deep: fc.option(fc.array(wildcards, { maxLength: 2 }), { freq: 2 }),
    verb: fc.constantFrom("", "", "v", "w", "v:w"),
  })
  .map(({ start, deep, verb }) => `/${[...start, ...(deep === null ? [] : ["**", ...deep])].join("/")}|${verb}`);
const routes = fc
  .array(fc.tuple(fc.constantFrom("GET", "GET", "POST", "*"), template), { maxLength: 40 })
  .map((list) => list.map(([method, text], id) => route(id, method, text)));
const lastSegment = fc.constantFrom(
  "a",
  "b",
  "",
  ":v",
  "a:v",
  "b:w",
  "a:v:w",
  ":v:w",
  "c:d",
  "a:x",
  "::v",
  "*",
  "**",
  "__proto__",
);
const path = fc
  .tuple(fc.array(segment, { maxLength: 5 }), lastSegment)
  .map(([start, last]) => `/${[...start, last].join("/")}`);
const older = profileOf({ profile: "grpc-gateway", gateway: "2.30" });
const profile: fc.Arbitrary<Profile> = fc.constantFrom(grpcGateway, older, spec, {
  ...spec,
  pathUnescaping: unescapeAll,
});

function splitOf(text: string, { pathUnescaping }: Profile): SplitPath {
  const split = splitPath(text, false, pathUnescaping);
  if (split === undefined) throw new DecodeError("a path", text);
  return split;
}

/** The id of the found route, or what else was found. */
function find(
  table: RouteTable<TestRoute>,
  split: SplitPath,
  method: string,
  { endsSearch }: Profile,
): number | string | undefined {
  const found = table.find(split, ({ httpMethod }) => httpMethod === method || httpMethod === "*", endsSearch);
  return typeof found === "object" ? found.route.id : found;
}

function ids(routesFound: readonly TestRoute[]): number[] {
  return routesFound.map(({ id }) => id).sort((a, b) => a - b);
}

test("the tree finds the route that comes first, and all that match", () => {
  const outcomes = { found: 0, ended: 0, none: 0, ambiguous: 0 };
  fc.assert(
    fc.property(routes, path, profile, fc.constantFrom("GET", "POST", "PUT"), (list, text, chosen, method) => {
      const ordered = orderRoutes(list, chosen);
      const split = splitOf(text, chosen);
      const expected = find(scanRoutes(ordered), split, method, chosen);
      const all = ids(scanRoutes(ordered).list(split));
      expect(find(treeOfRoutes(ordered), split, method, chosen)).toBe(expected);
      expect(ids(treeOfRoutes(ordered).list(split))).toEqual(all);
      outcomes[expected === undefined ? "none" : expected === "ended" ? "ended" : "found"]++;
      if (all.length > 1) outcomes.ambiguous++;
    }),
    { numRuns: runs(20_000) },
  );
  for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(runs(200));
});

const captured = fc.constantFrom("a", "%2F", "%zz", "%", "%E9", "a%20b");
const escapedPath = fc.array(captured, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join("/")}`);

test("a request is answered the same way by tree and list, escapes and refusals included", () => {
  const kinds = new Map<string, number>();
  const withCaptures = routes.map((list) =>
    list.map((entry) => ({ ...entry, captures: entry.segments.map((_, at) => [at, at + 1] as const) })),
  );
  const requests = fc.record({
    method: fc.constantFrom("GET", "POST", "HEAD", "PUT"),
    path: fc.oneof(path, escapedPath),
    pathIsDecoded: fc.boolean(),
    headers: fc.constantFrom({}, { "content-type": ["application/x-www-form-urlencoded"] }),
  });
  fc.assert(
    fc.property(withCaptures, requests, profile, (list, request, chosen) => {
      const ordered = orderRoutes(list, chosen);
      const expected = selectRoute(scanRoutes(ordered), request, chosen);
      expect(selectRoute(treeOfRoutes(ordered), request, chosen)).toEqual(expected);
      kinds.set(expected.kind, (kinds.get(expected.kind) ?? 0) + 1);
    }),
    { numRuns: runs(10_000) },
  );
  for (const kind of ["found", "notFound", "methodNotAllowed", "malformed"])
    expect(kinds.get(kind)).toBeGreaterThan(runs(100));
});

test.each([
  { declared: ["/users/me|", "/users/*|"], path: "/users/me", lastDeclared: 1, specificity: 0 },
  { declared: ["/users/*|", "/users/*|v"], path: "/users/a:v", lastDeclared: 1, specificity: 1 },
  { declared: ["/users/*|v", "/users/*|"], path: "/users/a:v", lastDeclared: 1, specificity: 0 },
  { declared: ["/a/**/z|", "/a/*/z|"], path: "/a/b/z", lastDeclared: 1, specificity: 1 },
  { declared: ["/a/*/z|", "/a/**/z|"], path: "/a/b/z", lastDeclared: 1, specificity: 0 },
  { declared: ["/a/**|", "/a|"], path: "/a", lastDeclared: 1, specificity: 1 },
  { declared: ["/*/*|v", "/a/*|v:w"], path: "/a/b:v:w", lastDeclared: 1, specificity: 1 },
  { declared: ["/a/*|v", "/a/*|"], path: "/a/:v", lastDeclared: 1, specificity: "ended" },
  { declared: ["/a/*|", "/z/z/z|v"], path: "/a/:v", lastDeclared: "ended", specificity: "ended" },
  { declared: ["/__proto__|", "/constructor|"], path: "/toString", lastDeclared: undefined, specificity: undefined },
])("$path among $declared", ({ declared, path: text, ...expected }) => {
  const list = declared.map((source, id) => route(id, "GET", source));
  for (const chosen of [older, spec]) {
    const found = find(treeOfRoutes(orderRoutes(list, chosen)), splitOf(text, chosen), "GET", chosen);
    expect(found).toBe(expected[chosen.precedence]);
  }
});

test.each([
  { profile: grpcGateway, declared: ["*", "GET"], answers: 1 },
  { profile: grpcGateway, declared: ["GET", "*"], answers: 1 },
  { profile: spec, declared: ["*", "GET"], answers: 1 },
  { profile: spec, declared: ["GET", "*"], answers: 0 },
])("of $declared on one template, $answers answers a GET with precedence $profile.precedence", (row) => {
  const ordered = orderRoutes(
    row.declared.map((method, id) => route(id, method, "/a/*|")),
    row.profile,
  );
  for (const table of [scanRoutes(ordered), treeOfRoutes(ordered)]) {
    expect(find(table, splitOf("/a/b", row.profile), "GET", row.profile)).toBe(row.answers);
  }
});
