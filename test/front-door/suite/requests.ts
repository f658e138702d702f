/** What arrives of a request: path, query, headers and body. */
import type { WireRequest } from "../../../src/simulator/wire.js";
import { bytes256, type Case, type Expected, headers, http, joins } from "./case.js";

function name(text: string): Expected {
  return { status: 200, seen: { name: `items/${text}` } };
}

const decoded = "an HTTP API decodes the path before the function sees it";

/** The path, and what each escape in it becomes. */
export const paths: readonly Case[] = [
  { name: "a plain variable", request: { target: "/v1/items/1" }, expected: name("1") },
  { name: "an escaped space", request: { target: "/v1/items/a%20b" }, expected: name("a b") },
  { name: "a plus is a plus", request: { target: "/v1/items/a+b" }, expected: name("a+b") },
  { name: "an escape that is not ASCII", request: { target: "/v1/items/%CE%BB" }, expected: name("\u03bb") },
  {
    name: "an escaped slash",
    request: { target: "/v1/items/a%2Fb" },
    // The variable has two segments, in which google/api/http.proto keeps it.
    expected: name("a%2Fb"),
    deviations: http(decoded, { status: 404, code: 5 }),
  },
  {
    name: "an escaped question mark",
    request: { target: "/v1/items/a%3Fb" },
    expected: name("a?b"),
    deviations: http("an HTTP API cuts the path there", name("a")),
  },
  {
    name: "an escaped percent sign",
    request: { target: "/v1/items/100%25x" },
    expected: name("100%x"),
    deviations: http("an HTTP API refuses it: decoded twice, it is malformed", { status: 400 }),
  },
  {
    name: "an escaped escape",
    request: { target: "/v1/items/a%252Fb" },
    expected: name("a%2Fb"),
    deviations: http("an HTTP API decodes twice", { status: 404, code: 5 }),
  },
  { name: "a malformed escape", request: { target: "/v1/items/a%zz" }, expected: { status: 400 } },
  { name: "no such path", request: { target: "/v2" }, expected: { status: 404, code: 5 } },
  {
    name: "no such method",
    request: { method: "DELETE", target: "/v1/items/1" },
    expected: { status: 405, code: 12 },
  },
  { name: "HEAD", request: { method: "HEAD", target: "/v1/items/1" }, expected: { status: 200, text: "" } },
];

function query(...pairs: [string, string][]): Expected {
  return { status: 200, seen: { query: pairs } };
}

const lastValue = "without multi-value headers a load balancer passes on the last value of each name";

/** The query, decoded exactly once. */
export const queries: readonly Case[] = [
  { name: "no query", request: { target: "/v1/items/1" }, expected: query() },
  {
    name: "a repeated name",
    request: { target: "/v1/items/1?tag=one&tag=two" },
    expected: query(["tag", "one"], ["tag", "two"]),
    deviations: { "alb single-value": { reason: lastValue, ...query(["tag", "two"]) } },
  },
  {
    name: "a comma is no separator",
    request: { target: "/v1/items/1?tag=one,two" },
    expected: query(["tag", "one,two"]),
  },
  {
    name: "plus and %2B",
    request: { target: "/v1/items/1?a=x+y&b=x%2By" },
    expected: query(["a", "x y"], ["b", "x+y"]),
  },
  { name: "an escaped escape", request: { target: "/v1/items/1?a=%2525" }, expected: query(["a", "%25"]) },
  {
    name: "escaped separators",
    request: { target: "/v1/items/1?a%3Db=c%26d%3De" },
    expected: query(["a=b", "c&d=e"]),
  },
  { name: "a name that is escaped", request: { target: "/v1/items/1?%CE%BB=1" }, expected: query(["\u03bb", "1"]) },
  { name: "empty values", request: { target: "/v1/items/1?a=&b" }, expected: query(["a", ""], ["b", ""]) },
  { name: "__proto__", request: { target: "/v1/items/1?__proto__=1" }, expected: query(["__proto__", "1"]) },
  {
    name: "a malformed escape",
    request: { target: "/v1/items/1?a=%zz" },
    expected: { status: 400, code: 3 },
    deviations: {
      "rest-api": { reason: "a REST API has decoded the query, leniently", ...query(["a", "%zz"]) },
      "rest-api binary": { reason: "the same", ...query(["a", "%zz"]) },
      "rest-api stream": { reason: "the same", ...query(["a", "%zz"]) },
      "http-api 1.0": { reason: "format 1.0 has no raw query", ...query(["a", "%zz"]) },
    },
  },
  {
    name: "order among names",
    request: { target: "/v1/items/1?b=1&a=2&b=3" },
    expected: query(["b", "1"], ["a", "2"], ["b", "3"]),
    deviations: {
      alb: { reason: "the event has a map of lists", ...query(["b", "1"], ["b", "3"], ["a", "2"]) },
      "alb single-value": { reason: lastValue, ...query(["b", "3"], ["a", "2"]) },
      "rest-api": { reason: "the event has a map of lists", ...query(["b", "1"], ["b", "3"], ["a", "2"]) },
      "rest-api binary": { reason: "the same", ...query(["b", "1"], ["b", "3"], ["a", "2"]) },
      "rest-api stream": { reason: "the same", ...query(["b", "1"], ["b", "3"], ["a", "2"]) },
      "http-api 1.0": { reason: "the same", ...query(["b", "1"], ["b", "3"], ["a", "2"]) },
    },
  },
];

function probe(...values: string[]): Expected {
  return { status: 200, seen: { probe: values } };
}

/** Request headers and cookies. */
export const requestHeaders: readonly Case[] = [
  { name: "names in any case", request: headers(["X-PROBE", "a"]), expected: probe("a") },
  {
    name: "a date keeps its comma",
    request: headers(["X-Probe", "Wed, 21 Oct 2026 07:28:00 GMT"]),
    expected: probe("Wed, 21 Oct 2026 07:28:00 GMT"),
  },
  {
    name: "a repeated header",
    request: headers(["X-Probe", "a"], ["x-probe", "b, c"]),
    expected: probe("a", "b, c"),
    deviations: {
      "alb single-value": { reason: lastValue, ...probe("b, c") },
      "http-api": { reason: joins, ...probe("a,b, c") },
      "function-url": { reason: joins, ...probe("a,b, c") },
      "function-url stream": { reason: joins, ...probe("a,b, c") },
    },
  },
  {
    name: "cookies are one header",
    request: headers(["Cookie", "a=1; b=2"]),
    expected: { status: 200, seen: { cookie: ["a=1; b=2"] } },
  },
  {
    name: "the client's address is there once",
    request: headers(),
    expected: { status: 200, seen: { forwardedFor: ["203.0.113.10"] } },
  },
];

function put(type: string | undefined, body: Uint8Array): Partial<WireRequest> {
  const contentType: [string, string][] = type === undefined ? [] : [["Content-Type", type]];
  return { ...headers(...contentType), method: "PUT", body };
}

function body(base64: string): Expected {
  return { status: 200, seen: { body: base64 } };
}

const noBinaryTypes = "a REST API without binary media types makes text of bytes";
const all256 = Buffer.from(bytes256, "base64");
const damaged = Buffer.from(all256.toString("utf8")).toString("base64");

/** Request bodies: bytes in are the bytes that arrive. */
export const requestBodies: readonly Case[] = [
  { name: "none", request: put(undefined, new Uint8Array()), expected: body("") },
  {
    name: "JSON",
    request: put("application/json", Buffer.from('{"a":"\u00e9"}')),
    expected: body(Buffer.from('{"a":"\u00e9"}').toString("base64")),
  },
  {
    name: "every byte",
    request: put("application/octet-stream", all256),
    expected: body(bytes256),
    deviations: { "rest-api": { reason: noBinaryTypes, ...body(damaged) } },
  },
  {
    name: "every byte, no content type",
    request: put(undefined, all256),
    expected: body(bytes256),
    deviations: { "rest-api": { reason: noBinaryTypes, ...body(damaged) } },
  },
  {
    name: "a form",
    request: put("application/x-www-form-urlencoded", Buffer.from("a=%20")),
    expected: body("YT0lMjA="),
  },
];
