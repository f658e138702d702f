/** The cache of a REST API in `dev`: what is given again, and for how long. */
import { expect, test } from "vitest";
import { answerCache } from "../../../src/cli/dev/answer-cache.js";

const key = { httpMethod: "GET", path: "/v1/{shelf}", precision: "exact" } as const;

function request(shelf: string, query: object | null, routeKey = "GET /v1/{shelf}") {
  return { routeKey, event: { pathParameters: { shelf }, queryStringParameters: query } };
}

function answer(text: string, status = 200) {
  return { status, headers: [["content-type", "text/plain"]] as const, body: new TextEncoder().encode(text) };
}

/** A cache that keeps answers for a minute, and a clock for it. */
function cacheOf() {
  const clock = { now: 0 };
  const cachedRoutes = [{ key, seconds: 60, parameters: ["page_size", "pageSize"], methods: [] }];
  return { clock, cache: answerCache({ cachedRoutes }, () => clock.now) };
}

test("an answer counts for its path and parameters, until its time is over", () => {
  const { clock, cache } = cacheOf();
  const first = request("1", { page_size: "5", other: "x" });
  cache.keep(first, answer("five"));
  clock.now = 59_999;
  expect(cache.find(request("1", { page_size: "5" }))).toEqual(answer("five"));
  expect(cache.find(request("2", { page_size: "5" }))).toBeUndefined();
  expect(cache.find(request("1", { page_size: "6" }))).toBeUndefined();
  expect(cache.find(request("1", { pageSize: "5" }))).toBeUndefined();
  expect(cache.find(request("1", null))).toBeUndefined();
  clock.now = 60_000;
  expect(cache.find(first)).toBeUndefined();
});

test("errors count, as those of a REST API do; other routes, streams and large answers do not", () => {
  const { cache } = cacheOf();
  cache.keep(request("1", null), answer("no", 404));
  expect(cache.find(request("1", null))?.status).toBe(404);
  const other = request("1", null, "POST /v1/{shelf}");
  cache.keep(other, answer("made"));
  expect(cache.find(other)).toBeUndefined();
  cache.keep(request("2", null), { status: 200, headers: [], body: new Uint8Array(1_048_577) });
  expect(cache.find(request("2", null))).toBeUndefined();
  cache.keep(request("3", null), { status: 200, headers: [], body: (async function* () {})() as never });
  expect(cache.find(request("3", null))).toBeUndefined();
});

test("a name of the prototype is no parameter, and a thousand answers are kept", () => {
  const cachedRoutes = [{ key, seconds: 60, parameters: ["constructor"], methods: [] }];
  const cache = answerCache({ cachedRoutes }, () => 0);
  for (let number = 0; number < 1001; number++) cache.keep(request(`${number}`, {}), answer("x"));
  expect(cache.find(request("0", null))).toBeUndefined();
  expect(cache.find(request("1000", null))).toEqual(answer("x"));
});
