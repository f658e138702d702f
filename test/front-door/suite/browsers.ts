/** Pages of other origins. */
import type { WireRequest } from "../../../src/simulator/wire.js";
import { type Case, type Expected, tooLarge } from "./case.js";

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
