/** Keys of maps come from outside, in a query as in a body: none of them is a member of every object. */
import { expect, test } from "vitest";
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
