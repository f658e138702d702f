/** Differences between what versions ask callers for: each is told, for the API, an RPC and a route of the user's own. */
import { expect, test } from "vitest";
import { compareAuth } from "../../src/diff/compare-auth.js";
import type { AuthSetting, Plan } from "../../src/plan/plan.js";
import { authorizer, ownRoutes, plan, small } from "../deploy/plans.js";

/** A plan with the setting of the API, and those of RPCs and of its callback. */
function version(api: AuthSetting, methods: Readonly<Record<string, AuthSetting>> = {}, callback?: AuthSetting): Plan {
  const own = Object.entries(methods).map(
    ([name, auth]) => [`acme.library.v1.LibraryService.${name}`, { auth }] as const,
  );
  const routes = ownRoutes.map((route) => (callback === undefined ? route : { ...route, auth: callback }));
  return plan(small, { auth: api }, { methodOptions: new Map(own), routes });
}

const jwt = { kind: "jwt", issuer: { kind: "text", text: "https://login.example.com" } } as const;
const scoped = { ...jwt, scopes: ["shelves.write"] } as const;
const own = { kind: "lambda", function: authorizer } as const;

test.each<[string, Plan, Plan, string[]]>([
  ["nothing", version("iam"), version("iam"), []],
  [
    "the API is open",
    version("iam"),
    version("none"),
    ["access auth: callers are checked by none, before by iam: everybody may call"],
  ],
  [
    "one RPC is open",
    version(jwt),
    version(jwt, { GetShelf: "none" }),
    [
      "access auth acme.library.v1.LibraryService.GetShelf: callers of GetShelf are checked by none, before by jwt: everybody may call",
    ],
  ],
  [
    "an RPC lost its scope",
    version(jwt, { GetShelf: scoped }),
    version(jwt),
    [
      "access auth acme.library.v1.LibraryService.GetShelf: callers of GetShelf are checked by jwt, before by jwt (shelves.write)",
    ],
  ],
  [
    "another issuer",
    version(jwt),
    version({ ...jwt, issuer: { kind: "text", text: "https://other.example.com" } }),
    ["access auth: callers are checked by jwt with other settings"],
  ],
  [
    "another authorizer",
    version(own),
    version({ ...own, function: { ...authorizer, handler: { module: "src/lenient.ts", exportName: "handler" } } }),
    [
      "access auth: callers are checked by lambda (src/lenient.ts#handler), before by lambda (src/authorizer.ts#handler)",
    ],
  ],
  [
    "decisions that count for longer",
    version(own),
    version({ ...own, cacheSeconds: 3600 }),
    ["access auth: callers are checked by lambda (src/authorizer.ts#handler) with other settings"],
  ],
  [
    "a route of the user's own is open",
    version("iam"),
    version("iam", {}, "none"),
    ["GET /healthz", "GET /v1/shelves/all", "POST /callbacks/{provider}"].map(
      (name) => `access auth ${name}: callers of ${name} are checked by none, before by iam: everybody may call`,
    ),
  ],
])("%s", (_, before, after, expected) => {
  const changes = compareAuth(before, after);
  expect(changes.map(({ id, message }) => `${id}: ${message}`)).toEqual(expected);
  expect(changes.every(({ breaking }) => breaking)).toBe(true);
});
