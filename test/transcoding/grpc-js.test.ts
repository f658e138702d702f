/** An existing grpc-js service object behind generated functions, with grpc-js' own Metadata and errors. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as grpc from "@grpc/grpc-js";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import { grpcJs } from "../../src/runtime/grpc-js/grpc-js.js";
import { event, loadLibrary } from "./library-functions.js";

// biome-ignore lint/suspicious/noExplicitAny: what grpc-js hands to JavaScript services
type Call = any;

class OldLibrary {
  readonly shelves = new Map([["shelves/1", { name: "shelves/1", book_count: "9007199254740993" }]]);
  getShelf(_call: Call, _callback: grpc.sendUnaryData<object>): unknown {
    return undefined;
  }
  ListShelves(_call: Call): unknown {
    return undefined;
  }
}

const oldLibrary = new OldLibrary();
let functions: Record<string, HttpApiHandler>;

beforeAll(async () => {
  functions = await loadLibrary({ oldLibrary }, { behaviour: { grpcMetadata: "forward" } });
});
beforeEach(() => {
  vi.restoreAllMocks();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

async function run(id: string, target: string, remaining = 28_000, headers: object = {}): Promise<Call> {
  const lambda = { awsRequestId: "aws-id", getRemainingTimeInMillis: () => remaining };
  const result = await functions[`old-library-service-${id}`]?.(event("GET", target, { headers }), lambda);
  return {
    ...result,
    lines: result?.body
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line)),
  };
}

describe("unary", () => {
  test("call and callback are what the object knows", async () => {
    const seen: unknown[] = [];
    vi.spyOn(oldLibrary, "getShelf").mockImplementation(function (this: OldLibrary, call, callback) {
      seen.push(
        this === oldLibrary,
        call.request,
        call.metadata.get("team"),
        call.getPath(),
        call.getPeer(),
        call.cancelled,
      );
      seen.push(call.getDeadline() instanceof Date);
      const metadata = new grpc.Metadata();
      metadata.add("etag", "v1");
      call.sendMetadata(metadata);
      callback(null, this.shelves.get(call.request.name) ?? null);
    });
    const result = await run("get-shelf", "/v0/shelves/1?page_size=4", 28_000, { "grpc-metadata-team": "blue" });
    expect(result.lines).toEqual([{ name: "shelves/1", bookCount: "9007199254740993", tags: [] }]);
    expect(result.headers).toMatchObject({ "grpc-metadata-etag": "v1" });
    const request = { name: "shelves/1", page_size: 4 };
    expect(seen).toEqual([
      true,
      request,
      ["blue"],
      "/acme.library.v1.OldLibraryService/GetShelf",
      "203.0.113.10",
      false,
      true,
    ]);
  });

  test("replies are as loose as grpc-js takes them", async () => {
    vi.spyOn(oldLibrary, "getShelf").mockImplementation((_, callback) =>
      callback(null, { book_count: 5, tags: ["a"] }),
    );
    expect((await run("get-shelf", "/v0/shelves/1")).lines).toEqual([{ name: "", bookCount: "5", tags: ["a"] }]);
  });

  test.each([
    [{ code: grpc.status.NOT_FOUND, details: "no shelf" }, 404, { code: 5, message: "no shelf" }],
    [{ code: grpc.status.UNAVAILABLE, message: "later" }, 503, { code: 14, message: "later" }],
    [Object.assign(new Error("m"), { code: grpc.status.ABORTED, details: "d" }), 409, { code: 10, message: "d" }],
    [new Error("plain"), 500, { code: 2, message: "plain" }],
    [{ name: "odd" }, 500, { code: 2, message: "Unknown Error" }],
  ])("callback(%o): %i", async (error, status, json) => {
    vi.spyOn(oldLibrary, "getShelf").mockImplementation((_, callback) => callback(error as grpc.ServiceError));
    const result = await run("get-shelf", "/v0/shelves/1");
    expect(result).toMatchObject({ statusCode: status, lines: [{ ...json, details: [] }] });
  });

  test("an error's metadata or, in its place, the callback's trailer go out as trailers", async () => {
    vi.spyOn(oldLibrary, "getShelf").mockImplementation((call, callback) => {
      const [metadata, trailer] = [new grpc.Metadata(), new grpc.Metadata()];
      metadata.set("left", "0");
      metadata.set("blob-bin", Buffer.from([1, 2, 255]));
      trailer.set("cost", "7");
      if (call.request.page_size === 1) callback({ code: 11, details: "out", metadata });
      else callback({ code: 11, details: "out", metadata }, null, trailer);
    });
    const own = await run("get-shelf", "/v0/shelves/1?page_size=1", 28_000, { te: "trailers" });
    expect(own.headers).toMatchObject({ "grpc-trailer-left": "0", "grpc-trailer-blob-bin": "AQL/" });
    const { headers } = await run("get-shelf", "/v0/shelves/1", 28_000, { te: "trailers" });
    expect(headers).toMatchObject({ "grpc-trailer-cost": "7" });
    expect(headers).not.toHaveProperty("grpc-trailer-left");
  });

  test("a method that rejects is INTERNAL", async () => {
    vi.spyOn(oldLibrary, "getShelf").mockRejectedValue(new Error("secret"));
    const result = await run("get-shelf", "/v0/shelves/1");
    expect(result).toMatchObject({ statusCode: 500, lines: [{ code: 13, message: "internal error", details: [] }] });
  });

  test("the deadline cancels the call", async () => {
    const cancelled = vi.fn();
    vi.spyOn(oldLibrary, "getShelf").mockImplementation((call) =>
      call.on("cancelled", () => cancelled(call.cancelled)),
    );
    expect(await run("get-shelf", "/v0/shelves/1", 270)).toMatchObject({ statusCode: 504 });
    expect(cancelled.mock.calls).toEqual([[true]]);
  });
});

describe("an object that is no implementation of the RPC", () => {
  test("a method that is missing is named when the function starts, and UNIMPLEMENTED when it is called", async () => {
    const log = vi.spyOn(console, "error");
    const handler = grpcJs({ getBook: () => undefined, size: 3 }, ["GetShelf", "getShelf"]);
    expect(log.mock.calls.join()).toBe(
      "the service object has no method GetShelf or getShelf, its calls are UNIMPLEMENTED; it has: getBook",
    );
    await expect(async () => handler({}, {} as never)).rejects.toMatchObject({
      code: "UNIMPLEMENTED",
      message: "The server does not implement the method GetShelf",
    });
  });

  test("inherited methods are named, getters are not run, functions of every object are no methods", () => {
    const log = vi.spyOn(console, "error");
    class Base {
      listShelves(): void {}
      get broken(): never {
        throw new Error("run");
      }
    }
    grpcJs(new (class extends Base {})(), ["ToString", "toString"]);
    expect(log.mock.calls.join()).toContain(
      "no method ToString or toString, its calls are UNIMPLEMENTED; it has: listShelves",
    );
    grpcJs({}, ["A"]);
    expect(log.mock.lastCall?.join()).toContain("it has: no methods");
  });

  test.each([undefined, null, "service", 5])("%s for a service object fails when the function starts", (value) => {
    expect(() => grpcJs(value as never, ["GetShelf"])).toThrow(
      `the implementation of GetShelf is ${value}, expected a service object: does its module export it under the configured name?`,
    );
  });

  test.each<[string, (...call: Call[]) => unknown]>([
    ["a promise of its reply", async () => ({ name: "shelves/1" })],
    ["its reply", () => ({ name: "shelves/1" })],
    ["a generator", async function* () {}],
  ])("a method that returns %s and does not call back is INTERNAL at once", async (_, implementation) => {
    vi.spyOn(oldLibrary, "getShelf").mockImplementation(implementation);
    expect(await run("get-shelf", "/v0/shelves/1")).toMatchObject({ statusCode: 500, lines: [{ code: 13 }] });
    const log = String(vi.mocked(console.error).mock.calls.join());
    expect(log).toContain("returned its reply, expected it to be passed to callback or call.write");
  });

  test.each([
    async function* (): AsyncGenerator<object> {
      yield {};
    },
    function* (): Generator<object> {
      yield {};
    },
    async () => (async function* () {})(),
  ])("a method of a stream that is %o is INTERNAL at once", async (implementation) => {
    vi.spyOn(oldLibrary, "ListShelves").mockImplementation(implementation);
    expect(await run("list-shelves", "/v0/shelves")).toMatchObject({
      statusCode: 500,
      lines: [{ error: { code: 13 } }],
    });
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["the handle of a driver", new (class Database {})()],
    ["true", true],
  ])("an async method that returns %s may call back later", async (_, returned) => {
    vi.spyOn(oldLibrary, "getShelf").mockImplementation(async (_call, callback) => {
      setTimeout(() => callback(null, { name: "shelves/1" }), 5);
      return returned;
    });
    expect(await run("get-shelf", "/v0/shelves/1")).toMatchObject({ statusCode: 200 });
  });

  test("the log says which method did not call back in time", async () => {
    vi.spyOn(oldLibrary, "getShelf").mockImplementation(async () => undefined);
    expect(await run("get-shelf", "/v0/shelves/1", 270)).toMatchObject({ statusCode: 504 });
    expect(vi.mocked(console.error).mock.calls.join()).toBe(
      "acme.library.v1.OldLibraryService/GetShelf was cancelled: it did not call back, or end its stream, in time",
    );
  });

  test("what a method returns beside its callback means nothing", async () => {
    vi.spyOn(oldLibrary, "getShelf").mockImplementation((_call, callback) => {
      callback(null, { name: "shelves/1" });
      return {};
    });
    expect(await run("get-shelf", "/v0/shelves/1")).toMatchObject({ statusCode: 200 });
    vi.spyOn(oldLibrary, "ListShelves").mockImplementation((call) => {
      setTimeout(() => call.end(), 5);
      return {};
    });
    expect(await run("list-shelves", "/v0/shelves")).toMatchObject({ statusCode: 200 });
  });
});

describe("server streaming", () => {
  const names = ["shelves/0", "shelves/1", "shelves/2"];
  const expected = names.map((name) => ({ result: { name, bookCount: "0", tags: [] } }));

  test.each<[string, (call: Call) => unknown]>([
    [
      "write and end",
      (call) => {
        for (const name of names) call.write({ name });
        call.end();
      },
    ],
    ["pipe", (call) => Readable.from(names.map((name) => ({ name }))).pipe(call)],
    ["pipeline", (call) => pipeline(Readable.from(names.map((name) => ({ name }))), call)],
    [
      "write later",
      async (call) => {
        for (const name of names) {
          await new Promise(setImmediate);
          call.write({ name });
        }
        call.end();
      },
    ],
  ])("%s", async (_, implementation) => {
    vi.spyOn(oldLibrary, "ListShelves").mockImplementation(implementation);
    expect((await run("list-shelves", "/v0/shelves")).lines).toEqual(expected);
  });

  test("write answers false when the reader is behind, and drain follows", async () => {
    const answers: boolean[] = [];
    vi.spyOn(oldLibrary, "ListShelves").mockImplementation((call) => {
      for (let index = 0; index < 40; index++) answers.push(call.write({ name: String(index) }));
      call.once("drain", () => call.end());
    });
    expect((await run("list-shelves", "/v0/shelves")).lines).toHaveLength(40);
    expect(answers[0]).toBe(true);
    expect(answers.at(-1)).toBe(false);
  });

  test.each<[string, (call: Call) => unknown, number, object[]]>([
    [
      "emit at once",
      (call) => call.emit("error", { code: 5, details: "none" }),
      404,
      [{ error: { code: 5, message: "none", details: [] } }],
    ],
    [
      "destroy at once",
      (call) => call.destroy(Object.assign(new Error(), { code: 8, details: "full" })),
      429,
      [{ error: { code: 8, message: "full", details: [] } }],
    ],
    [
      "emit after a reply",
      (call) => {
        call.write({ name: "a" });
        call.emit("error", { code: 5, details: "gone" });
      },
      200,
      [{ result: { name: "a", bookCount: "0", tags: [] } }, { error: { code: 5, message: "gone", details: [] } }],
    ],
    [
      "reject",
      async () => {
        throw new Error("secret");
      },
      500,
      [{ error: { code: 13, message: "internal error", details: [] } }],
    ],
  ])("%s", async (_, implementation, statusCode, lines) => {
    vi.spyOn(oldLibrary, "ListShelves").mockImplementation(implementation);
    expect(await run("list-shelves", "/v0/shelves")).toMatchObject({ statusCode, lines });
  });

  test("a trailer at the end, metadata before the first reply", async () => {
    vi.spyOn(oldLibrary, "ListShelves").mockImplementation((call) => {
      const metadata = new grpc.Metadata();
      metadata.set("page", "1");
      call.sendMetadata(metadata);
      call.end(metadata);
    });
    expect(await run("list-shelves", "/v0/shelves")).toMatchObject({
      statusCode: 200,
      body: "",
      headers: { "grpc-metadata-page": "1" },
    });
  });

  test("the deadline cancels the call and ends the stream", async () => {
    const cancelled = vi.fn();
    vi.spyOn(oldLibrary, "ListShelves").mockImplementation((call) => {
      call.write({ name: "a" });
      call.on("cancelled", () => cancelled(call.cancelled));
    });
    const { lines } = await run("list-shelves", "/v0/shelves", 300);
    expect(lines).toMatchObject([{ result: { name: "a" } }, { error: { code: 4 } }]);
    expect(cancelled.mock.calls).toEqual([[true]]);
  });
});
