/** What goes out: responses, their sizes, and streams in both directions. */
import type { WireRequest } from "../../../src/simulator/wire.js";
import { testDoors } from "../doors.js";
import { bytes256, type Case, headers, joins, tooLarge } from "./case.js";

const testedDoors = testDoors.map((door) => door.name);

const single = "one value a name: all but the first cookie are lost, and repeats are joined";

/** Responses. */
export const responses: readonly Case[] = [
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

function anySize(...[status, length]: [number, number]): NonNullable<Case["deviations"]> {
  const doors = testedDoors.filter((door) => !door.startsWith("alb"));
  return Object.fromEntries(
    doors.map((door) => [door, { reason: "only a load balancer limits them", status, length }]),
  );
}

/** Sizes: a clear status in place of an opaque 502. */
export const sizes: readonly Case[] = [
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
export const streams: readonly Case[] = [
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
export const collections: readonly Case[] = [
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
