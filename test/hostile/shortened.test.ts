/** Limits beyond which something is cut, left out or done otherwise, at their exact value, one below and one above. */
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it, test, vi } from "vitest";
import { parseBytes } from "../../src/runtime/binding/parse-scalar.js";
import { timeLeft } from "../../src/runtime/calls/deadline.js";
import { metadataText } from "../../src/runtime/calls/respond.js";
import { chooseEncoding } from "../../src/runtime/doors/accept-encoding.js";
import { compression } from "../../src/runtime/doors/compression.js";
import { matchedMetadata } from "../../src/runtime/headers/matched-metadata.js";
import { parseTimeout } from "../../src/runtime/headers/timeout.js";
import { headerKey } from "../../src/runtime/http.js";
import { inField, readBytes } from "../../src/runtime/json/json-read.js";
import { acceptedTypes } from "../../src/runtime/routing/accept.js";
import { DecodeError } from "../../src/runtime/values/decode-error.js";
import { describeJson } from "../../src/runtime/values/describe-json.js";

test.each([4095, 4096, 4097])("a header of metadata of %s characters has 4096 at most", (length) => {
  expect(metadataText("x".repeat(length))).toHaveLength(Math.min(length, 4096));
});

test.each([39, 40, 41])("of a text of %s characters an error shows 40", (length) => {
  expect(describeJson("x".repeat(length))).toBe(length > 40 ? `"${"x".repeat(40)}…"` : `"${"x".repeat(length)}"`);
});

test.each([199, 200, 201])("a name of %s characters stands in a path up to 200", (length) => {
  const { fieldPath } = inField(new DecodeError("a", "b"), "x".repeat(length)) as DecodeError;
  expect(fieldPath).toBe(length > 200 ? `"${"x".repeat(40)}…"` : "x".repeat(length));
});

test.each([31, 32, 33])("of %s media ranges 32 are looked at", (count) => {
  const accept = `${"a/b,".repeat(count - 1)}application/json;q=0.5`;
  expect(acceptedTypes([accept]).includes("application/json")).toBe(count <= 32);
});

test.each([31, 32, 33])("of %s codings 32 are looked at", (count) => {
  expect(chooseEncoding(`${"x,".repeat(count - 1)}gzip`, ["gzip"])).toBe(count <= 32 ? "gzip" : undefined);
});

test("of a thousand names of headers 200 are remembered, and the others are lower case as well", () => {
  const set = vi.spyOn(Map.prototype, "set");
  const names = Array.from({ length: 1000 }, (_, at) => `X-Name-${at}`);
  for (const name of names) expect(headerKey(name)).toBe(name.toLowerCase());
  const remembered = set.mock.calls.filter(([name]) => names.includes(String(name))).length;
  set.mockRestore();
  expect(remembered).toBeGreaterThan(100);
  expect(remembered).toBeLessThanOrEqual(200);
});

describe("base64 of an impossible length", () => {
  const isTaken = (read: () => unknown): boolean => {
    try {
      read();
      return true;
    } catch {
      return false;
    }
  };
  it.each([
    // text, in JSON and in a binary header (padded or not), in a query
    ["", true, true],
    ["A", false, false],
    ["AA", true, true],
    ["AA=", false, false],
    ["AA==", true, true],
    ["AAA", true, true],
    ["AAA=", true, true],
    ["AAA==", false, false],
    ["AAAA", true, true],
    ["AAAA=", false, false],
    ["AAAA==", false, false],
    ["AAAAA", false, false],
    ["AAAAA===", false, false],
  ])("%j", (text, unpadded, padded) => {
    const header = { headers: { "x-bin": [text] } };
    expect(isTaken(() => readBytes(text))).toBe(unpadded);
    expect(isTaken(() => matchedMetadata(header, (name) => name))).toBe(unpadded);
    expect(isTaken(() => parseBytes(text))).toBe(padded);
  });
});

test.each([
  ["0S", undefined],
  ["0n", undefined],
  ["00000000000000000000000H", undefined],
  ["1n", 1e-6],
  ["1S", 1000],
  ["18446744073709551615n", 2 ** 64 / 1e6 / 2],
])("Grpc-Timeout %s is %s ms, none where it is zero", (text, expected) => {
  expect(parseTimeout(text)).toBe(expected);
  expect(timeLeft(parseTimeout(text), 1000)).toBe(Math.min(expected ?? Number.POSITIVE_INFINITY, 750));
});

describe("compression", () => {
  const request = (headers: Readonly<Record<string, readonly string[]>>, body: string | Uint8Array) => {
    return { method: "POST", path: "/", pathIsDecoded: false, query: "", headers, body };
  };

  it.each([99, 100, 101])("a response of %s bytes is compressed from minBytes on, 100", async (length) => {
    const response = {
      status: 200,
      headers: [["Content-Type", "application/json"]] as const,
      body: "x".repeat(length),
    };
    const { body } = await compression({ minBytes: 100 }).deflate(
      request({ "accept-encoding": ["gzip"] }, ""),
      response,
    );
    expect(typeof body === "string" ? body : gunzipSync(body).toString()).toBe(response.body);
    expect(typeof body === "string").toBe(length < 100);
  });

  it.each([99, 100, 101])("a request inflates to %s bytes, up to maxBytes, 100", async (length) => {
    const sent = request({ "content-encoding": ["gzip"] }, gzipSync("x".repeat(length)));
    const result = await compression({ maxBytes: 100 }).inflate(sent);
    expect("status" in result ? result.status : result.body.length).toBe(length > 100 ? 429 : length);
  });

  it.each([
    ["gzip", 1],
    ["gzip, gzip", 2],
    ["gzip, gzip, gzip", 3],
    ["gzip, identity, gzip", 2],
  ])("a body has two codings at most: %s", async (coding, layers) => {
    let body = Buffer.from("text");
    for (let layer = 0; layer < layers; layer++) body = gzipSync(body);
    const result = await compression().inflate(request({ "content-encoding": [coding] }, body));
    expect("status" in result ? result.status : String(Buffer.from(result.body))).toBe(layers > 2 ? 415 : "text");
  });
});
