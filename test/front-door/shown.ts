/** Responses as the suite looks at them. */
import type { WireRequest, WireResponse } from "../../src/simulator/wire.js";
import type { Expected } from "./suite/case.js";

/** What a case's request starts from. */
export const baseRequest: WireRequest = {
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

/** Of a response, what the expectation states. */
export function shown({ status, headers, body }: WireResponse, expected: Expected): Expected {
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
