import { expect, it } from "vitest";
import { alb } from "../../src/runtime/doors/alb.js";
import { cors, type CorsOptions } from "../../src/runtime/doors/cors.js";
import { grpcGateway } from "../../src/runtime/routing/profile.js";
import { restApi } from "../../src/runtime/doors/rest-api.js";

const options: CorsOptions = {
  origins: ["https://app.example.com", "https://other.example.com"],
  methods: ["GET", "POST"],
  headers: ["authorization"],
  exposeHeaders: ["etag"],
  maxAge: 60,
  credentials: false,
};

/** No RPC behind it: what is asked for is not found, and preflights are answered all the same. */
const endpoint = { profile: grpcGateway, routes: [] };

async function call(settings: CorsOptions, method: string, headers: Readonly<Record<string, string>>) {
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const event = { requestContext: { elb: {} }, httpMethod: method, path: "/v1/a", multiValueHeaders, body: "" };
  const { statusCode, body, ...result } = await alb(endpoint, { cors: cors(settings) })(event);
  const all = Object.entries(result.multiValueHeaders ?? {}).map(([name, values]) => [name, values.join(", ")]);
  const shown = all.filter(([name]) => /^(access-control-.*|vary)$/.test(String(name)));
  return { statusCode, body, headers: Object.fromEntries(shown) };
}

const asked = { origin: "https://app.example.com", "access-control-request-method": "POST" };

it.each<[string, Partial<CorsOptions>, Record<string, string>, Record<string, string>]>([
  [
    "a page that may call",
    {},
    asked,
    {
      "access-control-allow-origin": "https://app.example.com",
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "authorization",
      "access-control-max-age": "60",
      vary: "Origin",
    },
  ],
  ["a page that may not", {}, { ...asked, origin: "https://app.example.com.evil.example" }, { vary: "Origin" }],
  [
    "every page, and whatever header it asks for",
    { origins: ["*"], headers: ["*"] },
    { ...asked, "access-control-request-headers": "x-a,authorization" },
    {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "x-a,authorization",
      "access-control-max-age": "60",
    },
  ],
  [
    "a page that may send cookies",
    { credentials: true, headers: [] },
    asked,
    {
      "access-control-allow-origin": "https://app.example.com",
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET, POST",
      "access-control-max-age": "60",
      vary: "Origin",
    },
  ],
])("answers the preflight of %s", async (_, settings, headers, expected) => {
  const response = await call({ ...options, ...settings }, "OPTIONS", headers);
  expect(response).toEqual({ statusCode: 204, body: "", headers: expected });
});

it.each<[string, string, Record<string, string>, Record<string, string>]>([
  [
    "a page that may call",
    "GET",
    { origin: "https://other.example.com" },
    {
      "access-control-allow-origin": "https://other.example.com",
      "access-control-expose-headers": "etag",
      vary: "Origin",
    },
  ],
  ["a page that may not", "GET", { origin: "null" }, { vary: "Origin" }],
  ["no page", "GET", {}, { vary: "Origin" }],
  [
    "an OPTIONS request that is no preflight",
    "OPTIONS",
    { origin: "https://app.example.com" },
    {
      "access-control-allow-origin": "https://app.example.com",
      "access-control-expose-headers": "etag",
      vary: "Origin",
    },
  ],
])("shares responses, errors too, with %s", async (_, method, headers, expected) => {
  const response = await call(options, method, headers);
  expect([response.statusCode, response.headers]).toEqual([404, expected]);
});

it("answers preflights behind a REST API", async () => {
  const event = {
    requestContext: { stage: "dev" },
    resource: "/v1/a",
    httpMethod: "OPTIONS",
    path: "/v1/a",
    multiValueHeaders: { Origin: [asked.origin], "Access-Control-Request-Method": ["POST"] },
    multiValueQueryStringParameters: null,
    body: null,
    isBase64Encoded: false,
  };
  const result = await restApi(endpoint, { cors: cors(options) })(event);
  expect(result.statusCode).toBe(204);
  expect(JSON.stringify(result)).toContain("https://app.example.com");
});

it.each([
  ["x-a, X-B", "x-a,X-B"],
  ["x-a\r\nSet-Cookie: b=1,x-b", "x-b"],
  ["<script>,x-b,,é", "x-b"],
  [Array.from({ length: 101 }, (_, at) => `x-${at}`).join(), Array.from({ length: 100 }, (_, at) => `x-${at}`).join()],
  ["a b", undefined],
])("a `*` allows the names of headers in %j, and nothing else that stands there", async (requested, allowed) => {
  const settings = { ...options, origins: ["*"], headers: ["*"] };
  const { headers } = await call(settings, "OPTIONS", { ...asked, "access-control-request-headers": requested });
  expect(headers["access-control-allow-headers"]).toBe(allowed);
});
