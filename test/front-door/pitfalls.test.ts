/**
 * The traps that functions behind AWS front doors fall into, by number; `npm run test:mutations` proves that each test fails when the
 * handling is taken out. 13, 16, 17 and 18 are about what is deployed: test/deploy/pitfalls.test.ts.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { alb } from "../../src/runtime/doors/alb.js";
import type { Call } from "../../src/runtime/calls/call.js";
import { router } from "../../src/runtime/calls/endpoint.js";
import { functionUrl } from "../../src/runtime/doors/function-url.js";
import { httpApi } from "../../src/runtime/doors/http-api.js";
import type { HttpRequest } from "../../src/runtime/http.js";
import { spec } from "../../src/runtime/routing/profile.js";
import { restApi } from "../../src/runtime/doors/rest-api.js";
import { unary } from "../../src/runtime/calls/unary.js";
import type { WireRequest } from "../../src/simulator/wire.js";
import { answerEvent, type DoorName, eventOf, exchange, lambda, type TestDoor, testDoors } from "./doors.js";
import { calls, probe } from "./probe.js";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  Object.assign(calls, { count: 0, closed: 0 });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function doorOf(name: DoorName): TestDoor {
  const door = testDoors.find((candidate) => candidate.name === name);
  if (door === undefined) throw new Error(name);
  return door;
}

function get(target: string, ...headers: [string, string][]): WireRequest {
  return {
    method: "GET",
    target,
    httpVersion: "1.1",
    headers: [["Host", "api.example.com"], ["Accept", "*/*"], ...headers],
    body: new Uint8Array(),
    sourceIp: "203.0.113.10",
    scheme: "https",
  };
}

// biome-ignore lint/suspicious/noExplicitAny: results of several forms
type Result = any;

async function resultOf(name: DoorName, request: WireRequest): Promise<Result> {
  const door = doorOf(name);
  return JSON.parse(JSON.stringify(await door.make(probe)(eventOf(door, request), lambda)));
}

async function seen(name: DoorName, request: WireRequest): Promise<Result> {
  const door = doorOf(name);
  return JSON.parse(Buffer.from((await exchange(door, door.make(probe), request)).body).toString());
}

const buffered = testDoors.filter((door) => !door.streams);
const names = (doors: readonly TestDoor[]): [DoorName][] => doors.map(({ name }) => [name]);

describe("1: a path that the door has decoded", () => {
  test("is not decoded again: %41 in it is the client's text", async () => {
    expect(await seen("http-api", get("/v1/items/literal%25%32541"))).toMatchObject({ name: "items/literal%41" });
  });
  test.each([
    ["abc.lambda-url.eu-west-1.on.aws", "items/a b"],
    ["abc.execute-api.eu-west-1.amazonaws.com", "items/a%20b"],
  ])("by the domain %s", async (domainName, name) => {
    for (const make of [httpApi, functionUrl]) {
      const event: Result = { ...eventOf(doorOf("function-url"), get("/v1/items/a%20b")) };
      event.requestContext = { ...event.requestContext, domainName };
      expect(JSON.parse((await make(probe)(event, lambda)).body)).toMatchObject({ name });
    }
  });
});

describe("2: a query that the load balancer has not decoded", () => {
  test.each(["alb", "alb single-value"] as const)("%s: is decoded once, form-style, names too", async (name) => {
    expect(await seen(name, get("/v1/items/1?%61b=1+2%252B%26"))).toMatchObject({ query: [["ab", "1 2%2B&"]] });
  });
  test("malformed: 400, not a crash", async () => {
    expect(await resultOf("alb", get("/v1/items/1?a=%f"))).toMatchObject({ statusCode: 400 });
    expect(await resultOf("alb", get("/v1/items/1?%f=a"))).toMatchObject({ statusCode: 400 });
  });
  test("not UTF-8: for whoever reads the parameter", async () => {
    expect(await seen("alb", get("/v1/items/1?%ff=a"))).toMatchObject({ query: [["\udfff", "a"]] });
  });
});

test.each(["http-api", "function-url"] as const)("3: %s: commas in values do not make values", async (name) => {
  expect(await seen(name, get("/v1/items/1?a=1,2&a=3"))).toMatchObject({
    query: [
      ["a", "1,2"],
      ["a", "3"],
    ],
  });
});

test("4: a load balancer's answer has the header map that its event had", async () => {
  expect(Object.keys(await resultOf("alb", get("/v1/items/1")))).toContain("multiValueHeaders");
  expect(Object.keys(await resultOf("alb", get("/v1/items/1")))).not.toContain("headers");
  expect(Object.keys(await resultOf("alb single-value", get("/v1/items/1")))).toContain("headers");
  expect(Object.keys(await resultOf("alb single-value", get("/v1/items/1")))).not.toContain("multiValueHeaders");
});

test.each(names(buffered))("5: %s: header values are text, no map is null, a content type is there", async (name) => {
  for (const target of ["/v1/items/1", "/v1/streams/none", "/nowhere", "/v1/answers/2", "/v1/answers/11"]) {
    const { headers, multiValueHeaders } = await resultOf(name, get(target));
    const values = Object.values(headers ?? multiValueHeaders).flat();
    expect(values.every((value) => typeof value === "string")).toBe(true);
    expect(Object.keys(headers ?? multiValueHeaders)).toContain("content-type");
    expect([headers, multiValueHeaders]).not.toContain(null);
  }
});

test.each([
  ["alb", ["body", "isBase64Encoded", "multiValueHeaders", "statusCode", "statusDescription"]],
  ["alb single-value", ["body", "headers", "isBase64Encoded", "statusCode", "statusDescription"]],
  ["rest-api", ["body", "isBase64Encoded", "multiValueHeaders", "statusCode"]],
  ["http-api 1.0", ["body", "isBase64Encoded", "multiValueHeaders", "statusCode"]],
  ["http-api", ["body", "cookies", "headers", "isBase64Encoded", "statusCode"]],
  ["function-url", ["body", "cookies", "headers", "isBase64Encoded", "statusCode"]],
] as const)("6: %s: cookies go where the door takes them, and no member is unknown", async (name, members) => {
  expect(Object.keys(await resultOf(name, get("/v1/answers/2"))).sort()).toEqual(members);
});

test.each(names(buffered))("7: %s: whatever happens, there is a status", async (name) => {
  const door = doorOf(name);
  const broken = { ...probe, routes: probe.routes.map((route) => ({ ...route, answer: () => Promise.reject(null) })) };
  const result: Result = await door.make(broken)(eventOf(door, get("/v1/items/1")), lambda);
  expect(result.statusCode).toBeGreaterThanOrEqual(400);
  expect(JSON.parse(result.body)).toMatchObject({ code: expect.any(Number), details: [] });
});

test.each(names(buffered))("7: %s: events of no door are errors, which a queue notices", async (name) => {
  for (const event of [null, 7, "x", [], {}, { Records: [] }])
    await expect(doorOf(name).make(probe)(event, lambda)).rejects.toThrow("the event does not come from a");
});

test.each(names(testDoors))("7: %s: also when the wrapper itself fails", async (name) => {
  const door = doorOf(name);
  const fail = () => Promise.reject(new Error("broken"));
  const handler = door.make(probe, { compression: { maxBytes: 1, inflate: fail, deflate: fail } });
  expect((await exchange(door, handler, get("/v1/items/1"))).status).toBe(500);
});

test.each(names(buffered))("7: %s: also when it fails with the answer in its hands", async (name) => {
  const door = doorOf(name);
  const compression = {
    maxBytes: 1,
    inflate: async (request: HttpRequest) => request,
    deflate: () => Promise.reject(new Error("broken")),
  };
  expect((await exchange(door, door.make(probe, { compression }), get("/v1/items/1"))).status).toBe(500);
});

describe("8: base64", () => {
  test.each(names(testDoors.filter(({ name }) => name !== "rest-api")))("%s: bytes in, bytes out", async (name) => {
    const door = doorOf(name);
    const body = Uint8Array.of(0, 0xff, 0xfe, 0x80);
    const request = { ...get("/v1/items/1", ["Content-Type", "image/png"]), method: "PUT", body };
    expect(await seen(name, request)).toMatchObject({ body: "AP/+gA==" });
    const response = await exchange(door, door.make(probe), get("/v1/answers/9"));
    expect([...response.body]).toEqual([0x89, 0x50]);
  });
  test("only the flag counts, not the content type", async () => {
    const event = { ...eventOf(doorOf("function-url"), { ...get("/v1/items/1"), method: "PUT" }), body: "YWI=" };
    const bodies = [false, true].map(async (isBase64Encoded) =>
      JSON.parse((await functionUrl(probe)({ ...event, isBase64Encoded }, lambda)).body),
    );
    expect((await Promise.all(bodies)).map(({ body }) => body)).toEqual(["WVdJPQ==", "YWI="]);
  });
});

test.each<[DoorName, string, number]>([
  ["alb", "/v1/answers/7", 1_000_000],
  ["alb", "/v1/answers/8", 1_000_000],
  ["alb single-value", "/v1/answers/7", 1_000_000],
  ["rest-api", "/v1/answers/5", 6_291_556],
  ["http-api", "/v1/answers/5", 6_291_556],
  ["function-url", "/v1/answers/5", 6_291_556],
  ["function-url", "/v1/streams/endless", 6_291_556],
])("9: %s, %s: RESOURCE_EXHAUSTED where the door would answer 502", async (name, target, limit) => {
  const result = await resultOf(name, get(target));
  expect(result).toMatchObject({ statusCode: 429, body: expect.stringContaining('"code":8') });
  expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(limit);
});

test.each<[DoorName, number]>([
  ["alb", 1_000_000],
  ["rest-api", 6_291_556],
  ["http-api", 6_291_556],
  ["function-url", 6_291_556],
])("9: %s: no more of a stream is taken than the door would", async (name, limit) => {
  const door = doorOf(name);
  let taken = 0;
  async function* body(): AsyncGenerator<string, void, undefined> {
    for (; taken < 10 * limit; taken += 100_000) yield "x".repeat(100_000);
  }
  const routes = probe.routes.map((route) => ({
    ...route,
    answer: async () => ({ status: 200, headers: [["Content-Type", "text/plain"]] as const, body: body() }),
  }));
  const response = await exchange(door, door.make({ ...probe, routes }), get("/v1/items/1"));
  expect(response.status).toBe(429);
  expect(taken).toBeLessThan(limit + 200_000);
});

test.each(names(buffered))(
  "10: %s: DEADLINE_EXCEEDED before Lambda's time is over",
  { timeout: 3000 },
  async (name) => {
    const door = doorOf(name);
    const stuck = {
      ...probe,
      routes: probe.routes.map((route) => ({
        ...route,
        answer: (_http: unknown, _captures: unknown, { expired }: Call) => expired,
      })),
    };
    const result: Result = await door.make(stuck)(eventOf(door, get("/v1/items/1")), {
      awsRequestId: "aws-1",
      getRemainingTimeInMillis: () => 260,
    });
    expect(result).toMatchObject({ statusCode: 504, body: expect.stringContaining('"code":4') });
  },
);

describe("11: stage and base path", () => {
  const staged = (rawPath: string, stage: string): object => {
    const event: Result = { ...eventOf(doorOf("http-api"), get("/v1/items/1")), rawPath };
    return { ...event, requestContext: { ...event.requestContext, stage } };
  };
  test.each([
    ["/prod/v1/items/1", "prod", 200],
    ["/v1/items/1", "prod", 200],
    ["/production/v1/items/1", "prod", 404],
    ["/$default/v1/items/1", "$default", 404],
  ])("HTTP API %s, stage %s: %i", async (path, stage, status) => {
    expect(await httpApi(probe)(staged(path, stage), lambda)).toMatchObject({ statusCode: status });
  });
  test("a REST API has taken the stage off: a resource of its name stays", async () => {
    const live: TestDoor = { ...doorOf("rest-api"), settings: { stage: "v1" } };
    expect(await live.make(probe)(eventOf(live, get("/v1/items/1")), lambda)).toMatchObject({ statusCode: 200 });
  });
  test.each(names(testDoors))("%s: the base path, on a segment border", async (name) => {
    const door = doorOf(name);
    vi.stubEnv("GRPC2LAMBDA_BASE_PATH", "library/");
    const fromEnvironment = door.make(probe);
    vi.unstubAllEnvs();
    for (const handler of [fromEnvironment, door.make(probe, { basePath: "/library" })]) {
      expect((await exchange(door, handler, get("/library/v1/items/1"))).status).toBe(200);
      expect((await exchange(door, handler, get("/libraryv1/items/1"))).status).toBe(404);
    }
    expect((await exchange(door, door.make(probe), get("/library/v1/items/1"))).status).toBe(404);
  });
});

test.each(names(testDoors))("12: %s: verbs and deep wildcards are told apart in the function", async (name) => {
  const door = doorOf(name);
  const rpc = (method: string, segments: string[], verb: string) =>
    unary<null, string>(
      {
        service: "test.Verbs",
        method,
        kind: "unary",
        profile: spec,
        bindings: [
          {
            httpMethod: "GET",
            template: method,
            segments,
            verb,
            captures: [],
            body: false,
            decode: () => null,
            encode: (reply) => JSON.stringify(reply),
          },
        ],
      },
      () => method,
    );
  const handler = door.make(
    router([
      rpc("Deep", ["v1", "**"], ""),
      rpc("Get", ["v1", "jobs", "*"], ""),
      rpc("Cancel", ["v1", "jobs", "*"], "cancel"),
    ]),
  );
  const answers = ["/v1/jobs/1:cancel", "/v1/jobs/1", "/v1/jobs/1/2"].map((target) =>
    exchange(door, handler, get(target)),
  );
  const texts = (await Promise.all(answers)).map(({ body }) => Buffer.from(body).toString());
  expect(texts).toEqual(['"Cancel"', '"Get"', '"Deep"']);
});

describe("14: health checks, warm-ups and events of others", () => {
  test.each([{ "user-agent": "ELB-HealthChecker/2.0" }, { "user-agent": ["ELB-HealthChecker/2.0"] }])(
    "a health check without a host, for any path: %j",
    async (headers) => {
      const map = typeof headers["user-agent"] === "string" ? { headers } : { multiValueHeaders: headers };
      const event = {
        requestContext: { elb: { targetGroupArn: "arn" } },
        httpMethod: "GET",
        path: "/",
        body: "",
        isBase64Encoded: false,
        ...map,
      };
      const response = await answerEvent(doorOf("alb"), alb(probe), event);
      expect(response.status).toBe(200);
    },
  );
  const checker = { "user-agent": "ELB-HealthChecker/2.0" };
  test.each<[string, string, string, Readonly<Record<string, string>>, number, number]>([
    ["is routed where an RPC has the path", "GET", "/v1/items/1", checker, 200, 1],
    ["is refused with another method", "POST", "/", checker, 404, 0],
    ["is no other client", "GET", "/", { "user-agent": "curl/8" }, 404, 0],
  ])("what says that it is a health check %s", async (_, httpMethod, path, headers, status, called) => {
    const event = { requestContext: { elb: { targetGroupArn: "arn" } }, httpMethod, path, headers, body: "" };
    const response = await answerEvent(doorOf("alb"), alb(probe), event);
    expect([response.status, calls.count]).toEqual([status, called]);
  });
  test.each(names(testDoors))("%s: a warm-up calls no handler", async (name) => {
    const door = doorOf(name);
    for (const source of ["serverless-plugin-warmup", "aws.events", "aws.scheduler"]) {
      expect((await answerEvent(door, door.make(probe), { source })).status).toBe(200);
    }
    expect(calls.count).toBe(0);
  });
  test.each<[DoorName, DoorName[]]>([
    ["alb", ["rest-api", "http-api", "http-api 1.0", "function-url"]],
    ["rest-api", ["alb", "http-api", "function-url"]],
    ["http-api", ["alb"]],
    ["function-url", ["alb", "rest-api", "http-api 1.0"]],
  ])("%s ends events of %j in an error, as a queue needs to deliver them again", async (name, others) => {
    for (const other of others) {
      const event = eventOf(doorOf(other), get("/v1/items/1"));
      await expect(answerEvent(doorOf(name), doorOf(name).make(probe), event)).rejects.toThrow(
        "the event does not come from a",
      );
    }
    expect(calls.count).toBe(0);
  });
});

test.each(["rest-api stream", "function-url stream"] as const)(
  "15: %s: nothing to send, and errors under way",
  async (name) => {
    const door = doorOf(name);
    const none = await exchange(door, door.make(probe), get("/v1/streams/none"));
    expect([none.status, none.body.length, none.headers]).toEqual([200, 0, [["content-type", "application/json"]]]);
    const empty = await exchange(door, door.make(probe), get("/v1/answers/10"));
    expect([empty.status, empty.body.length, empty.headers]).toEqual([201, 0, [["content-type", "text/plain"]]]);
    const late = await exchange(door, door.make(probe), get("/v1/streams/late-error"));
    expect(Buffer.from(late.body).toString().split("\n")[1]).toBe(
      '{"error":{"code":15,"message":"broken","details":[]}}',
    );
  },
);

test("19: no handler takes a callback", () => {
  for (const make of [alb, restApi, httpApi, functionUrl]) expect(make(probe).length).toBeLessThan(3);
});

describe("20: headers", () => {
  test.each([
    ["rest-api", restApi],
    ["alb", alb],
  ] as const)("%s: the single map's names in any case, where there is no other", async (name, make) => {
    const { multiValueHeaders: _, ...event }: Result = eventOf(doorOf(name), get("/v1/items/1"));
    const result = await make(probe)({ ...event, headers: { "X-PROBE": "a", "x-Other": null } }, lambda);
    expect(JSON.parse(result.body)).toMatchObject({ probe: ["a"] });
  });
  test.each(names(testDoors))("%s: found in any case, dates whole, none of the connection's set", async (name) => {
    const door = doorOf(name);
    const date = "Wed, 21 Oct 2026 07:28:00 GMT";
    expect(await seen(name, get("/v1/items/1", ["X-PROBE", date]))).toMatchObject({ probe: [date] });
    const { headers } = await exchange(door, door.make(probe), get("/v1/answers/4"));
    const set = headers.map(([header]) => header.toLowerCase());
    expect(set.filter((header) => /content-length|connection|transfer-encoding/.test(header))).toEqual([]);
  });
});
