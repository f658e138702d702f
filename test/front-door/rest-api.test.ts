import { expect, it } from "vitest";
import { restApi } from "../../src/front-door/rest-api.js";
import { completeResources } from "../../src/plan/routes/complete-resources.js";
import { projectBindings } from "../../src/plan/routes/plan-routes.js";
import { methods } from "../plan/methods.js";

interface Case {
  readonly title: string;
  readonly rpcs: Readonly<Record<string, readonly string[]>>;
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

const cases: readonly Case[] = [
  {
    title: "variables below one resource have one name",
    rpcs: { Get: ["GET /v1/{shelf}"], Book: ["GET /v1/{library}/books/{book}"], Page: ["GET /v1/{x}/books/{y}/pages"] },
    keys: {
      Get: ["GET /v1/{shelf} exact"],
      Book: ["GET /v1/{shelf}/books/{book} exact"],
      Page: ["GET /v1/{shelf}/books/{book}/pages exact"],
    },
  },
  {
    title: "a greedy variable leaves no other one beside it",
    rpcs: { Get: ["GET /v1/files/{id}"], Meta: ["GET /v1/files/{id}/meta"], File: ["GET /v1/{path=files/**}"] },
    keys: {
      Get: ["GET /v1/files/{id+} widened"],
      Meta: ["GET /v1/files/{id+} widened"],
      File: ["GET /v1/files/{id+} exact", "GET /v1/files exact"],
    },
  },
  {
    title: "a narrower resource has the methods of a wider one, because it takes all of its requests",
    rpcs: { Get: ["GET /v1/users/{id}"], Update: ["PATCH /v1/users/{id}"], Forget: ["DELETE /v1/users/me"] },
    keys: {
      Get: ["GET /v1/users/{id} exact", "GET /v1/users/me exact"],
      Update: ["PATCH /v1/users/{id} exact", "PATCH /v1/users/me exact"],
      Forget: ["DELETE /v1/users/me exact"],
    },
  },
  {
    title: "the one that answers all of them, if there is one",
    rpcs: { Any: ["GET /v1/{name=**}"], Get: ["GET /v1/users/{id}"], Forget: ["DELETE /v1/users/me"] },
    keys: {
      Any: ["GET /v1/{name+} exact", "GET /v1 exact"],
      Get: ["GET /v1/users/{id} exact", "GET /v1/users/me exact"],
      Forget: ["DELETE /v1/users/me exact"],
    },
  },
  {
    title: "a resource that takes any method lacks none",
    rpcs: { Get: ["GET /v1/users/{id}"], Any: ["* /v1/users/me"] },
    keys: { Get: ["GET /v1/users/{id} exact"], Any: ["ANY /v1/users/me exact"] },
  },
  {
    title: "a verb shares the resource of its variable",
    rpcs: { Get: ["GET /v1/{name=jobs/*}"], Run: ["POST /v1/{name=jobs/*}:run"] },
    keys: { Get: ["GET /v1/jobs/{name} exact"], Run: ["POST /v1/jobs/{name} widened"] },
  },
];

it.each(cases)("$title", ({ rpcs, keys }) => {
  const projected = completeResources(projectBindings(methods(rpcs), restApi), restApi, "specificity");
  const found = projected.map(({ method, keys }) => [
    method.method.name,
    keys.map(({ httpMethod, path, precision }) => `${httpMethod} ${path} ${precision}`),
  ]);
  expect(Object.fromEntries(found)).toEqual(keys);
});

it.each<[string[], number]>([
  [["/"], 1],
  [["/v1/shelves/{name}"], 4],
  [["/v1/shelves/{name}", "/v1/shelves", "/v1/shelves/{name}/books"], 5],
])("counts the resources of %j", (paths, count) => {
  const keys = paths.map((path) => ({ httpMethod: "GET", path, precision: "exact" }) as const);
  expect(restApi.countRoutes(keys)).toBe(count);
});
