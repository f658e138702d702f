/** The line of each request: what it has for replies, refusals, errors and streams, and what it does not have. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { failedRequests } from "../../src/runtime/observability/failed-requests.js";
import { observe } from "../../src/runtime/observability/observe.js";
import { requestLines } from "../../src/runtime/observability/request-lines.js";
import { sampleSuccesses } from "../../src/runtime/observability/sample-successes.js";
import { DecodeError } from "../../src/runtime/values/decode-error.js";
import { RpcError, type StatusCode } from "../../src/runtime/status.js";
import { type Handlers, type Line, observed } from "./observed.js";

beforeEach(() => void vi.stubEnv("AWS_LAMBDA_LOG_LEVEL", undefined));
afterEach(() => void vi.unstubAllEnvs());

const run = (handlers: Handlers, secrets: readonly string[] = []) =>
  observed(observe({ api: "shop", report: requestLines(failedRequests(secrets)) }), handlers);

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

test("a reply", async () => {
  vi.stubEnv("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
  const { lines } = await run({})();
  expect(lines).toEqual([
    {
      timestamp: time,
      level: "INFO",
      message: "request",
      api: "shop",
      service: "acme.v1.Shop",
      method: "Buy",
      httpMethod: "POST",
      template: "/v1/{name=items/*}:buy",
      status: 200,
      code: "OK",
      durationMs: expect.any(Number),
      coldStart: expect.any(Boolean),
      requestId: "request-1",
      traceId: "1-5759e988-bd862e3fe1be46a994272793",
    },
  ]);
});

test("the first request of a process is its cold start, unless instances are provisioned", async () => {
  const coldStarts = async (): Promise<unknown[]> => {
    vi.resetModules();
    const { observe: fresh } = await import("../../src/runtime/observability/observe.js");
    const send = observed(fresh({ api: "shop", report: requestLines() }), {});
    return [...(await send()).lines, ...(await send()).lines].map(({ coldStart }) => coldStart);
  };
  expect(await coldStarts()).toEqual([true, false]);
  vi.stubEnv("AWS_LAMBDA_INITIALIZATION_TYPE", "provisioned-concurrency");
  expect(await coldStarts()).toEqual([false, false]);
});

test("the trace of a load balancer is that of its header", async () => {
  const { lines } = await run({})({
    headers: { "x-amzn-trace-id": "Self=1-2-3;Root=1-67891233-abcdef012345678912345678" },
  });
  expect(lines[0]?.["traceId"]).toBe("1-67891233-abcdef012345678912345678");
});

describe("requests that no handler answers", () => {
  test.each([
    ["no route", { path: "/v1/nothing" }, { level: "WARN", status: 404, code: "NOT_FOUND", reason: "Not Found" }],
    ["another method", { method: "PUT", path: "/v1/items/1" }, { level: "WARN", status: 405, code: "UNIMPLEMENTED" }],
    ["no path", { path: "items" }, { level: "WARN", status: 400, code: "INVALID_ARGUMENT" }],
    [
      "a body that is no JSON",
      { body: "{" },
      { level: "WARN", status: 400, code: "INVALID_ARGUMENT", service: "acme.v1.Shop", method: "Buy" },
    ],
  ])("%s", async (_, sent, expected) => {
    const handler = vi.fn();
    const { lines } = await run({ buy: handler, watch: handler })(sent);
    expect(handler).not.toHaveBeenCalled();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject(expected);
    for (const name of ["service", "error", "request"]) expect(lines[0]?.[name]).toBe((expected as Line)[name]);
  });
});

describe("errors", () => {
  const fail = (error: unknown): Handlers => ({
    buy: () => {
      throw error;
    },
  });

  test.each<[StatusCode, string]>([
    ["NOT_FOUND", "WARN"],
    ["RESOURCE_EXHAUSTED", "WARN"],
    ["UNKNOWN", "ERROR"],
    ["DEADLINE_EXCEEDED", "ERROR"],
    ["UNIMPLEMENTED", "ERROR"],
    ["INTERNAL", "ERROR"],
    ["UNAVAILABLE", "ERROR"],
    ["DATA_LOSS", "ERROR"],
  ])("%s is of level %s", async (code, level) => {
    const { lines } = await run(fail(new RpcError(code, "why")))();
    expect(lines).toEqual([expect.objectContaining({ level, code, reason: "why" })]);
    expect("error" in (lines[0] ?? {})).toBe(level === "ERROR");
  });

  test("an exception is in the line once, with its cause, and not on the console", async () => {
    const console_ = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const thrown = new TypeError("no disk", { cause: new Error("ENODEV") });
    const { status, lines } = await run(fail(thrown))();
    expect([status, lines.length, console_.mock.calls]).toEqual([500, 1, []]);
    console_.mockRestore();
    const stack = expect.stringMatching(/^ {4}at .*request-lines\.test\.ts/);
    expect(lines[0]).toMatchObject({
      level: "ERROR",
      code: "INTERNAL",
      reason: "internal error",
      error: { name: "TypeError", message: "no disk", stack, cause: { name: "Error", message: "ENODEV", stack } },
    });
    expect(JSON.stringify(lines[0]).match(/no disk/g)).toHaveLength(1);
  });

  test.each([["text"], [undefined], [null], [7n], [{ code: 13 }]])("%s that is thrown", async (thrown) => {
    const { lines } = await run(fail(thrown))();
    expect(lines).toEqual([expect.objectContaining({ level: "ERROR", code: "INTERNAL" })]);
  });

  const cause = new Error("around");
  cause.cause = cause;
  test.each([
    ["a symbol", Symbol("x"), "symbol"],
    ["an object that contains itself", { self: globalThis }, "object"],
    ["an error that is its own cause", cause, "object"],
    ["a quoted token", new Error('found "Bearer abcdef"'), expect.objectContaining({ message: 'found "[redacted]"' })],
    ["an escape before a key", new Error("\rk_aaaaaaaaaaaa"), expect.objectContaining({ message: "\rk_aaaaaaaaaaaa" })],
    ["a key on a line", new Error("\nghp_aaaaaaaaaaaa"), expect.objectContaining({ message: "\n[redacted]" })],
    ["a long message", new Error("x".repeat(9000)), expect.objectContaining({ message: "x".repeat(8000) })],
    [
      "headers of a client",
      { config: { headers: { Authorization: "abc" }, url: "/" } },
      { config: { headers: { Authorization: "[redacted]" }, url: "/" } },
    ],
  ])("%s that is thrown does not change the answer", async (_, thrown, error) => {
    const { status, lines } = await run(fail(thrown))();
    expect([status, lines]).toEqual([500, [expect.objectContaining({ level: "ERROR", error })]]);
  });

  test.each([
    ["GET /v1?access_token=a.b-c%3D&x=1", "GET /v1?access_token=[redacted]&x=1"],
    ["API_TOKEN=abc, Password=hunter2; id=1", "API_TOKEN=[redacted], Password=[redacted]; id=1"],
    ["?X-Amz-Credential=AK%2F1&X-Amz-Signature=f00", "?X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted]"],
    ["{ user: 'ada', password: 'hunter2' }", "{ user: 'ada', password: '[redacted]' }"],
    ["JSESSIONID=1 session_id=2", "JSESSIONID=[redacted] session_id=[redacted]"],
    ["token: expected a text", "token: expected a text"],
    ["monkey=1 author=ada a=token", "monkey=1 author=ada a=token"],
  ])("what a text gives to the name of a credential: %s", async (message, shown) => {
    const { lines } = await run(fail(new Error(message)))();
    expect(lines).toEqual([expect.objectContaining({ error: expect.objectContaining({ message: shown }) })]);
  });

  test.each([
    ["nested too deeply", "[".repeat(40_000) + "]".repeat(40_000), /"body":"80000 bytes"/],
    ["very long", `"${"x".repeat(100_000)}"`, /"body":"100002 bytes"/],
    ["text that begins like a token everywhere", `"${"eyJ".repeat(9000)}"`, /"body":"eyJeyJ/],
  ])("a body that is %s does not change the answer", async (_, body, shown) => {
    // No binding of this RPC reads the body.
    const send = run({
      watch: () => {
        throw new Error("x");
      },
    });
    const { status, lines } = await send({ method: "GET", path: "/v1/items/1", body });
    expect([status, lines[0]?.["request"]]).toEqual([500, expect.stringMatching(shown)]);
  });

  test("the reason of a refusal does not show the value of a field that is secret", async () => {
    const refuse = (path: string) => run(fail(new DecodeError("a text", "1234", path)), ["pin"])();
    for (const path of ["card.pin", "pin[3]", "cards[2].pin"])
      expect((await refuse(path)).lines[0]?.["reason"]).toBe("[redacted]");
    expect((await refuse("name")).lines[0]?.["reason"]).toBe("name: expected a text, found 1234");
  });

  test("the request is there without its secrets", async () => {
    const { lines } = await run(
      fail(new Error("see https://user:pw@db.example and eyJhbGciOiJIUzI1.eyJzdWIiOjEyfQ.c2ln")),
      ["pin"],
    )({
      query: "page_size=3&access_token=abc&card.pin=1234",
      headers: {
        authorization: "Bearer abc",
        cookie: "session=1",
        "x-api-key": "abc",
        "x-note": "Bearer abcdef",
        "user-agent": "curl",
      },
      body: JSON.stringify({
        title: "x",
        author: "y",
        password: "pw",
        card: [{ pin: 1234, holder: "AKIAABCDEFGHIJKLMNOP" }],
      }),
    });
    const { error, request } = lines[0] as { error: { message: string }; request: string };
    expect(error.message).toBe("see https://[redacted]db.example and [redacted]");
    expect(JSON.parse(request)).toEqual({
      path: "/v1/items/1:buy",
      query: { page_size: "3", access_token: "[redacted]", "card.pin": "[redacted]" },
      headers: {
        authorization: "[redacted]",
        cookie: "[redacted]",
        "x-api-key": "[redacted]",
        "x-note": ["[redacted]"],
        "user-agent": ["curl"],
      },
      body: { title: "x", author: "y", password: "[redacted]", card: [{ pin: "[redacted]", holder: "[redacted]" }] },
    });
  });

  test("a body that is no JSON is a number of bytes, and a long request is cut", async () => {
    const broken = run({ watch: () => [], buy: () => Promise.reject(new Error("x")) });
    const long = await broken({ body: JSON.stringify({ text: "x".repeat(20_000) }) });
    expect(String(long.lines[0]?.["request"])).toHaveLength(8000);
  });
});

describe("streams", () => {
  test("the line has the number of messages", async () => {
    const { lines } = await run({ watch: () => ["a", "b", "c"] })({ method: "GET", path: "/v1/items/1" });
    expect(lines).toEqual([expect.objectContaining({ method: "Watch", status: 200, code: "OK", messages: 3 })]);
  });

  test("a stream that breaks off has the code of its end", async () => {
    const watch = function* () {
      yield "a";
      throw new Error("no more");
    };
    const { status, lines } = await run({ watch })({ method: "GET", path: "/v1/items/1" });
    expect(status).toBe(200);
    expect(lines).toEqual([
      expect.objectContaining({
        level: "ERROR",
        status: 200,
        code: "INTERNAL",
        messages: 1,
        error: expect.objectContaining({ message: "no more" }),
      }),
    ]);
  });
});

describe("levels", () => {
  const levelsAt = async (level: string | undefined): Promise<unknown[]> => {
    vi.stubEnv("AWS_LAMBDA_LOG_LEVEL", level);
    const send = run({
      buy: (_, { log }) => {
        for (const each of ["debug", "info", "warn", "error"] as const) log[each](each);
        return "";
      },
    });
    return (await send()).lines.map(({ message }) => message);
  };
  test.each([
    [undefined, ["info", "warn", "error", "request"]],
    ["TRACE", ["debug", "info", "warn", "error", "request"]],
    ["DEBUG", ["debug", "info", "warn", "error", "request"]],
    ["INFO", ["info", "warn", "error", "request"]],
    ["WARN", ["warn", "error"]],
    ["ERROR", ["error"]],
    ["FATAL", []],
    ["OFF", []],
  ])("%s", async (level, expected) => {
    expect(await levelsAt(level)).toEqual(expected);
  });
});

test("of successes a share has a line, by RPC; every error has one", async () => {
  const lines = requestLines();
  const send = observed(observe({ api: "shop", report: sampleSuccesses(1, { "acme.v1.Shop/Buy": 0.25 }, lines) }), {
    watch: () => ["a"],
  });
  const random = vi.spyOn(Math, "random");
  const count = async (value: number, sent: Parameters<typeof send>[0]): Promise<number> => {
    random.mockReturnValue(value);
    return (await send(sent)).lines.length;
  };
  expect(await count(0.24, {})).toBe(1);
  expect(await count(0.25, {})).toBe(0);
  expect(await count(0.99, { method: "GET", path: "/v1/items/1" })).toBe(1);
  expect(await count(0.99, { body: "{" })).toBe(1);
  random.mockRestore();
});

describe("context.log", () => {
  const logged = async (fields: Record<string, unknown>): Promise<Line> => {
    const send = run({
      buy: (_, { log }) => {
        log.warn("low", fields);
        return "";
      },
    });
    return (await send()).lines[0] ?? {};
  };

  test("its lines have the RPC and the ids, which fields cannot replace", async () => {
    const ids = { service: "acme.v1.Shop", method: "Buy", requestId: "request-1" };
    const line = { timestamp: time, level: "WARN", message: "low", ...ids };
    const error = { name: "RangeError", message: "r", stack: expect.stringMatching(/^ {4}at /) };
    expect(await logged({ left: 3n, error: new RangeError("r") })).toEqual({ ...line, left: "3", error });
    expect(await logged({ left: 3n, method: "card" })).toEqual({ ...line, fields: { left: "3", method: "card" } });
    expect(await logged({ level: "x" })).toEqual({ ...line, fields: { level: "x" } });
  });

  test("what has no JSON leaves the line without fields", async () => {
    const list: unknown[] = [];
    list.push(list);
    expect(await logged({ list })).toMatchObject({ message: "low", method: "Buy" });
  });
});

test("warm-ups have no line, and a foreign event is Lambda's to report", async () => {
  const { httpApi } = await import("../../src/runtime/doors/http-api.js");
  const report = vi.fn();
  const { unrouted } = await import("../../src/runtime/calls/unrouted.js");
  const { spec } = await import("../../src/runtime/routing/profile.js");
  const handler = httpApi(unrouted(spec, []), { observer: observe({ api: "shop", report }) });
  await handler({ source: "aws.events" });
  await expect(handler({ Records: [] })).rejects.toThrow("the event does not come from an HTTP API");
  expect(report).not.toHaveBeenCalled();
});
