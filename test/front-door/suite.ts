/** One list of requests for all front doors. Where a door deviates, its own expectation stands beside the reason. */
import type { WireRequest } from "../../src/simulator/wire.js";
import { type DoorName, testDoors } from "./doors.js";
import type { Seen } from "./probe.js";

/** What is looked at of a response. Only what is stated is compared. */
export interface Expected {
  readonly status?: number;
  /** Members of the JSON that the probe answers. */
  readonly seen?: Partial<Seen>;
  /** `code` of a status body. */
  readonly code?: number;
  readonly text?: string;
  readonly base64?: string;
  readonly length?: number;
  /** All values of each header. */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
}

/** A request with what comes of it. */
export interface Case {
  readonly name: string;
  readonly request: Partial<WireRequest>;
  readonly expected: Expected;
  readonly deviations?: Partial<Record<DoorName, Expected & { readonly reason: string }>>;
}

const testedDoors = testDoors.map((door) => door.name);
const bytes256 = Buffer.from(Uint8Array.from({ length: 256 }, (_, index) => index)).toString("base64");

function http(reason: string, expected: Expected): NonNullable<Case["deviations"]> {
  return { "http-api": { reason, ...expected }, "http-api 1.0": { reason, ...expected } };
}

function name(text: string): Expected {
  return { status: 200, seen: { name: `items/${text}` } };
}

const decoded = "an HTTP API decodes the path before the function sees it";

/** The path, and what each escape in it becomes. */
const paths: readonly Case[] = [
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
const queries: readonly Case[] = [
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

function headers(...values: [string, string][]): Partial<WireRequest> {
  return { target: "/v1/items/1", headers: [["Host", "api.example.com"], ...values] };
}

function probe(...values: string[]): Expected {
  return { status: 200, seen: { probe: values } };
}

const joins = "format 2.0 joins repeated headers with a comma";

/** Request headers and cookies. */
const requestHeaders: readonly Case[] = [
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
const requestBodies: readonly Case[] = [
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

const single = "one value a name: all but the first cookie are lost, and repeats are joined";

/** Responses. */
const responses: readonly Case[] = [
  {
    name: "every byte",
    request: { target: "/v1/answers/0" },
    expected: { status: 200, base64: bytes256, headers: { "content-type": ["image/png"] } },
    deviations: {
      "rest-api": {
        reason: "a REST API without binary media types passes base64 on",
        text: bytes256,
      },
    },
  },
  {
    name: "bytes that are text come through whatever is configured",
    request: { target: "/v1/answers/1" },
    expected: { status: 200, text: "<p>\u00e9\u2603</p>", headers: { "content-type": ["text/html; charset=utf-8"] } },
  },
  {
    name: "cookies and repeated headers",
    request: { target: "/v1/answers/2" },
    expected: {
      status: 200,
      headers: { "set-cookie": ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"], "x-list": ["1", "2"] },
    },
    deviations: {
      "alb single-value": {
        reason: single,
        headers: { "set-cookie": ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT"], "x-list": ["1, 2"] },
      },
      "http-api": {
        reason: joins,
        headers: { "set-cookie": ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"], "x-list": ["1, 2"] },
      },
      "function-url": {
        reason: joins,
        headers: { "set-cookie": ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"], "x-list": ["1, 2"] },
      },
      "function-url stream": {
        reason: joins,
        headers: { "set-cookie": ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"], "x-list": ["1, 2"] },
      },
    },
  },
  {
    name: "WWW-Authenticate",
    request: { target: "/v1/answers/3" },
    expected: { status: 401, code: 16, headers: { "www-authenticate": ["who are you"] } },
    deviations: Object.fromEntries(
      (["rest-api", "rest-api binary", "rest-api stream"] as const).map((door) => [
        door,
        {
          reason: "a REST API renames it",
          status: 401,
          code: 16,
          headers: { "x-amzn-remapped-www-authenticate": ["who are you"] },
        },
      ]),
    ),
  },
  {
    name: "headers of the connection are not the function's to set",
    request: { target: "/v1/answers/4" },
    expected: {
      status: 200,
      headers: {
        "content-type": ["application/json"],
        "content-length": [],
        connection: [],
        "transfer-encoding": [],
        "x-amzn-remapped-content-length": [],
        "x-amzn-remapped-connection": [],
        ["__proto__"]: ["x"],
      },
    },
  },
];

function tooLarge(door: DoorName, expected: Expected): [DoorName, Expected & { readonly reason: string }] {
  return [door, { reason: "sent in parts, there is room for 200 MB", ...expected }];
}

function anySize(...[status, length]: [number, number]): NonNullable<Case["deviations"]> {
  const doors = testedDoors.filter((door) => !door.startsWith("alb"));
  return Object.fromEntries(
    doors.map((door) => [door, { reason: "only a load balancer limits them", status, length }]),
  );
}

/** Sizes: a clear status in place of an opaque 502. */
const sizes: readonly Case[] = [
  {
    name: "40 kB of headers",
    request: { target: "/v1/answers/12" },
    expected: { status: 429, code: 8 },
    deviations: anySize(200, 2),
  },
  {
    name: "a header of 17 kB",
    request: { target: "/v1/answers/13" },
    expected: { status: 429, code: 8 },
    deviations: anySize(200, 2),
  },
  { name: "30 kB of headers", request: { target: "/v1/answers/14" }, expected: { status: 200, length: 2 } },
  {
    name: "1.1 million control characters, six bytes each",
    request: { target: "/v1/answers/5" },
    expected: { status: 429, code: 8 },
    deviations: Object.fromEntries([
      tooLarge("rest-api stream", { status: 200, length: 6_600_002 }),
      tooLarge("function-url stream", { status: 200, length: 6_600_002 }),
    ]),
  },
  { name: "950 kB", request: { target: "/v1/answers/6" }, expected: { status: 200, length: 950_002 } },
  {
    name: "2 MB",
    request: { target: "/v1/answers/7" },
    expected: { status: 200, length: 2_000_002 },
    deviations: {
      alb: { reason: "a load balancer takes 1 MB", status: 429, code: 8 },
      "alb single-value": { reason: "the same", status: 429, code: 8 },
    },
  },
  {
    name: "760,000 bytes, a third more in base64",
    request: {
      target: "/v1/answers/8",
      headers: [
        ["Host", "h"],
        ["Accept", "*/*"],
      ],
    },
    expected: { status: 200, length: 760_000 },
    deviations: {
      alb: { reason: "over 1 MB in base64", status: 429, code: 8 },
      "alb single-value": { reason: "the same", status: 429, code: 8 },
      "rest-api": { reason: "base64 as it is", status: 200, length: 1_013_336 },
    },
  },
];

/** Server-streaming RPCs; doors that can only take a response whole get all of it at the end. */
const streams: readonly Case[] = [
  {
    name: "two replies",
    request: { target: "/v1/streams/lines" },
    expected: {
      status: 200,
      text: '{"result":"one"}\n{"result":"two"}\n',
      headers: { "content-type": ["application/json"] },
    },
  },
  {
    name: "no reply at all",
    request: { target: "/v1/streams/none" },
    expected: { status: 200, text: "", headers: { "content-type": ["application/json"] } },
  },
  {
    name: "an error after the first reply",
    request: { target: "/v1/streams/late-error" },
    expected: { status: 200, text: '{"result":"one"}\n{"error":{"code":15,"message":"broken","details":[]}}\n' },
  },
  {
    name: "an error before it",
    request: { target: "/v1/streams/early-error" },
    expected: { status: 404, text: '{"error":{"code":5,"message":"nothing here","details":[]}}\n' },
  },
];

function messages(text: string, method = "POST"): Partial<WireRequest> {
  return {
    ...headers(["Content-Type", "application/json"]),
    method,
    target: "/v1/collections",
    body: Buffer.from(text),
  };
}

/** Client-streaming RPCs: every door has the body as a whole. */
const collections: readonly Case[] = [
  {
    name: "messages one after the other",
    request: messages('{"a":"\u00e9"}\n{"b":[1,"}"]}{}'),
    expected: { status: 200, text: '{"list":[{"a":"\u00e9"},{"b":[1,"}"]},{}]}' },
  },
  { name: "an array", request: messages("[{},{}]"), expected: { status: 200, text: '{"list":[{},{}]}' } },
  { name: "no message", request: messages(""), expected: { status: 200, text: '{"list":[]}' } },
  { name: "a message that is no JSON", request: messages("{}{"), expected: { status: 400, code: 3 } },
  { name: "too many", request: messages("{}{}{}{}{}{}"), expected: { status: 429, code: 8 } },
  {
    name: "answered with a stream",
    request: messages('{"a":1}{}', "PATCH"),
    expected: { status: 200, text: '{"result":{"a":1}}\n{"result":{}}\n' },
  },
  { name: "refused before the stream", request: messages("{}{", "PATCH"), expected: { status: 400, code: 3 } },
];

/** What `browsers` of `doors.ts` lets pages of other origins do. */
export const corsSettings = {
  origins: ["https://app.example.com"],
  methods: ["GET", "PUT"],
  headers: ["authorization"],
  exposeHeaders: ["etag"],
  maxAge: 60,
  credentials: true,
};

function fromPage(request: Partial<WireRequest>, origin: string, ...more: [string, string][]): Partial<WireRequest> {
  return { ...request, headers: [["Host", "h"], ["Accept", "*/*"], ["Origin", origin], ...more] };
}

const preflight = { method: "OPTIONS", target: "/v1/items/1" };
const may = {
  "access-control-allow-origin": ["https://app.example.com"],
  "access-control-allow-credentials": ["true"],
};
const mayRead = { ...may, "access-control-expose-headers": ["etag"] };
const mayNot = { "access-control-allow-origin": [], "access-control-expose-headers": [] };
const page = "https://app.example.com";

/** A URL's own answer; browsers take both. */
function url(expected: Expected): NonNullable<Case["deviations"]> {
  const reason = "a Function URL answers preflights with 200";
  return { "function-url": { reason, ...expected }, "function-url stream": { reason, ...expected } };
}

/** Pages of other origins, with `corsSettings`: answered in one place per door. */
export const browsers: readonly Case[] = [
  {
    name: "a preflight",
    request: fromPage(preflight, page, ["Access-Control-Request-Method", "PUT"]),
    expected: { status: 204, text: "", headers: { ...may, "access-control-max-age": ["60"] } },
    deviations: url({ status: 200, text: "", headers: { ...may, "access-control-max-age": ["60"] } }),
  },
  {
    name: "a preflight of a page that may not call",
    request: fromPage(preflight, "https://evil.example", ["Access-Control-Request-Method", "PUT"]),
    expected: { status: 204, text: "", headers: mayNot },
    deviations: url({ status: 200, text: "", headers: mayNot }),
  },
  {
    name: "OPTIONS that is no preflight",
    request: fromPage(preflight, page),
    expected: { status: 405, code: 12, headers: mayRead },
  },
  {
    name: "a reply",
    request: fromPage({ target: "/v1/items/1" }, page),
    expected: { status: 200, seen: { name: "items/1" }, headers: mayRead },
  },
  {
    name: "a reply to a page that may not read it",
    request: fromPage({ target: "/v1/items/1" }, "https://evil.example"),
    expected: { status: 200, headers: mayNot },
  },
  { name: "an error", request: fromPage({ target: "/v2" }, page), expected: { status: 404, headers: mayRead } },
  {
    name: "a stream",
    request: fromPage({ target: "/v1/streams/lines" }, page),
    expected: { status: 200, headers: mayRead },
  },
  {
    name: "a response that is too large",
    request: fromPage({ target: "/v1/answers/5" }, page),
    expected: { status: 429, code: 8, headers: mayRead },
    deviations: Object.fromEntries([
      tooLarge("rest-api stream", { status: 200, length: 6_600_002, headers: mayRead }),
      tooLarge("function-url stream", { status: 200, length: 6_600_002, headers: mayRead }),
    ]),
  },
  {
    name: "a stream that is too large to be sent whole",
    request: fromPage({ target: "/v1/streams/large" }, page),
    expected: { status: 429, headers: mayRead },
    deviations: Object.fromEntries([
      tooLarge("rest-api stream", { status: 200, headers: mayRead }),
      tooLarge("function-url stream", { status: 200, headers: mayRead }),
    ]),
  },
];

/** By group. */
export const suite: Readonly<Record<string, readonly Case[]>> = {
  path: paths,
  query: queries,
  "request headers": requestHeaders,
  "request body": requestBodies,
  response: responses,
  size: sizes,
  "server streaming": streams,
  "client streaming": collections,
};
