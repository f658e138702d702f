import { expect, it } from "vitest";
import { httpApi } from "../../src/front-door/http-api.js";
import { parseRouteKey, pathIdentity } from "../../src/front-door/route-key.js";
import { binding } from "../plan/methods.js";

it.each<[rule: string, keys: string[], problems?: unknown[]]>([
  ["GET /v1/shelves", ["GET /v1/shelves exact"]],
  ["GET /v1/{shelf}", ["GET /v1/{shelf} exact"]],
  ["GET /v1/{name=shelves/*}", ["GET /v1/shelves/{name} exact"]],
  ["GET /v1/{name=shelves/*/books/*}", ["GET /v1/shelves/{name1}/books/{name2} exact"]],
  ["PATCH /v1/{book.name=shelves/*}", ["PATCH /v1/shelves/{book_name} exact"]],
  ["GET /v1/{a.b}/{a_b}/*/*", ["GET /v1/{a_b}/{a_b2}/{segment}/{segment2} exact"]],
  ["POST /v1/{name=shelves/*}:merge", ["POST /v1/shelves/{name} widened"]],
  ["POST /v1/shelves:merge", ["POST /v1/shelves:merge exact"]],
  ["GET /v1/{name=**}", ["GET /v1/{name+} exact", "GET /v1 exact"]],
  ["GET /{name=**}", ["GET /{name+} exact", "GET / exact"]],
  ["GET /v1/{name=files/*/**}", ["GET /v1/files/{name1}/{name2+} exact", "GET /v1/files/{name1} exact"]],
  ["GET /v1/{name=**}:head", ["GET /v1/{name+} widened", "GET /v1:head exact"]],
  ["GET /v1/{path=**}/meta", ["GET /v1/{path+} widened"]],
  ["GET /v1/{path=*/**}/meta", ["GET /v1/{path1}/{path2+} widened"]],
  ["HEAD /v1/a", ["HEAD /v1/a exact"]],
  ["* /v1/a", ["ANY /v1/a exact"]],
  ["LOCK /v1/a", ["ANY /v1/a widened"], [{ kind: "httpMethod", httpMethod: "LOCK" }]],
  ["GET /v1/a~b/c", ["GET /v1/{literal2}/c widened"], [{ kind: "literal", text: "a~b" }]],
  ["GET /v1/caf%C3%A9:x", ["GET /v1/{literal2} widened"], [{ kind: "literal", text: "caf%C3%A9:x" }]],
])("%s", (rule, keys, problems = []) => {
  const projection = httpApi.projectBinding(binding(rule));
  expect(projection.keys.map(({ httpMethod, path, precision }) => `${httpMethod} ${path} ${precision}`)).toEqual(keys);
  expect(projection.problems).toEqual(problems);
});

it("takes route keys apart", () => {
  expect(parseRouteKey({ httpMethod: "GET", path: "/v1/{a}/b/{rest+}" })).toEqual({
    httpMethod: "GET",
    parts: ["v1", undefined, "b"],
    greedy: true,
  });
  expect(pathIdentity("/v1/{a}/b/{rest+}")).toBe("/v1/{}/b/{+}");
});
