/** The user's code around generated functions: interceptors, error mapper, header matchers. */
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { ErrorMapper, HeaderMatchers } from "../../src/runtime/customize.js";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import type { Interceptor } from "../../src/runtime/interceptors.js";
import { Metadata } from "../../src/runtime/metadata.js";
import { matchHeader } from "../../src/runtime/request-metadata.js";
import type { Context } from "../../src/runtime/rpc.js";
import { httpStatus } from "../../src/runtime/status.js";
import { event, loadLibrary } from "./library-functions.js";

// biome-ignore lint/suspicious/noExplicitAny: messages of the emitted types
type Message = any;

const steps: string[] = [];
const contexts: Context[] = [];
let refuse: Error | undefined;
let spoil: (() => unknown) | undefined;

/** Writes down what it sees, and refuses when the test says so. */
function recorder(name: string): Interceptor {
  return {
    before(context) {
      steps.push(`${name} before ${context.http.method} ${context.template} (${context.binding})`);
      contexts.push(context);
      if (name === "api" && refuse !== undefined) context.header.set("etag", "set before");
      if (name === "own" && refuse !== undefined) throw refuse;
    },
    async unary(request, _context, next) {
      steps.push(`${name} in`);
      const reply = await next(request);
      steps.push(`${name} out`);
      return { ...(reply as object), tags: [...(reply as Message).tags, name] };
    },
    async *serverStream(request, _context, next) {
      for await (const reply of next(request)) yield { ...(reply as object), tags: [name] };
    },
    after(response) {
      steps.push(`${name} after ${response.status} ${response.failure?.code ?? "-"}`);
      if (name === "own" && spoil !== undefined) return spoil() as undefined;
      return { ...response, headers: [...response.headers, [`X-${name}`, "seen"]] };
    },
  };
}

const problems: ErrorMapper = (status, request) => ({
  headers: [["Content-Type", "application/problem+json"]],
  body: JSON.stringify({
    title: status.message,
    status: httpStatus(status.code),
    instance: request?.path,
  }),
});

const headers: HeaderMatchers = {
  incoming: (header) => (header === "x-tenant" ? "tenant" : matchHeader(header)),
  outgoing: (key) => ({ cookie: "Set-Cookie", etag: "ETag", "content-type": "Content-Type", bad: "a b" })[key],
};

const handlers = {
  getShelf: (request: Message, _context: Context): Message => ({ name: request.name, bookCount: 0n, tags: [] }),
  createShelf: (request: Message): Message => request.shelf,
  listShelves: (): Message => [{ name: "a", bookCount: 0n, tags: [] }],
  oldLibrary: { getShelf: (call: Message, callback: Message) => callback(null, { name: call.request.name, tags: [] }) },
  interceptors: { api: [recorder("api")], own: [recorder("own")] },
  errorMapper: problems,
  headers,
};

let functions: Record<string, HttpApiHandler>;

beforeAll(async () => {
  const from = (module: string, exportName: string) => ({ module: `src/${module}`, exportName });
  functions = await loadLibrary(
    handlers,
    {},
    {
      plan: {
        interceptors: from("interceptors", "api"),
        customization: { errorMapper: from("errors", "errorMapper"), headers: from("errors", "headers") },
      },
      services: { "acme.library.v1.LibraryService": { interceptors: from("interceptors", "own") } },
    },
  );
});
beforeEach(() => {
  vi.restoreAllMocks();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  steps.length = 0;
  contexts.length = 0;
  refuse = undefined;
  spoil = undefined;
});

async function call(
  id: string,
  method: string,
  target: string,
  more: { headers?: object; body?: string } = {},
  remaining = 28_000,
): Promise<Message> {
  const lambda = { awsRequestId: "id", getRemainingTimeInMillis: () => remaining };
  return functions[id]?.(event(method, target, more), lambda);
}

describe("interceptors", () => {
  test("the API's are around the service's, which are around the handler", async () => {
    const result = await call("library-service-get-shelf", "GET", "/v1/shelves/1");
    expect(JSON.parse(result.body).tags).toEqual(["own", "api"]);
    expect(steps).toEqual([
      "api before GET /v1/{name=shelves/*} (0)",
      "own before GET /v1/{name=shelves/*} (0)",
      "api in",
      "own in",
      "own out",
      "api out",
      "own after 200 -",
      "api after 200 -",
    ]);
    expect(result.headers).toMatchObject({ "x-own": "seen", "x-api": "seen" });
    expect(contexts[0]).toMatchObject({ service: "acme.library.v1.LibraryService", method: "GetShelf" });
  });

  test("a refusal comes before decoding, and the handler never runs", async () => {
    refuse = Object.assign(new Error(), { code: 16, details: "who are you" });
    const getShelf = vi.spyOn(handlers, "getShelf");
    const result = await call("library-service-get-shelf", "GET", "/v1/shelves/1?page_size=x");
    expect(result.statusCode).toBe(401);
    expect(getShelf).not.toHaveBeenCalled();
    expect(steps.slice(2)).toEqual(["own after 401 16", "api after 401 16"]);
  });

  test("a refusal has the metadata that was set before, and its own", async () => {
    const metadata = new Metadata();
    metadata.set("hint", "log in");
    refuse = Object.assign(new Error(), { code: 16, details: "who are you", metadata });
    const te = { headers: { te: "trailers" } };
    const result = await call("library-service-get-shelf", "GET", "/v1/shelves/1", te);
    expect(result.headers).toMatchObject({ etag: "set before", "grpc-trailer-hint": "log in" });
  });

  test.each<[string, () => unknown, string]>([
    ["decoding", () => call("library-service-get-shelf", "GET", "/v1/shelves/1?page_size=x"), "own after 400 3"],
    ["the deadline", () => call("library-service-get-shelf", "GET", "/v1/shelves/1", {}, 260), "own after 504 4"],
    [
      "an exception in an interceptor",
      () => {
        refuse = new Error("secret");
        return call("library-service-get-shelf", "GET", "/v1/shelves/1");
      },
      "own after 500 13",
    ],
  ])("what comes after sees %s", async (name, run, step) => {
    if (name === "the deadline") vi.spyOn(handlers, "getShelf").mockReturnValue(new Promise(() => undefined));
    await run();
    expect(steps).toContain(step);
  });

  test("streams, by any binding", async () => {
    const result = await call("library-service-list-shelves", "POST", "/v1/shelves:list", { body: "{}" });
    expect(result.body).toBe('{"result":{"name":"a","bookCount":"0","tags":["api"]}}\n');
    expect(steps[0]).toBe("api before POST /v1/shelves:list (1)");
  });

  test("an existing grpc-js object", async () => {
    const result = await call("old-library-service-get-shelf", "GET", "/v0/shelves/1");
    expect(JSON.parse(result.body)).toMatchObject({ name: "shelves/1", tags: ["api"] });
    expect(result.headers["x-own"]).toBe(undefined);
  });
});

describe("what comes after", () => {
  const hang = (): Promise<void> => new Promise(() => undefined);

  test.each<[string, string, string, number]>([
    ["a reply", "library-service-get-shelf", "/v1/shelves/1", 350],
    ["an error", "library-service-get-shelf", "/v1/shelves/1?page_size=x", 350],
    ["a stream", "library-service-list-shelves", "/v1/shelves", 350],
    ["a call that expired", "library-service-get-shelf", "/v1/shelves/1", 0],
  ])("has to be done soon after the deadline: %s", async (_, id, target, remaining) => {
    spoil = hang;
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let result: Message;
    const answered = call(id, "GET", target, {}, remaining).then((answer) => {
      result = answer;
    });
    // Lambda would end it after 350 ms.
    await vi.advanceTimersByTimeAsync(remaining === 0 ? 110 : 210);
    vi.useRealTimers();
    await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, 1000))]);
    expect(result.statusCode).toBe(504);
    expect(JSON.parse(result.body)).toMatchObject({ status: 504, title: expect.stringContaining("deadline") });
    expect(steps.at(-1)).toBe("api after 504 4");
    expect(result.headers).toMatchObject({ "x-api": "seen" });
  });

  test("may fail, and the handler of a stream that is not sent gets to clean up", async () => {
    spoil = () => {
      throw new Error("secret");
    };
    let isClosed = false;
    vi.spyOn(handlers, "listShelves").mockImplementation(async function* () {
      try {
        yield { name: "a", bookCount: 0n, tags: [] };
      } finally {
        isClosed = true;
      }
      // biome-ignore lint/suspicious/noExplicitAny: an iterable as good as a list
    } as any);
    const result = await call("library-service-list-shelves", "GET", "/v1/shelves");
    expect([result.statusCode, isClosed]).toEqual([500, true]);
    expect(result.body).not.toContain("secret");
    expect(steps.slice(-2)).toEqual(["own after 200 -", "api after 500 13"]);
  });
});

describe("error mapper", () => {
  test.each([
    ["routing", "/v1/nowhere", 404, "Not Found"],
    ["decoding", "/v1/shelves/1?page_size=x", 400, expect.stringContaining("page_size")],
  ])("%s", async (_, path, statusCode, title) => {
    const result = await call("library-service-get-shelf", "GET", path);
    expect(result).toMatchObject({ statusCode, headers: { "content-type": "application/problem+json" } });
    expect(JSON.parse(result.body)).toEqual({ title, status: statusCode, instance: path.split("?")[0] });
  });

  test("a reply is not asked about", async () => {
    const result = await call("library-service-get-shelf", "GET", "/v1/shelves/1");
    expect(result.headers["content-type"]).toBe("application/json");
  });
});

test("header matchers", async () => {
  vi.spyOn(handlers, "getShelf").mockImplementation((request, context) => {
    for (const key of ["cookie", "etag", "content-type", "bad", "dropped"]) context.header.add(key, `${key} value`);
    context.header.add("cookie", "second");
    return { name: request.name, bookCount: 0n, tags: [] };
  });
  const sent = { headers: { "x-tenant": "blue", accept: "x" } };
  const result = await call("library-service-get-shelf", "GET", "/v1/shelves/1", sent);
  expect(contexts[0]?.metadata.getMap()).toMatchObject({ tenant: "blue", "grpcgateway-accept": "x" });
  expect(result.cookies).toEqual(["cookie value", "second"]);
  expect(Object.keys(result.headers).sort()).toEqual(["content-type", "etag", "x-api", "x-own"]);
  expect(result.headers).toMatchObject({ etag: "etag value", "content-type": "application/json" });
});
