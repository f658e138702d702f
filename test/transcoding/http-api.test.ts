/** Generated Lambda functions behind an HTTP API: events in, results out. */
import { afterEach, beforeAll, beforeEach, describe, expect, type MockInstance, test, vi } from "vitest";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import type { Context } from "../../src/runtime/rpc.js";
import { event, loadLibrary } from "./library-functions.js";

// biome-ignore lint/suspicious/noExplicitAny: messages of the emitted types
type Message = any;

const shelf = { name: "shelves/1", bookCount: 3n, tags: [] };
const handlers = {
  getShelf: (_request: Message, _context: Context): Message => shelf,
  createShelf: (request: Message, _context: Context): Message => request.shelf,
  listShelves: (_request: Message, _context: Context): Message => [],
  oldLibrary: {},
};

let functions: Record<string, HttpApiHandler>;
let logged: MockInstance<typeof console.error>;

beforeAll(async () => {
  functions = await loadLibrary(handlers, { behaviour: { grpcMetadata: "forward" } });
});
beforeEach(() => {
  logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

async function call(id: string, input: unknown, remaining?: number): Promise<Message> {
  const lambda = { awsRequestId: "aws-id", getRemainingTimeInMillis: () => remaining ?? 28_000 };
  const result = await functions[id]?.(input, lambda);
  return { ...result, json: result?.body === "" ? undefined : parse(result?.body ?? "") };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

describe("requests", () => {
  test("path variables and query reach the handler once, the reply comes back as JSON", async () => {
    const getShelf = vi.spyOn(handlers, "getShelf");
    const result = await call("library-service-get-shelf", event("GET", "/v1/shelves/1?page_size=5"));
    expect(result).toMatchObject({
      statusCode: 200,
      headers: { "content-type": "application/json" },
      isBase64Encoded: false,
    });
    expect(result.json).toEqual({ name: "shelves/1", bookCount: "3", tags: [] });
    expect(getShelf.mock.calls.map(([request]) => request)).toEqual([{ name: "shelves/1", pageSize: 5 }]);
  });

  test("the handler learns what was called", async () => {
    const getShelf = vi.spyOn(handlers, "getShelf");
    const headers = {
      authorization: "Bearer x",
      "grpc-metadata-team": "blue",
      "user-agent": "test",
      "x-other": "dropped",
    };
    await call("library-service-get-shelf", event("GET", "/v1/shelves/1", { headers, cookies: ["a=1", "b=2"] }));
    const context = getShelf.mock.calls[0]?.[1];
    expect(context).toMatchObject({
      service: "acme.library.v1.LibraryService",
      method: "GetShelf",
      template: "/v1/{name=shelves/*}",
      requestId: "aws-id",
    });
    expect(context?.metadata.getMap()).toEqual({
      authorization: "Bearer x",
      "grpcgateway-authorization": "Bearer x",
      "grpcgateway-cookie": "a=1; b=2",
      "grpcgateway-user-agent": "test",
      team: "blue",
      "x-forwarded-for": "203.0.113.10",
      "x-forwarded-host": "api.example.com",
    });
    expect(context?.deadline).toBeInstanceOf(Date);
  });

  test.each([
    ["text", { body: '{"name":"a","bookCount":"9007199254740993"}' }],
    [
      "base64",
      { body: Buffer.from('{"name":"a","bookCount":"9007199254740993"}').toString("base64"), isBase64Encoded: true },
    ],
  ])("a body as %s", async (_, more) => {
    const result = await call("library-service-create-shelf", event("POST", "/v1/shelves?shelf_id=a", more));
    expect(result.json).toEqual({ name: "a", bookCount: "9007199254740993", tags: [] });
  });

  test("a path that the door has decoded is not decoded again", async () => {
    const getShelf = vi.spyOn(handlers, "getShelf");
    await call("library-service-get-shelf", event("GET", "/v1/shelves/100%25 λ"));
    expect(getShelf.mock.calls[0]?.[0].name).toBe("shelves/100%25 λ");
  });

  test("a function URL's path is decoded here", async () => {
    const getShelf = vi.spyOn(handlers, "getShelf");
    const requestContext = {
      domainName: "abc.lambda-url.eu-west-1.on.aws",
      http: { method: "GET" },
      stage: "$default",
    };
    await call("library-service-get-shelf", event("GET", "/v1/shelves/a%20b", { requestContext }));
    expect(getShelf.mock.calls[0]?.[0].name).toBe("shelves/a b");
  });

  test.each([
    ["/prod/v1/shelves/1", 200],
    ["/production/v1/shelves/1", 404],
    ["/v1/shelves/1", 200],
  ])("stage prod, path %s: %i", async (rawPath, status) => {
    const requestContext = { http: { method: "GET" }, stage: "prod" };
    expect(await call("library-service-get-shelf", event("GET", rawPath, { requestContext }))).toMatchObject({
      statusCode: status,
    });
  });

  test("payload format 1.0 in and out", async () => {
    const getShelf = vi.spyOn(handlers, "getShelf").mockImplementation((_, context) => {
      context.header.add("etag", "a");
      context.header.add("etag", "b");
      return shelf;
    });
    const result = await call("library-service-get-shelf", {
      version: "1.0",
      httpMethod: "GET",
      path: "/v1/shelves/1",
      multiValueHeaders: { "Grpc-Metadata-Team": ["red", "blue"] },
      multiValueQueryStringParameters: { pageSize: ["7"] },
      requestContext: { stage: "$default", identity: { sourceIp: "203.0.113.10" } },
      body: null,
      isBase64Encoded: false,
    });
    expect(getShelf.mock.calls[0]?.[0]).toEqual({ name: "shelves/1", pageSize: 7 });
    expect(getShelf.mock.calls[0]?.[1].metadata.get("team")).toEqual(["red", "blue"]);
    expect(getShelf.mock.calls[0]?.[1].metadata.get("x-forwarded-for")).toEqual(["203.0.113.10"]);
    expect(result.multiValueHeaders).toEqual({
      "content-type": ["application/json"],
      "grpc-metadata-etag": ["a", "b"],
    });
  });
});

describe("what goes wrong", () => {
  test.each([
    ["GET", "/v1/shelves/1?page_size=x", 400, 3, 'query parameter "page_size": expected a 32-bit integer, found "x"'],
    [
      "GET",
      "/v1/shelves/1?page_size=1&pageSize=2&page_size=3",
      400,
      3,
      'query parameter "page_size": expected one value, found 2',
    ],
    ["GET", "/v1/shelves/1?filter=%zz", 400, 3, 'invalid URL escape "%zz"'],
    [
      "GET",
      `/v1/shelves/1?${"a.".repeat(100)}a=1`,
      400,
      3,
      `query parameter "${"a.".repeat(32)}…": expected at most 100 names, found 101`,
    ],
    ["GET", "/v1/shelves", 404, 5, "Not Found"],
    ["GET", "v1/shelves/1", 400, 3, "the path does not start with /"],
    ["PUT", "/v1/shelves/1", 501, 12, "Method Not Allowed"],
  ])("%s %s: %i, and the handler isn't called", async (method, target, status, code, message) => {
    const getShelf = vi.spyOn(handlers, "getShelf");
    const result = await call("library-service-get-shelf", event(method, target));
    expect(result).toMatchObject({ statusCode: status, json: { code, message, details: [] } });
    expect(getShelf).not.toHaveBeenCalled();
  });

  test.each([
    ["not JSON", "{", "expected"],
    ["a list", "[]", "expected an object"],
    ["a wrong type", '{"bookCount":true}', "expected a 64-bit integer"],
    ["nested too deeply", '{"x":'.repeat(5000), "expected"],
    ["a number twice", '{"name":"a","name":"b"}', "expected"],
  ])("a body that is %s: 400", async (_, body, message) => {
    const createShelf = vi.spyOn(handlers, "createShelf");
    const result = await call("library-service-create-shelf", event("POST", "/v1/shelves", { body }));
    expect(result).toMatchObject({ statusCode: 400, json: { code: 3, message: expect.stringContaining(message) } });
    expect(createShelf).not.toHaveBeenCalled();
  });

  test("__proto__ in body and query reaches nothing", async () => {
    const createShelf = vi.spyOn(handlers, "createShelf");
    const body = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":"a"}';
    const target = "/v1/shelves?__proto__.polluted=1&constructor.prototype.polluted=1&shelf.__proto__.polluted=1";
    const result = await call("library-service-create-shelf", event("POST", target, { body }));
    expect(result.statusCode).toBe(200);
    expect(createShelf.mock.calls[0]?.[0]).toEqual({ shelf: { name: "a", bookCount: 0n, tags: [] }, shelfId: "" });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test("a handler's bug is INTERNAL to the client and an error in the log", async () => {
    const bug = new Error("connection string postgres://user:secret@db");
    vi.spyOn(handlers, "getShelf").mockRejectedValue(bug);
    const result = await call("library-service-get-shelf", event("GET", "/v1/shelves/1"));
    expect(result).toMatchObject({ statusCode: 500, json: { code: 13, message: "internal error", details: [] } });
    expect(logged).toHaveBeenCalledWith("acme.library.v1.LibraryService/GetShelf failed:", bug);
  });

  test.each([
    undefined,
    null,
    0,
    "text",
    Symbol("x"),
    { code: "ENOENT" },
    [1],
    // A database's, and a browser's.
    Object.assign(new Error("E11000 duplicate key: { email: 'a@b' }"), { code: 11000 }),
    Object.assign(new Error("not authorized on users"), { code: 13 }),
    new DOMException("aborted", "AbortError"),
  ])("a handler that throws something (%#): 500", async (thrown) => {
    vi.spyOn(handlers, "getShelf").mockImplementation(() => {
      throw thrown;
    });
    const result = await call("library-service-get-shelf", event("GET", "/v1/shelves/1"));
    expect(result).toMatchObject({ statusCode: 500, json: { code: 13, message: "internal error" } });
  });

  test.each([[undefined], [null], [{ bookCount: 2n ** 80n }]])(
    "a reply that cannot be written (%#): 500",
    async (reply) => {
      vi.spyOn(handlers, "getShelf").mockReturnValue(reply);
      const result = await call("library-service-get-shelf", event("GET", "/v1/shelves/1"));
      expect(result).toMatchObject({ statusCode: 500, json: { code: 2, message: "internal error" } });
    },
  );

  test("line breaks in messages and metadata don't become headers", async () => {
    vi.spyOn(handlers, "getShelf").mockImplementation(() => {
      throw Object.assign(new Error(), { code: 16, details: "no\r\nset-cookie: a=b" });
    });
    const result = await call("library-service-get-shelf", event("GET", "/v1/shelves/1"));
    expect(result.headers).toEqual({ "content-type": "application/json", "www-authenticate": "no set-cookie: a=b" });
    expect(result.json.message).toBe("no\r\nset-cookie: a=b");
  });

  test("a handler that doesn't answer in time: 504", async () => {
    const aborted = vi.fn();
    vi.spyOn(handlers, "getShelf").mockImplementation((_, context) => {
      context.signal.addEventListener("abort", aborted);
      return new Promise(() => undefined);
    });
    const result = await call("library-service-get-shelf", event("GET", "/v1/shelves/1"), 270);
    expect(result).toMatchObject({ statusCode: 504, json: { code: 4 } });
    expect(aborted).toHaveBeenCalledTimes(1);
  });

  test("a Grpc-Timeout that has passed: 504 without waiting", async () => {
    vi.spyOn(handlers, "getShelf").mockReturnValue(new Promise(() => undefined));
    const result = await call(
      "library-service-get-shelf",
      event("GET", "/v1/shelves/1", { headers: { "grpc-timeout": "1n" } }),
    );
    expect(result).toMatchObject({ statusCode: 504, json: { code: 4 } });
  });

  test("a reply that Lambda could not return: RESOURCE_EXHAUSTED", async () => {
    vi.spyOn(handlers, "getShelf").mockReturnValue({ ...shelf, name: "é".repeat(4_000_000) });
    const result = await call("library-service-get-shelf", event("GET", "/v1/shelves/1"));
    expect(result).toMatchObject({ statusCode: 429, json: { code: 8 } });
  });

  test.each([
    [undefined],
    [null],
    [42],
    ["text"],
    [{}],
    [{ version: "2.0" }],
    [{ requestContext: { elb: {} }, httpMethod: 7 }],
    [{ Records: [{ eventSource: "aws:sqs" }] }],
  ])("an event that isn't an HTTP API's (%j) is an error", async (input) => {
    await expect(call("library-service-get-shelf", input)).rejects.toThrow("the event does not come from an HTTP API");
  });

  test.each([[{ source: "serverless-plugin-warmup" }], [{ source: "aws.events", "detail-type": "Scheduled Event" }]])(
    "a warm-up event (%j) is answered without the handler",
    async (input) => {
      const getShelf = vi.spyOn(handlers, "getShelf");
      expect(await call("library-service-get-shelf", input)).toMatchObject({ statusCode: 200 });
      expect(getShelf).not.toHaveBeenCalled();
    },
  );
});

describe("server streaming", () => {
  test("a line per reply", async () => {
    vi.spyOn(handlers, "listShelves").mockImplementation(async function* ({ pageSize }) {
      for (let index = 0; index < pageSize; index++) yield { ...shelf, name: `shelves/${index}` };
    });
    const result = await call("library-service-list-shelves", event("GET", "/v1/shelves?pageSize=2"));
    expect(result).toMatchObject({ statusCode: 200, headers: { "content-type": "application/json" } });
    expect(result.body).toBe(
      '{"result":{"name":"shelves/0","bookCount":"3","tags":[]}}\n{"result":{"name":"shelves/1","bookCount":"3","tags":[]}}\n',
    );
  });

  test("an error after the first reply is a line; the log has the real one", async () => {
    const bug = new Error("secret");
    vi.spyOn(handlers, "listShelves").mockImplementation(async function* () {
      yield shelf;
      throw bug;
    });
    const result = await call("library-service-list-shelves", event("GET", "/v1/shelves"));
    expect(result.statusCode).toBe(200);
    expect(result.body.split("\n").at(1)).toBe('{"error":{"code":13,"message":"internal error","details":[]}}');
    expect(logged.mock.calls[0]?.[1]).toBe(bug);
  });

  test("a handler that stops answering: what came, then the deadline", async () => {
    const closed = vi.fn();
    vi.spyOn(handlers, "listShelves").mockImplementation(async function* (_, context) {
      try {
        yield shelf;
        await new Promise((resolve) => context.signal.addEventListener("abort", resolve));
      } finally {
        closed();
      }
    });
    const result = await call("library-service-list-shelves", event("GET", "/v1/shelves"), 270);
    expect(result.statusCode).toBe(200);
    expect(result.body.split("\n").map((line: string) => line.slice(0, 17))).toEqual([
      '{"result":{"name"',
      '{"error":{"code":',
      "",
    ]);
    await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(1));
  });

  test("more than Lambda can return: RESOURCE_EXHAUSTED, and the handler is stopped", async () => {
    const closed = vi.fn();
    vi.spyOn(handlers, "listShelves").mockImplementation(async function* () {
      try {
        while (true) yield { ...shelf, name: "x".repeat(100_000) };
      } finally {
        closed();
      }
    });
    const result = await call("library-service-list-shelves", event("GET", "/v1/shelves"));
    expect(result).toMatchObject({ statusCode: 429, json: { code: 8 } });
    expect(closed).toHaveBeenCalledTimes(1);
  });
});

test("work handed to waitUntil is finished before the function freezes", async () => {
  let finished = false;
  vi.spyOn(handlers, "getShelf").mockImplementation((_, context) => {
    context.waitUntil(new Promise((resolve) => setTimeout(resolve, 10)).then(() => (finished = true)));
    context.waitUntil(Promise.reject(new Error("ignored")));
    return shelf;
  });
  expect(await call("library-service-get-shelf", event("GET", "/v1/shelves/1"))).toMatchObject({ statusCode: 200 });
  expect(finished).toBe(true);
});

test.each([
  ["grpc-gateway", { pageSize: 2, filter: "" }],
  ["spec", { pageSize: 2, filter: "x" }],
] as const)("profile %s: the query beside body *", async (profile, request) => {
  const listShelves = vi.spyOn(handlers, "listShelves");
  const list = (await loadLibrary(handlers, { profile }))["library-service-list-shelves"];
  await list?.(event("POST", "/v1/shelves:list?filter=x", { body: '{"pageSize":2}' }));
  expect(listShelves.mock.calls.map(([message]) => message)).toEqual([request]);
});

test("HEAD stops a stream that nobody will read", async () => {
  const closed = vi.fn();
  vi.spyOn(handlers, "listShelves").mockImplementation(async function* () {
    try {
      while (true) yield shelf;
    } finally {
      closed();
    }
  });
  const list = (await loadLibrary(handlers, { profile: "spec" }))["library-service-list-shelves"];
  expect(await list?.(event("HEAD", "/v1/shelves"))).toMatchObject({ statusCode: 200, body: "" });
  expect(closed).toHaveBeenCalledTimes(1);
});

describe("profile spec", () => {
  test("405 with Allow, HEAD from GET, unknown query parameters as configured", async () => {
    const spec = await loadLibrary(handlers, { profile: "spec", unknownFields: "reject" });
    const get = spec["library-service-get-shelf"];
    expect(await get?.(event("DELETE", "/v1/shelves/1"))).toMatchObject({
      statusCode: 405,
      headers: { allow: "GET, HEAD, OPTIONS" },
    });
    expect(await get?.(event("HEAD", "/v1/shelves/1"))).toMatchObject({ statusCode: 200, body: "" });
    expect(await get?.(event("GET", "/v1/shelves/1?pgae_size=1"))).toMatchObject({
      statusCode: 400,
      body: '{"code":3,"message":"query parameter \\"pgae_size\\": expected the name of a field, found \\"pgae_size\\"","details":[]}',
    });
  });
});
