/** Limits beyond which something is cut, left out or done otherwise, at their exact value, one below and one above. */
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it, test, vi } from "vitest";
import { emptyText } from "../../src/runtime/binding/param.js";
import { parseBool, parseBytes } from "../../src/runtime/binding/parse-scalar.js";
import { durationText } from "../../src/runtime/binding/parse-time.js";
import { refuseUnknownPath } from "../../src/runtime/binding/patch-mask.js";
import { bindQuery } from "../../src/runtime/binding/query.js";
import { beginCall } from "../../src/runtime/calls/call.js";
import { isOver, maxDelay, startDeadline, timeLeft } from "../../src/runtime/calls/deadline.js";
import { metadataText, refuseWith } from "../../src/runtime/calls/respond.js";
import { chooseEncoding } from "../../src/runtime/doors/accept-encoding.js";
import { compression } from "../../src/runtime/doors/compression.js";
import { cors } from "../../src/runtime/doors/cors.js";
import { matchedMetadata } from "../../src/runtime/headers/matched-metadata.js";
import { parseTimeout } from "../../src/runtime/headers/timeout.js";
import { type HttpRequest, headerKey } from "../../src/runtime/http.js";
import { inField, readBytes } from "../../src/runtime/json/json-read.js";
import { acceptedTypes } from "../../src/runtime/routing/accept.js";
import { permanentMetadata } from "../../src/runtime/request-metadata.js";
import { DecodeError } from "../../src/runtime/values/decode-error.js";
import { describeJson } from "../../src/runtime/values/describe-json.js";

const everything = { origins: ["*"], methods: [], headers: [], exposeHeaders: [], maxAge: 1, credentials: false };

function preflightFor(names: string): HttpRequest {
  const headers = { "access-control-request-method": ["GET"], "access-control-request-headers": [names] };
  return { method: "OPTIONS", path: "/", pathIsDecoded: false, query: "", headers, body: "" };
}

test.each([4095, 4096, 4097])("a header of metadata of %s characters has 4096 at most", (length) => {
  expect(metadataText("x".repeat(length))).toHaveLength(Math.min(length, 4096));
});

test.each([4095, 4096, 4097])("of a message of %s characters WWW-Authenticate has 4096", (length) => {
  const { headers, body } = refuseWith("UNAUTHENTICATED", "x".repeat(length));
  expect(headers.find(([name]) => name === "WWW-Authenticate")?.[1]).toHaveLength(Math.min(length, 4096));
  expect(JSON.parse(body).message).toHaveLength(length);
});

test.each([
  [" a ", "a"],
  ["a\r\nSet-Cookie: b", "a Set-Cookie: b"],
  ["\u007fa\u007f", "a"],
  ["caf\u00e9", "caf"],
])("metadata %j is %j in a header", (text, expected) => {
  expect(metadataText(text)).toBe(expected);
});

test.each([99, 100, 101])("of %s names that a preflight asks for 100 are allowed", (count) => {
  const { preflight } = cors({ ...everything, headers: ["*"] });
  const names = Array.from({ length: count }, (_, at) => `x-${at}`).join(",");
  const response = preflight(preflightFor(names));
  const allowed = response?.headers.find(([name]) => name === "Access-Control-Allow-Headers")?.[1].split(",");
  expect(allowed).toHaveLength(Math.min(count, 100));
});

test.each([39, 40, 41])("of a text of %s characters an error shows 40", (length) => {
  expect(describeJson("x".repeat(length))).toBe(length > 40 ? `"${"x".repeat(40)}…"` : `"${"x".repeat(length)}"`);
});

test.each([199, 200, 201])("a name of %s characters stands in a path up to 200", (length) => {
  const { fieldPath } = inField(new DecodeError("a", "b"), "x".repeat(length)) as DecodeError;
  expect(fieldPath).toBe(length > 200 ? `"${"x".repeat(40)}…"` : "x".repeat(length));
});

describe("a text that an error shows has 64 characters at most", () => {
  const messageOf = (fail: () => unknown): string => {
    try {
      fail();
      return "";
    } catch (error) {
      return String((error as Error).message);
    }
  };
  const noField = () => {
    throw new DecodeError("a", "b");
  };
  it.each<[what: string, message: (text: string) => string]>([
    ["the name of a parameter", (text) => messageOf(() => bindQuery({ query: `${text}=1` }, {}, noField, []))],
    ["a value of a parameter", (text) => messageOf(() => parseBool(text))],
    ["a duration", (text) => messageOf(() => durationText(text))],
    ["an Empty", (text) => messageOf(() => emptyText(text, {}))],
    ["a field of an update mask", (text) => messageOf(() => refuseUnknownPath(text, ""))],
    ["a timeout", (text) => messageOf(() => parseTimeout(text))],
  ])("%s", (_, message) => {
    for (const length of [63, 64]) expect(message("x".repeat(length))).toMatch(new RegExp(`x{${length}}(?!…)`));
    expect(message("x".repeat(65))).not.toContain("x".repeat(65));
    expect(message("x".repeat(65))).toContain("x".repeat(64));
  });
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

test.each([
  [undefined, false],
  [0, true],
  [0.999, true],
  [1, false],
  [1.001, false],
])("with %s ms left a call is over: %s", (left, expected) => {
  expect(isOver(left)).toBe(expected);
});

test.each([maxDelay - 1, maxDelay, maxDelay + 1, 2 ** 63 / 1e6])(
  "a deadline in %s ms does not pass at once",
  async (left) => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const expired = vi.fn();
    const deadline = startDeadline(left, expired);
    await new Promise((resolve) => setTimeout(resolve, 20));
    deadline.stop();
    expect(expired).not.toHaveBeenCalled();
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  },
);

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

test.each([
  ["a b", ["a b"]],
  ["\u007f", []],
  ["a\tb", []],
  ["caf\u00e9", []],
  ["a\nb", []],
])("a header %j is metadata %j", (value, expected) => {
  expect(matchedMetadata({ headers: { "x-a": [value] } }, () => "a").get("a")).toEqual(expected);
});

test.each([1000, 2 ** 63 / 1e6, 8.64e15, Number.POSITIVE_INFINITY])(
  "a call that may take %s ms has a deadline that is a date",
  (left) => {
    const called = { service: "s", method: "m", binding: 0, template: "/" };
    const request: HttpRequest = { method: "GET", path: "/", pathIsDecoded: false, query: "", headers: {}, body: "" };
    const call = beginCall(called, request, { event: {}, lambda: undefined }, left, permanentMetadata, undefined);
    expect(call.context.deadline?.getTime()).toBeGreaterThan(Date.now());
    void call.end();
  },
);

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

  it.each([63, 64, 65])("of a coding of %s characters that is not known 64 are shown", async (length) => {
    const result = await compression().inflate(request({ "content-encoding": ["x".repeat(length)] }, "a"));
    expect(String(result.body).match(/x+/)?.[0]).toHaveLength(Math.min(length, 64));
  });

  it("what saves less than base64 costs is sent as it is", async () => {
    const hash = (at: number): Buffer => createHash("sha256").update(String(at)).digest();
    const body = Buffer.concat(Array.from({ length: 100 }, (_, at) => hash(at)));
    const response = { status: 200, headers: [["Content-Type", "application/octet-stream"]] as const, body };
    const sent = await compression().deflate(request({ "accept-encoding": ["gzip"] }, ""), response);
    expect(sent.body).toBe(body);
  });

  it("what has a coding gets no second one", async () => {
    const headers = [
      ["Content-Type", "application/json"],
      ["Content-Encoding", "x-own"],
    ] as const;
    const response = { status: 200, headers, body: "x".repeat(5000) };
    expect(await compression().deflate(request({ "accept-encoding": ["gzip"] }, ""), response)).toBe(response);
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
