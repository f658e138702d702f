/** What the doors refuse by themselves, and what they answer for a function that fails. */
import { describe, expect, it, test } from "vitest";
import { streamingOf } from "../front-door/doors.js";
import { readStreamed } from "../../src/simulator/lambda-stream.js";
import { simulatedDoors } from "../../src/simulator/doors.js";
import type { AdmitOptions, SimulatedDoor } from "../../src/simulator/simulated-door.js";
import type { WireRequest } from "../../src/simulator/wire.js";

const request: WireRequest = {
  method: "POST",
  target: "/v1/shelves",
  httpVersion: "1.1",
  headers: [["Host", "api.example.com"]],
  body: new Uint8Array(),
  sourceIp: "203.0.113.10",
  scheme: "https",
};

function admit(id: SimulatedDoor["id"], changes: Partial<WireRequest>, settings: Partial<AdmitOptions> = {}) {
  const door = simulatedDoors[id];
  return door.admit(
    { ...request, ...changes },
    {
      route: (_, path) => (path === "/nowhere" ? undefined : { key: "ANY /{proxy+}", pathParameters: {} }),
      requestId: "request-1",
      now: 1783711145766,
      ...settings,
    },
  );
}

/** A request with a body of so many bytes. A table with the bodies themselves would have them in the titles of its tests. */
interface Changes extends Partial<WireRequest> {
  readonly size?: number;
}

const bytes = (size: number): Changes => ({ size });
const header = (value: string, name = "X"): Partial<WireRequest> => ({ headers: [[name, value]] });

test.each<[id: SimulatedDoor["id"], what: string, changes: Changes, status: number | "admitted"]>([
  ["alb", "no rule", { target: "/nowhere" }, 404],
  ["alb", "1 MB", bytes(1_048_576), "admitted"],
  ["alb", "over 1 MB", bytes(1_048_577), 413],
  ["alb", "a header of 16 K", header("y".repeat(16_000)), "admitted"],
  ["alb", "a header over 16 K", header("y".repeat(16_384)), 400],
  [
    "alb",
    "headers over 64 K",
    { headers: Array.from({ length: 5 }, (_, i) => [`x${i}`, "y".repeat(14_000)] as const) },
    400,
  ],
  ["alb", "a request line over 16 K", { target: `/${"a".repeat(16_400)}` }, 414],
  ["alb", "a WebSocket", header("websocket", "Upgrade"), 400],
  ["rest-api", "no resource", { target: "/nowhere" }, 403],
  ["rest-api", "headers over 10,240 bytes", header("y".repeat(10_240)), 431],
  ["rest-api", "a URL over 10,240 bytes", { target: `/${"a".repeat(10_240)}` }, 414],
  ["rest-api", "over 10 MB", bytes(10_485_761), 413],
  ["rest-api", "an event over Lambda's limit", { ...bytes(6_291_556), headers: [["content-type", "text/plain"]] }, 413],
  ["rest-api", "a bare |", { target: "/v1?a=1|2" }, 400],
  ["rest-api", "an escaped |", { target: "/v1?a=1%7C2" }, "admitted"],
  ["rest-api", "bare braces", { target: '/v1?a={"b":1}' }, 400],
  ["rest-api", "escaped braces", { target: "/v1?a=%7B%7D" }, "admitted"],
  ["rest-api", "a path of the service's own", { target: "/ping" }, 200],
  ["function-url", "over 6 MB", bytes(6_291_457), 413],
  ["function-url", "5 MB, a third more in base64", bytes(5_000_000), 413],
  ["function-url", "4.5 MB", bytes(4_700_000), "admitted"],
  ["http-api", "an escape that is malformed when decoded twice", { target: "/percent%25done" }, 400],
])("%s, %s: %s", (id, _, { size, ...changes }, expected) => {
  const admission = admit(id, { ...changes, ...(size === undefined ? {} : { body: new Uint8Array(size) }) });
  expect(admission?.kind === "refused" ? admission.response.status : "admitted").toBe(expected);
});

describe("quirks", () => {
  it("a REST API takes the method from X-HTTP-Method-Override", () => {
    expect(admit("rest-api", header("patch", "X-HTTP-Method-Override"))).toMatchObject({
      event: { httpMethod: "PATCH" },
    });
  });
  it.each<[what: string, value: string, signed: boolean, expected: unknown]>([
    ["keeps a token", "Bearer x", false, ["Bearer x"]],
    ["drops a token where requests have to be signed", "Bearer x", true, undefined],
    ["drops a signature", "AWS4-HMAC-SHA256 Credential=x", false, undefined],
  ])("a REST API %s", (_, value, signed, expected) => {
    const admission = admit("rest-api", header(value, "Authorization"), {
      route: () => ({ key: "ANY /{proxy+}", pathParameters: {}, signed }),
    });
    const lists =
      admission?.kind === "event" && "multiValueHeaders" in admission.event && admission.event.multiValueHeaders;
    expect((lists as Record<string, unknown>).Authorization).toEqual(expected);
  });
  it("Lambda cuts a stream off at 200 MB", async () => {
    const piece = new Uint8Array(1_000_000);
    async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
      yield Buffer.concat([Buffer.from('{"statusCode":200}'), Buffer.alloc(8), piece.subarray(0, 500)]);
      while (true) yield piece;
    }
    const { body } = await readStreamed(
      streamingOf({ id: "rest-api" }),
      pieces(),
      () => "application/vnd.awslambda.http-integration-response",
    );
    let size = 0;
    for await (const bytes of body) size += bytes.length;
    expect(size).toBe(200_000_000);
  });
  it("a REST API splits the query at semicolons", () => {
    expect(admit("rest-api", { target: "/v1?a=1;b=2" })).toMatchObject({
      event: { multiValueQueryStringParameters: { a: ["1"], b: ["2"] } },
    });
  });
  it("a REST API without binary media types makes text of bytes", () => {
    expect(admit("rest-api", { body: Uint8Array.of(0xff, 0x41) })).toMatchObject({
      event: { body: "\ufffdA", isBase64Encoded: false },
    });
  });
  it("a load balancer encodes text that is compressed", () => {
    const headers = [
      ["Content-Type", "application/json"],
      ["Content-Encoding", "gzip"],
    ] as const;
    expect(admit("alb", { headers, body: Uint8Array.of(0x1f, 0x8b) })).toMatchObject({
      event: { body: "H4s=", isBase64Encoded: true },
    });
  });
  it.each([
    ["alb", "", false],
    ["rest-api", null, false],
    ["http-api", undefined, false],
    ["function-url", undefined, false],
  ] as const)("%s: no body is %j", (id, body, isBase64Encoded) => {
    const admission = admit(id, {});
    expect(admission?.kind === "event" && admission.event).toMatchObject({ isBase64Encoded });
    expect(admission?.kind === "event" && (admission.event as { body?: unknown }).body).toBe(body);
  });
  it("an HTTP API leaves the stage in the path and a REST API does not", () => {
    expect(admit("http-api", { target: "/prod/v1" }, { stage: "prod" })).toMatchObject({
      event: { rawPath: "/prod/v1" },
    });
    expect(admit("rest-api", { target: "/v1" }, { stage: "prod" })).toMatchObject({
      event: { path: "/v1", requestContext: { path: "/prod/v1" } },
    });
  });
});

test.each([
  ["alb", 502, 502],
  ["rest-api", 502, 504],
  ["http-api", 500, 503],
  ["function-url", 502, 504],
] as const)("%s: a function that fails is a %i, one that takes too long a %i", (id, failed, late) => {
  const door = simulatedDoors[id];
  expect([door.answerFailure("failed").status, door.answerFailure("timed-out").status]).toEqual([failed, late]);
});
