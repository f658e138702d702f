/** Every limit of the simulated doors at its exact value: one below it and the value itself pass, one above does not. */
import { describe, expect, it } from "vitest";
import { simulatedDoors } from "../../src/simulator/doors.js";
import { readStreamed } from "../../src/simulator/lambda-stream.js";
import type { DoorSettings, SimulatedDoor } from "../../src/simulator/simulated-door.js";
import type { WireRequest } from "../../src/simulator/wire.js";
import { streamingOf } from "../front-door/doors.js";

const request: WireRequest = {
  method: "POST",
  target: "/",
  httpVersion: "1.1",
  headers: [],
  body: new Uint8Array(),
  sourceIp: "203.0.113.10",
  scheme: "https",
};

function admit(id: SimulatedDoor["id"], changes: Partial<WireRequest>, settings: DoorSettings = {}) {
  const route = () => ({ key: "ANY /{proxy+}", pathParameters: {} });
  return simulatedDoors[id].admit({ ...request, ...changes }, { route, requestId: "r", now: 0, ...settings });
}

/** The status of a refusal; 200 for an event. */
function statusOf(id: SimulatedDoor["id"], changes: Partial<WireRequest>, settings?: DoorSettings): number {
  const admission = admit(id, changes, settings);
  return admission.kind === "refused" ? admission.response.status : 200;
}

/** A method of a target takes 4, and what ends a request line 12. */
const line = (bytes: number): Partial<WireRequest> => ({ target: "/".padEnd(bytes - 16, "a") });
const target = (bytes: number): Partial<WireRequest> => ({ target: "/".padEnd(bytes, "a") });
const body = (bytes: number): Partial<WireRequest> => ({ body: new Uint8Array(bytes) });
/** Headers of 1,000 bytes and a last one, with four for each separator and line end. */
const headers = (bytes: number): Partial<WireRequest> => {
  const sizes = [...Array(Math.floor(bytes / 1000) - 1).fill(1000), 1000 + (bytes % 1000)];
  return { headers: sizes.map((size) => ["x", "y".repeat(size - 5)] as const) };
};
const header = (bytes: number): Partial<WireRequest> => ({ headers: [["x", "y".repeat(bytes - 1)]] });
const textType = ["content-type", "text/plain"] as const;

/** The request with text for a body, as long as it has to be for an event of `bytes`. */
function eventOf(id: SimulatedDoor["id"], bytes: number, settings?: DoorSettings): Partial<WireRequest> {
  const ofLength = (length: number): Partial<WireRequest> => ({
    headers: [textType, ["content-length", String(length).padStart(8, "0")]],
    body: Buffer.alloc(length, "a"),
  });
  const admission = admit(id, ofLength(1), settings);
  const rest = admission.kind === "event" ? Buffer.byteLength(JSON.stringify(admission.event)) - 1 : 0;
  return ofLength(bytes - rest);
}

const lambdaBytes = 6_291_556;
const format1 = { payloadFormatVersion: "1.0" } as const;

describe.each<[SimulatedDoor["id"], string, number, number, (count: number) => Partial<WireRequest>, DoorSettings?]>([
  ["alb", "bytes of a request line", 16_384, 414, line],
  ["alb", "bytes of a header", 16_384, 400, header],
  ["alb", "bytes of all headers", 65_536, 400, headers],
  ["alb", "bytes of a body", 1_048_576, 413, body],
  ["rest-api", "bytes of all headers", 10_240, 431, headers],
  ["rest-api", "bytes of a URL", 10_240, 414, target],
  ["rest-api", "bytes of an event", lambdaBytes, 413, (count) => eventOf("rest-api", count)],
  ["http-api", "bytes of a request line", 10_240, 431, line],
  ["http-api", "bytes of a request line and headers", 10_240, 431, (count) => headers(count - 17)],
  ["http-api", "bytes of an event", lambdaBytes, 413, (count) => eventOf("http-api", count)],
  ["http-api", "bytes of an event of 1.0", lambdaBytes, 413, (count) => eventOf("http-api", count, format1), format1],
  ["function-url", "bytes of an event", lambdaBytes, 413, (count) => eventOf("function-url", count)],
])("%s: %s", (id, _, limit, refusal, make, settings) => {
  it.each([limit - 1, limit])("%i are taken", (count) => {
    expect(statusOf(id, make(count), settings)).toBe(200);
  });
  it(`${limit + 1} are refused`, () => {
    expect(statusOf(id, make(limit + 1), settings)).toBe(refusal);
  });
});

/** What these doors take of a body is more than an event holds: the reasons tell the two apart. */
describe.each<[SimulatedDoor["id"], number, string]>([
  ["rest-api", 10_485_760, "body over 10 MB"],
  ["http-api", 10_485_760, "body over 10 MB"],
  ["function-url", 6_291_456, "body over 6 MB"],
])("%s: bytes of a body", (id, limit, reason) => {
  it.each([limit - 1, limit, limit + 1])("%i", (count) => {
    const admission = admit(id, body(count));
    expect(admission.kind === "refused" && admission.reason === reason).toBe(count > limit);
    expect(simulatedDoors[id].maxRequestBytes).toBe(limit);
  });
});

/** A result with a body that makes it `bytes` long as JSON. */
function resultOf(bytes: number, lists: boolean): object {
  const result = { statusCode: 200, body: "", ...(lists ? { multiValueHeaders: {} } : { headers: {} }) };
  return { ...result, body: "a".repeat(bytes - JSON.stringify(result).length) };
}

describe.each<[SimulatedDoor["id"], string, number, number, boolean, DoorSettings?]>([
  ["alb", "bytes of a result", 1_048_576, 502, true],
  ["rest-api", "bytes of a result", lambdaBytes, 502, true],
  ["http-api", "bytes of a result", lambdaBytes, 500, false],
  ["http-api", "bytes of a result of 1.0", lambdaBytes, 500, false, format1],
  ["function-url", "bytes of a result", lambdaBytes, 502, false],
])("%s: %s", (id, _, limit, failure, lists, settings = {}) => {
  it.each([limit - 1, limit, limit + 1])("%i", (count) => {
    const event = { multiValueHeaders: {}, headers: {} };
    const { status } = simulatedDoors[id].answer(resultOf(count, lists), event, settings);
    expect(status).toBe(count > limit ? failure : 200);
  });
});

it.each([32_767, 32_768, 32_769])("alb: of a response's headers, %i bytes, 32,768 are passed on", (bytes) => {
  const values = [...Array(31).fill("y".repeat(995)), "y".repeat(bytes - 31_000 - 5)];
  const result = { statusCode: 200, multiValueHeaders: { x: values }, body: "" };
  const { status } = simulatedDoors.alb.answer(result, { multiValueHeaders: {} }, {});
  expect(status).toBe(bytes > 32_768 ? 502 : 200);
});

it("of a stream without a prelude no more is read than a prelude may have", async () => {
  let given = 0;
  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    for (; given < 1024; given++) yield Buffer.alloc(1024, "a");
  }
  const type = () => "application/vnd.awslambda.http-integration-response";
  const { status } = await readStreamed(streamingOf({ id: "rest-api" }), pieces(), type);
  expect([status, given]).toEqual([502, 255]);
});

it.each([-1, 0, 1])("of a stream of 200 MB and %i bytes 200 MB are passed on", async (more) => {
  const prelude = Buffer.concat([Buffer.from('{"statusCode":200}'), Buffer.alloc(8)]);
  const piece = new Uint8Array(1_000_000);
  let given = 0;
  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    yield prelude;
    for (; given < 199; given++) yield piece;
    yield new Uint8Array(1_000_000 + more);
    given++;
    yield new Uint8Array(0);
    given++;
  }
  const { body } = await readStreamed(
    streamingOf({ id: "rest-api" }),
    pieces(),
    () => "application/vnd.awslambda.http-integration-response",
  );
  let size = 0;
  for await (const bytes of body) size += bytes.length;
  expect(size).toBe(200_000_000 + Math.min(more, 0));
  expect(given).toBe(more < 0 ? 201 : 200);
});
