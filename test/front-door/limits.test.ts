/** What each door takes from a function, at the exact value: one below it and the value itself go out, one above is refused by us. */
import { afterAll, beforeAll, describe, expect, it, type MockInstance, vi } from "vitest";
import type { Endpoint } from "../../src/runtime/calls/endpoint.js";
import { alb } from "../../src/runtime/doors/alb.js";
import { functionUrl } from "../../src/runtime/doors/function-url.js";
import { functionUrlStream } from "../../src/runtime/doors/function-url-stream.js";
import { httpApi } from "../../src/runtime/doors/http-api.js";
import { completeResponse } from "../../src/runtime/doors/lambda-result.js";
import { restApi } from "../../src/runtime/doors/rest-api.js";
import type { HttpResponse } from "../../src/runtime/http.js";
import { grpcGateway } from "../../src/runtime/routing/profile.js";
import { LambdaResponseStream, lambdaGlobal } from "../../src/simulator/lambda-stream.js";

const format2 = { version: "2.0", rawPath: "/a", rawQueryString: "", requestContext: { http: { method: "GET" } } };
const format1 = { httpMethod: "GET", path: "/a", multiValueHeaders: {}, requestContext: {} };

/** Every door that takes a response whole, with an event of its own. */
const doors = [
  { name: "alb", make: alb, limit: 1_000_000, event: { ...format1, requestContext: { elb: {} } } },
  { name: "rest-api", make: restApi, limit: 6_291_556, event: format1 },
  { name: "http-api", make: httpApi, limit: 6_291_556, event: format2 },
  { name: "function-url", make: functionUrl, limit: 6_291_556, event: format2 },
] as const;

type Answer = Pick<HttpResponse, "headers" | "body">;

/** An API that answers whatever it is asked with `response`. */
function answering(response: Answer): Endpoint {
  const isUnrouted = ({ failure }: HttpResponse): boolean => failure?.code === 5;
  return {
    profile: grpcGateway,
    routes: [],
    finish: (refused) => (isUnrouted(refused) ? { ...refused, status: 200, ...response } : refused),
  };
}

async function resultOf({ make, event }: (typeof doors)[number], response: Answer) {
  const result = await make(answering(response))(event);
  return { status: result.statusCode, bytes: Buffer.byteLength(JSON.stringify(result)) };
}

let log: MockInstance<typeof console.error>;
beforeAll(() => {
  log = vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterAll(() => log.mockRestore());

describe.each(doors.map((door) => [door.name, door] as const))("%s", (_, door) => {
  it.each([-1, 0, 1])("takes a result of its limit and %i bytes, but none above it", async (more) => {
    const { bytes } = await resultOf(door, { headers: [], body: "" });
    const { status, bytes: sent } = await resultOf(door, { headers: [], body: "x".repeat(door.limit + more - bytes) });
    expect(status).toBe(more > 0 ? 429 : 200);
    if (more <= 0) expect(sent).toBe(door.limit + more);
  });

  it("counts characters by what they take in JSON", async () => {
    const { status } = await resultOf(door, { headers: [], body: "\u0001".repeat(Math.ceil(door.limit / 6)) });
    expect(status).toBe(429);
  });

  it("says of an event of another kind which members it has, twenty at most, in a thousand characters", async () => {
    const handler: (event: unknown) => Promise<unknown> = door.make(answering({ headers: [], body: "" }));
    const membersOf = async (event: object): Promise<string> => {
      const failure = await handler(event).catch((error: unknown) => error);
      return String(failure).replace(/^.*its keys: /, "");
    };
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`member${at}`, 1]));
    expect(JSON.parse(await membersOf(many))).toEqual(Object.keys(many).slice(0, 20));
    expect(await membersOf({ ["m".repeat(2000)]: 1 })).toHaveLength(1000);
  });
});

it("counts headers behind doors without a limit of their own for them", async () => {
  for (const door of doors.slice(1)) {
    const headers = Array.from({ length: 8 }, (_, at) => [`x-${at}`, "y".repeat(door.limit / 8)] as const);
    expect((await resultOf(door, { headers, body: "" })).status, door.name).toBe(429);
  }
});

describe("a load balancer", () => {
  const statusOf = async (sizes: readonly number[]): Promise<number> => {
    const headers = sizes.map((size) => ["x", "y".repeat(size - 5)] as const);
    return (await resultOf(doors[0], { headers, body: "" })).status;
  };

  it.each([16_383, 16_384, 16_385])(
    "takes a header of %i bytes, its separators among them, up to 16,384",
    async (size) => {
      expect(await statusOf([size])).toBe(size > 16_384 ? 429 : 200);
    },
  );

  it.each([32_767, 32_768, 32_769])("takes headers of %i bytes, up to 32,768", async (size) => {
    expect(await statusOf([10_000, 10_000, size - 20_000])).toBe(size > 32_768 ? 429 : 200);
  });
});

it.each([9, 10, 11])("a stream of %i bytes is collected up to 10, and stopped beyond", async (size) => {
  let isStopped = false;
  async function* pieces() {
    try {
      for (let at = 0; at < size; at++) yield "x";
      yield "";
    } finally {
      isStopped = true;
    }
  }
  const whole = await completeResponse({ status: 200, headers: [], body: pieces() }, 10);
  expect(whole?.body).toBe(size > 10 ? undefined : "x".repeat(size));
  expect(isStopped).toBe(true);
});

/** Lambda ends a stream at 200 MB; 64 kB of them are for the line that says so. */
it.each([-1, 0, 1])("a stream of 200 MB less 64 kB and %i bytes", async (more) => {
  vi.stubGlobal("awslambda", lambdaGlobal);
  const piece = new Uint8Array(10_000_000);
  async function* pieces() {
    for (let count = 0; count < 19; count++) yield piece;
    yield piece.subarray(65_536 - more);
  }
  const stream = new LambdaResponseStream();
  let size = 0;
  let last = "";
  stream.on("data", (bytes: Uint8Array) => {
    size += bytes.length;
    last = Buffer.from(bytes.subarray(0, 200)).toString();
  });
  const ended = new Promise((resolve) => stream.once("end", resolve));
  await functionUrlStream(answering({ headers: [], body: pieces() }))(format2, stream);
  await ended;
  vi.unstubAllGlobals();
  expect(last.includes("larger than the 200 MB")).toBe(more > 0);
  expect(size).toBeLessThanOrEqual(200_000_000);
});
