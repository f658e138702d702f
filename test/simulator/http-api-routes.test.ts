import { expect, it } from "vitest";
import { chooseHttpApiRoute } from "../../src/simulator/http-api-routes.js";

const routes = [
  ["ANY", "/{proxy+}"],
  ["GET", "/v1/{collection}/{id}"],
  ["GET", "/v1/shelves/{shelf}"],
  ["GET", "/v1/shelves/{rest+}"],
  ["GET", "/v1/shelves/top"],
  ["ANY", "/v1/shelves/{any}"],
].map(([httpMethod = "", path = ""]) => ({ httpMethod, path, target: `${httpMethod} ${path}` }));

it.each([
  ["GET", "/v1/shelves/top", "GET /v1/shelves/top", {}],
  ["GET", "/v1/shelves/1", "GET /v1/shelves/{shelf}", { shelf: "1" }],
  ["PUT", "/v1/shelves/1", "ANY /v1/shelves/{any}", { any: "1" }],
  ["GET", "/v1/books/1", "GET /v1/{collection}/{id}", { collection: "books", id: "1" }],
  ["GET", "/v1/shelves/1/books/2", "GET /v1/shelves/{rest+}", { rest: "1/books/2" }],
  ["GET", "/v1/shelves/1:merge", "GET /v1/shelves/{shelf}", { shelf: "1:merge" }],
  ["POST", "/x", "ANY /{proxy+}", { proxy: "x" }],
])("%s %s", (method, path, key, pathParameters) => {
  expect(chooseHttpApiRoute(routes, method, path)).toEqual({ key, pathParameters, target: key });
});

it.each(["/", "/v1/shelves/"])("no route of variables matches the empty segment of %s", (path) => {
  expect(chooseHttpApiRoute(routes.slice(1), "GET", path)).toBeUndefined();
});
