import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { admitHttpApi, answerHttpApi, type HttpApiEvent } from "../../src/simulator/http-api.js";
import { damagePath } from "../../src/simulator/http-api-path.js";
import type { WireRequest } from "../../src/simulator/wire.js";

const request: WireRequest = {
  method: "GET",
  target: "/v1/shelves",
  httpVersion: "1.1",
  headers: [["Host", "api.example.com"]],
  body: new Uint8Array(),
  sourceIp: "203.0.113.10",
  scheme: "https",
};
const options = { route: () => ({ key: "$default", pathParameters: {} }), requestId: "r1", now: 1783711145766 };

function eventOf(changes: Partial<WireRequest>, more: Partial<typeof options & { stage: string }> = {}): HttpApiEvent {
  const admission = admitHttpApi({ ...request, ...changes }, { ...options, ...more });
  if (admission.kind === "refused") throw new Error(admission.reason);
  return admission.event;
}

describe("the path, against the live table", () => {
  it.each([
    ["/capture/space%20value", "/capture/space value"],
    ["/capture/slash%2Fvalue", "/capture/slash/value"],
    ["/capture/question%3Fvalue", "/capture/question"],
    ["/capture/hash%23value", "/capture/hash#value"],
    ["/capture/percent%25done", undefined],
    ["/capture/literal%252Fvalue", "/capture/literal/value"],
    ["/capture/literal%253Fvalue", "/capture/literal?value"],
    ["/capture/literal%2525value", "/capture/literal%value"],
    ["/capture/unicode-%CE%BB", "/capture/unicode-λ"],
  ])("%s", (sent, rawPath) => {
    expect(damagePath(sent)).toBe(rawPath);
  });

  it("refuses what cannot be decoded", () => {
    expect(admitHttpApi({ ...request, target: "/a%25b" }, options)).toMatchObject({
      kind: "refused",
      response: { status: 400 },
    });
  });
});

describe("the event", () => {
  it("takes the captured request to the captured event", ({ skip }) => {
    const captured = "../shared/events/http-api.json";
    if (!existsSync(captured)) skip(`${captured} is not here`);
    const expected = JSON.parse(readFileSync(captured, "utf8"));
    const event = eventOf({
      method: "POST",
      target:
        "/capture/space%20value?repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&literalPlus=a+b&encodedPlus=a%2Bb&empty=",
      headers: [
        ["Host", expected.headers.host],
        ["User-Agent", "curl/8.7.1"],
        ["Accept", "*/*"],
        ["Content-Type", "application/json"],
        ["X-Voker-Probe", "first"],
        ["X-Voker-Probe", "second"],
        ["Cookie", "session=abc123; theme=dark"],
        ["Content-Length", "66"],
      ],
      body: Buffer.from(expected.body),
    });
    const { "x-amzn-trace-id": _, ...headers } = expected.headers;
    for (const field of [
      "version",
      "routeKey",
      "rawPath",
      "rawQueryString",
      "cookies",
      "queryStringParameters",
      "body",
      "isBase64Encoded",
    ]) {
      expect(event[field as keyof HttpApiEvent], field).toEqual(expected[field]);
    }
    const { "x-amzn-trace-id": trace, ...sent } = event.headers;
    expect(sent).toEqual(headers);
    expect(trace).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(event.requestContext.http).toEqual(expected.requestContext.http);
    expect(event.requestContext).toMatchObject({ stage: "$default", time: expected.requestContext.time });
  });

  it("has no body, no cookies and no query map when the request has none", () => {
    const event = eventOf({});
    expect(event).not.toHaveProperty("body");
    expect(event).not.toHaveProperty("cookies");
    expect(event).not.toHaveProperty("queryStringParameters");
    expect(event.isBase64Encoded).toBe(false);
  });

  it.each([
    ["application/json; charset=utf-8", "{}", false],
    ["text/csv", "{}", false],
    ["application/x-protobuf", "e30=", true],
    ["application/x-www-form-urlencoded", "e30=", true],
    ["application/problem+json", "e30=", true],
    [undefined, "e30=", true],
  ])("a body of type %s arrives as %s", (type, body, isBase64Encoded) => {
    const headers: [string, string][] = [
      ["Host", "h"],
      ...(type === undefined ? [] : [["Content-Type", type] as [string, string]]),
    ];
    expect(eventOf({ method: "POST", headers, body: Buffer.from("{}") })).toMatchObject({ body, isBase64Encoded });
  });

  it("leads the path with a named stage, but routes without it", () => {
    const seen: string[] = [];
    const event = eventOf(
      { target: "/prod/v1/shelves" },
      {
        stage: "prod",
        route: ((_: string, path: string) => {
          seen.push(path);
          return { key: "k", pathParameters: {} };
        }) as typeof options.route,
      },
    );
    expect(event.rawPath).toBe("/prod/v1/shelves");
    expect(seen).toEqual(["/v1/shelves"]);
  });
});

describe("refusals", () => {
  it.each([
    ["no route", { target: "/nowhere" }, 404],
    ["headers over 10,240 bytes", { headers: [["X", "y".repeat(10_300)] as const] }, 431],
    ["a body over 10 MB", { body: new Uint8Array(10 * 1024 * 1024 + 1) }, 413],
    ["an event over Lambda's limit", { body: new Uint8Array(5 * 1024 * 1024) }, 413],
  ])("%s", (_, changes, status) => {
    const route = (_method: string, path: string) =>
      path === "/nowhere" ? undefined : { key: "k", pathParameters: {} };
    expect(admitHttpApi({ ...request, ...changes }, { ...options, route })).toMatchObject({
      kind: "refused",
      response: { status },
    });
  });
});

describe("the answer", () => {
  const text = (body: Uint8Array): string => Buffer.from(body).toString();

  it.each([
    ["a string body", { statusCode: 201, headers: { "Content-Type": "application/json" }, body: "{}" }, 201, "{}"],
    ["a base64 body", { statusCode: 200, body: "aGk=", isBase64Encoded: true }, 200, "hi"],
    ["no statusCode: the object itself", { name: "x" }, 200, '{"name":"x"}'],
    ["a body that is not text", { statusCode: 200, body: {} }, 500, '{"message":"Internal Server Error"}'],
    ["a status out of range", { statusCode: "abc" }, 500, '{"message":"Internal Server Error"}'],
    [
      "over 6,291,556 bytes",
      { statusCode: 200, body: "x".repeat(6_291_556) },
      500,
      '{"message":"Internal Server Error"}',
    ],
  ])("%s", (_, result, status, body) => {
    const response = answerHttpApi(result);
    expect([response.status, text(response.body)]).toEqual([status, body]);
  });

  it("sends each cookie in a header of its own", () => {
    const { headers } = answerHttpApi({ statusCode: 200, cookies: ["a=1", "b=2"], body: "" });
    expect(headers.filter(([name]) => name === "set-cookie")).toEqual([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
  });
});
