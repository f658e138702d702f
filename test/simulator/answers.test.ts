/** What the doors make of results: the traps that end in a 502 above all. */
import { describe, expect, test } from "vitest";
import { answerAlb } from "../../src/simulator/alb.js";
import { answerFunctionUrl } from "../../src/simulator/function-url.js";
import { answerHttpApiFormat1 } from "../../src/simulator/http-api.js";
import { answerRestApi } from "../../src/simulator/rest-api.js";
import type { WireResponse } from "../../src/simulator/wire.js";

function shown({ status, headers, body }: WireResponse): unknown[] {
  return [status, Buffer.from(body).toString("latin1"), ...headers.map((pair) => pair.join(": "))];
}

describe("load balancer", () => {
  const single = { headers: {} };
  const multi = { multiValueHeaders: {} };
  const text = { "content-type": "text/plain" };
  const lists = { "content-type": ["text/plain"] };

  test.each<[what: string, event: object, result: unknown, expected: unknown[]]>([
    ["headers", single, { statusCode: 200, headers: text, body: "a" }, [200, "a", "content-type: text/plain"]],
    ["lists", multi, { statusCode: 200, multiValueHeaders: lists, body: "a" }, [200, "a", "content-type: text/plain"]],
    [
      "two cookies",
      multi,
      { statusCode: 200, multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] }, body: "" },
      [200, "", "set-cookie: a=1", "set-cookie: b=2"],
    ],
    ["base64", single, { statusCode: 200, headers: {}, body: "/w==", isBase64Encoded: true }, [200, "\u00ff"]],
    [
      "headers of the connection, ignored",
      single,
      { statusCode: 200, headers: { Connection: "close", "Content-Length": "9" }, body: "a" },
      [200, "a"],
    ],
    [
      "a description",
      single,
      { statusCode: 404, statusDescription: "404 Not Found", headers: {}, body: "" },
      [404, ""],
    ],
  ])("%s", (_, event, result, expected) => {
    expect(shown(answerAlb(result, event))).toEqual(expected);
  });

  const good = { statusCode: 200, headers: text, body: "" };
  test.each<[what: string, event: object, result: unknown]>([
    ["null", single, null],
    ["no status", single, { headers: text, body: "" }],
    ["no headers", single, { statusCode: 200, body: "" }],
    ["null headers", single, { ...good, headers: null }],
    ["null lists beside headers", single, { ...good, multiValueHeaders: null }],
    ["headers where lists are on", multi, good],
    ["lists where they are off", single, { statusCode: 200, multiValueHeaders: lists, body: "" }],
    ["a number in a header", single, { ...good, headers: { "x-count": 3 } }],
    ["a boolean in a header", single, { ...good, headers: { "x-on": true } }],
    ["text in place of a list", multi, { statusCode: 200, multiValueHeaders: text, body: "" }],
    ["a null description", single, { ...good, statusDescription: null }],
    ["a description without the status", single, { ...good, statusDescription: "OK" }],
    ["a null body", single, { ...good, body: null }],
    ["an object for a body", single, { ...good, body: {} }],
    ["more than 1 MB", single, { ...good, body: "x".repeat(1_048_576) }],
    ["headers over 32 K", single, { ...good, headers: { x: "y".repeat(32_768) } }],
  ])("502: %s", (_, event, result) => {
    expect(answerAlb(result, event).status).toBe(502);
  });
});

describe("REST API", () => {
  const accept = (type: string): object => ({ headers: { Accept: type } });

  test.each<[what: string, result: unknown, expected: unknown[]]>([
    ["plain", { statusCode: 200, body: "a" }, [200, "a", "content-type: application/json"]],
    ["a status in digits", { statusCode: "204" }, [204, "", "content-type: application/json"]],
    [
      "null maps",
      { statusCode: 200, headers: null, multiValueHeaders: null, body: null },
      [200, "", "content-type: application/json"],
    ],
    [
      "both maps, a pair of both once",
      {
        statusCode: 200,
        headers: { "Content-Type": "a/b", "X-A": "1" },
        multiValueHeaders: { "x-a": ["1", "2"] },
        body: "",
      },
      [200, "", "content-type: a/b", "x-a: 1", "x-a: 2"],
    ],
    [
      "names that are the gateway's own",
      { statusCode: 401, headers: { "content-type": "a/b", "WWW-Authenticate": "x", "Content-Length": "1" }, body: "" },
      [401, "", "content-type: a/b", "x-amzn-remapped-www-authenticate: x", "x-amzn-remapped-content-length: 1"],
    ],
  ])("%s", (_, result, expected) => {
    expect(shown(answerRestApi(result, {}))).toEqual(expected);
  });

  test.each<[what: string, result: unknown]>([
    ["an unknown member", { statusCode: 200, body: "", cookies: [] }],
    ["no status", { body: "" }],
    ["a body that is no text", { statusCode: 200, body: {} }],
    ["a list in headers", { statusCode: 200, headers: { x: ["1"] }, body: "" }],
    ["text in multiValueHeaders", { statusCode: 200, multiValueHeaders: { x: "1" }, body: "" }],
    ["over Lambda's limit", { statusCode: 200, body: "x".repeat(6_291_556) }],
  ])("502: %s", (_, result) => {
    expect(answerRestApi(result, {}).status).toBe(502);
  });

  test.each<[accept: string, binaryMediaTypes: string[], body: string]>([
    ["*/*", ["*/*"], "\u00ff"],
    ["", ["*/*"], "\u00ff"],
    ["image/png, text/html", ["image/png"], "\u00ff"],
    ["image/png", ["image/*"], "\u00ff"],
    ["text/html, image/png", ["image/png"], "/w=="],
    ["*/*", ["image/png"], "/w=="],
    ["image/png", [], "/w=="],
  ])("base64 with Accept %j and binary types %j: %j", (type, binaryMediaTypes, body) => {
    const result = { statusCode: 200, body: "/w==", isBase64Encoded: true };
    expect(shown(answerRestApi(result, accept(type), { binaryMediaTypes }))[1]).toBe(body);
  });
});

test("a Function URL renames a content length, and is 502 over the limit", () => {
  const result = { statusCode: 200, headers: { "Content-Length": "9", "content-type": "a/b" }, body: "" };
  expect(shown(answerFunctionUrl(result))).toEqual([200, "", "x-amzn-remapped-content-length: 9", "content-type: a/b"]);
  expect(answerFunctionUrl({ statusCode: 200, body: "x".repeat(6_291_556) }).status).toBe(502);
});

test("an HTTP API reads lists in format 1.0, and no cookies", () => {
  const result = { statusCode: 200, multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] }, body: "" };
  expect(shown(answerHttpApiFormat1(result)).slice(2, 4)).toEqual(["set-cookie: a=1", "set-cookie: b=2"]);
  expect(answerHttpApiFormat1({ statusCode: 200, cookies: ["a=1"] }).status).toBe(500);
});
