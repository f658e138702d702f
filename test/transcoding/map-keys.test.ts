/** Keys of maps come from outside, in a query as in a body: none of them is a member of every object. */
import { expect, test } from "vitest";
import { loadEcho } from "./echo-service.js";
import { loadVectors, planVectors } from "./load-vectors.js";
import { type Received, vectorEndpoints } from "./vectors-service.js";

test.each([
  ["query", { path: "/v1/echo", query: "map_string_string[__proto__]=x&map_string_string[constructor]=y" }],
  ["body", { method: "POST", path: "/v1/body/map", body: '{"__proto__":"x","constructor":"y"}' }],
])("__proto__ in a %s is an entry", async (_, request) => {
  const generated = await loadVectors(planVectors());
  const received: Received[] = [];
  const serve = generated.serveEndpoint(generated.router(vectorEndpoints(generated, received)));
  const whole = { method: "GET", pathIsDecoded: false, query: "", headers: {}, body: "", ...request };
  expect(await serve(whole, { event: {}, lambda: undefined })).toMatchObject({ status: 200 });
  const [{ request: message } = { request: {} }] = received;
  expect(Object.entries((message as { mapStringString?: object }).mapStringString ?? {})).toEqual([
    ["__proto__", "x"],
    ["constructor", "y"],
  ]);
});

test("a map that is the whole answer has its numbers in the order of texts, as encoding/json of Go prints it", async () => {
  const ask = await loadEcho(`
    syntax = "proto3";
    package test;
    import "google/api/annotations.proto";
    service Maps {
      rpc Whole(Numbers) returns (Numbers) { option (google.api.http) = { post: "/whole" body: "*" }; }
      rpc Field(Numbers) returns (Numbers) { option (google.api.http) = { post: "/field" body: "*" response_body: "names" }; }
    }
    message Numbers { map<sint64, string> names = 1; }`);
  const body = '{"names":{"-10":"b","-2":"c","-1":"a"}}';
  const answer = async (target: string): Promise<object> =>
    (await ask({ method: "POST", target, body })).json as object;
  const { names } = (await answer("/whole")) as { names: object };
  expect(Object.keys(names)).toEqual(["-10", "-2", "-1"]);
  expect(Object.keys(await answer("/field"))).toEqual(["-1", "-10", "-2"]);
});
