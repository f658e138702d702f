/** The suite through every door, and the deviations: each listed one is one, and has a reason. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { WireRequest, WireResponse } from "../../src/simulator/wire.js";
import { exchange, testDoors } from "./doors.js";
import { probe } from "./probe.js";
import { type Expected, suite } from "./suite.js";

const request: WireRequest = {
  method: "GET",
  target: "/",
  httpVersion: "1.1",
  headers: [
    ["Host", "api.example.com"],
    ["Accept", "*/*"],
  ],
  body: new Uint8Array(),
  sourceIp: "203.0.113.10",
  scheme: "https",
};

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

/** Of a response, what the expectation states. */
function shown({ status, headers, body }: WireResponse, expected: Expected): Expected {
  const text = Buffer.from(body).toString();
  const json = expected.seen !== undefined || expected.code !== undefined ? JSON.parse(text) : undefined;
  const seen = Object.keys(expected.seen ?? {}).map((key) => [key, json[key]]);
  const values = Object.keys(expected.headers ?? {}).map((key) => [
    key,
    headers.filter(([name]) => name === key).map(([, value]) => value),
  ]);
  return {
    ...(expected.status === undefined ? {} : { status }),
    ...(expected.seen === undefined ? {} : { seen: Object.fromEntries(seen) }),
    ...(expected.code === undefined ? {} : { code: json.code }),
    ...(expected.text === undefined ? {} : { text }),
    ...(expected.base64 === undefined ? {} : { base64: Buffer.from(body).toString("base64") }),
    ...(expected.length === undefined ? {} : { length: body.length }),
    ...(expected.headers === undefined ? {} : { headers: Object.fromEntries(values) }),
  };
}

describe.each(testDoors.map((door) => [door.name, door] as const))("%s", (name, door) => {
  const handler = door.make(probe);
  for (const [group, cases] of Object.entries(suite)) {
    test.each(cases.map((one) => [`${group}: ${one.name}`, one] as const))("%s", async (_, one) => {
      const response = await exchange(door, handler, { ...request, ...one.request });
      const { reason, ...own } = one.deviations?.[name] ?? { reason: undefined, ...one.expected };
      expect(shown(response, own)).toEqual(own);
      if (reason !== undefined) expect(shown(response, one.expected)).not.toEqual(one.expected);
    });
  }
});
