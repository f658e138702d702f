/** How load balancers and REST APIs choose. */
import { expect, test } from "vitest";
import { chooseAlbRule } from "../../src/simulator/alb-rules.js";
import { chooseRestApiRoute } from "../../src/simulator/rest-api-routes.js";

const rules = [
  { priority: 30, httpMethods: [], pathPatterns: ["/v1/*"], pathRegexes: [] },
  { priority: 10, httpMethods: ["POST"], pathPatterns: ["/v1/*:cancel", "/v1/jobs?"], pathRegexes: [] },
  { priority: 20, httpMethods: ["GET", "HEAD"], pathPatterns: [], pathRegexes: ["^/v1/jobs/[^/]+$"] },
].map((rule) => ({ ...rule, target: rule.priority }));

test.each([
  ["POST", "/v1/jobs/1:cancel", 10],
  ["POST", "/v1/a/b/c:cancel", 10],
  ["POST", "/v1/jobs7", 10],
  ["POST", "/v1/jobs", 30],
  ["GET", "/v1/jobs/1:cancel", 20],
  ["GET", "/v1/jobs/a%2Fb", 20],
  ["GET", "/v1/jobs/a/b", 30],
  ["GET", "/V1/jobs/1", undefined],
])("ALB: %s %s -> %s", (method, path, target) => {
  expect(chooseAlbRule(rules, method, path)?.target).toBe(target);
});

const routes = [
  ["ANY", "/{proxy+}"],
  ["GET", "/v1/shelves/{shelf}"],
  ["ANY", "/v1/shelves/{shelf}"],
  ["GET", "/v1/shelves/top"],
].map(([httpMethod = "", path = ""]) => ({ httpMethod, path, target: `${httpMethod} ${path}` }));

test.each([
  ["GET", "/v1/shelves/a%2Fb", "GET /v1/shelves/{shelf}"],
  ["PUT", "/v1/shelves/1", "ANY /v1/shelves/{shelf}"],
  ["GET", "/v1/shelves/top", "GET /v1/shelves/top"],
  ["PUT", "/v1/shelves/top", undefined],
  ["PUT", "/v1/shelves/1/books", "ANY /{proxy+}"],
])("REST API: %s %s -> %s", (method, path, target) => {
  expect(chooseRestApiRoute(routes, method, path)?.target).toBe(target);
});
