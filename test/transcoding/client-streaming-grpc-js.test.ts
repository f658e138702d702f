/** Existing grpc-js objects whose RPCs stream their requests. */
import { pipeline } from "node:stream/promises";
import { Metadata } from "@grpc/grpc-js";
import { describe, expect, test, vi } from "vitest";
import { collect, handlers, type Loose, post, setUpStreams, two } from "./stream-service.js";

setUpStreams();

describe("an existing grpc-js object", () => {
  const body = '{"title":"a"}{"title":"b"}';
  const reply = (books: Loose[]) => ({ count: books.length, titles: books.map(({ title }) => title) });

  test.each<[string, (call: Loose, callback: Loose) => unknown]>([
    [
      "data and end",
      (call, callback) => {
        const books: Loose[] = [];
        call.on("data", (book: Loose) => books.push(book));
        call.on("end", () => callback(null, reply(books)));
      },
    ],
    ["for await", async (call, callback) => callback(null, reply(await collect(call)))],
    [
      "pause and resume",
      (call, callback) => {
        const books: Loose[] = [];
        call.on("data", (book: Loose) => {
          books.push(book);
          call.pause();
          setTimeout(() => call.resume(), 2);
        });
        call.on("end", () => callback(null, reply(books)));
      },
    ],
    ["nothing", (_, callback) => callback(null, { count: 2, titles: ["a", "b"] })],
  ])("reads with %s", async (_, implementation) => {
    vi.spyOn(handlers.old, "addBooks").mockImplementation(implementation);
    expect(await post("old-shelf-add-books", body)).toMatchObject(two);
  });

  test("gets the call that it knows, and its objects", async () => {
    const seen: unknown[] = [];
    vi.spyOn(handlers.old, "addBooks").mockImplementation(async function (this: unknown, call, callback) {
      seen.push(
        this === handlers.old,
        call.getPath(),
        call.metadata.get("grpcgateway-from"),
        call.cancelled,
        call.getPeer(),
      );
      seen.push(call.getDeadline() instanceof Date, ...(await collect(call)));
      const metadata = new Metadata();
      metadata.set("etag", "v1");
      call.sendMetadata(metadata);
      callback(null, { titles: ["a"] }, metadata);
    });
    const headers = { from: "blue", te: "trailers" };
    const result = await post("old-shelf-add-books", '{"title":"a","pages":5}', { headers });
    expect(seen).toEqual([
      ...[true, "/t.OldShelf/AddBooks", ["blue"], false, "203.0.113.10", true],
      { title: "a", pages: "5", parts: [], marks: {}, cover: Buffer.alloc(0) },
    ]);
    expect(result).toMatchObject({
      status: 200,
      lines: [{ count: 0, titles: ["a"] }],
      headers: { "grpc-metadata-etag": "v1", "grpc-trailer-etag": "v1" },
    });
  });

  test.each<[string, (call: Loose, callback: Loose) => unknown, number, object]>([
    ["callback", (_, callback) => callback({ code: 5, details: "none" }), 404, { code: 5, message: "none" }],
    ["error event", (call) => call.emit("error", { code: 8, details: "full" }), 429, { code: 8, message: "full" }],
    [
      "destroy",
      (call) => call.destroy(Object.assign(new Error(), { code: 10, details: "off" })),
      409,
      { code: 10, message: "off" },
    ],
    [
      "throw",
      () => {
        throw new Error("secret");
      },
      500,
      { code: 2, message: "Unknown error" },
    ],
    [
      "reject",
      async () => {
        throw new Error("secret");
      },
      500,
      { code: 13, message: "internal error" },
    ],
  ])("fails by %s", async (_, implementation, status, error) => {
    vi.spyOn(handlers.old, "addBooks").mockImplementation(implementation);
    expect(await post("old-shelf-add-books", body)).toMatchObject({ status, lines: [error] });
  });

  test("is cancelled by the deadline", async () => {
    const cancelled = vi.fn();
    let call: Loose;
    vi.spyOn(handlers.old, "addBooks").mockImplementation((given) => {
      call = given;
      call.on("cancelled", () => cancelled(call.cancelled));
    });
    expect(await post("old-shelf-add-books", body, { remaining: 270 })).toMatchObject({ status: 504 });
    expect(cancelled.mock.calls).toEqual([[true]]);
    expect(call.destroyed).toBe(true);
  });

  const shouted = ["a!", "b!"].map((title) => ({ result: { title, pages: "0", parts: [], marks: {}, cover: "" } }));
  const shout = async function* (books: AsyncIterable<Loose>): AsyncGenerator<Loose> {
    for await (const { title } of books) yield { title: `${title}!` };
  };

  test.each<[string, (call: Loose) => unknown]>([
    [
      "data and end",
      (call) => {
        call.on("data", ({ title }: Loose) => call.write({ title: `${title}!` }));
        call.on("end", () => call.end());
      },
    ],
    ["pipeline", (call) => pipeline(call, shout, call)],
    [
      "for await",
      async (call) => {
        for await (const book of shout(call)) call.write(book);
        call.end();
      },
    ],
    [
      "all replies before the first request",
      (call) => {
        for (const title of ["a!", "b!"]) call.write({ title });
        call.end();
      },
    ],
  ])("talks with %s", async (_, implementation) => {
    vi.spyOn(handlers.old, "Talk").mockImplementation(implementation);
    expect(await post("old-shelf-talk", body)).toMatchObject({ status: 200, lines: shouted });
  });

  test("breaks off a talk", async () => {
    vi.spyOn(handlers.old, "Talk").mockImplementation((call) => {
      call.once("data", () => {
        call.write({ title: "a!" });
        call.emit("error", { code: 5, details: "gone" });
      });
    });
    const lines = [shouted[0], { error: { code: 5, message: "gone", details: [] } }];
    expect(await post("old-shelf-talk", body)).toMatchObject({ status: 200, lines });
    vi.spyOn(handlers.old, "Talk").mockImplementation((call) => call.destroy(new Error("plain")));
    expect(await post("old-shelf-talk", body)).toMatchObject({ status: 500, lines: [{ error: { code: 2 } }] });
  });

  test("is cancelled by the deadline in a talk", async () => {
    const cancelled = vi.fn();
    vi.spyOn(handlers.old, "Talk").mockImplementation((call) => call.on("cancelled", () => cancelled(call.cancelled)));
    expect(await post("old-shelf-talk", body, { remaining: 270 })).toMatchObject({ status: 504 });
    expect(cancelled.mock.calls).toEqual([[true]]);
  });
});
