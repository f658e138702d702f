/** RPCs that stream their requests, generated, bundled and called with events: the messages of one body are the stream. */
import { pipeline } from "node:stream/promises";
import { Metadata } from "@grpc/grpc-js";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { namePlan } from "../../src/emit/names/name-plan.js";
import { emitFiles } from "../../src/emit/emit-files.js";
import type { ClientStreaming } from "../../src/plan/plan.js";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import type { Interceptor } from "../../src/runtime/interceptors.js";
import { isWellFormed } from "../../src/runtime/json/json-read.js";
import type { Context } from "../../src/runtime/rpc.js";
import { loadEmitted } from "../support/load-emitted.js";
import { type PlanFromProtoOptions, planFromProto } from "../support/plan-from-proto.js";
import { fc, runs } from "../support/property.js";
import { event, oldStyle } from "./library-functions.js";

// biome-ignore lint/suspicious/noExplicitAny: messages of the emitted types, calls of grpc-js, results of Lambda
type Loose = any;

const proto = `
syntax = "proto3";
package t;
import "google/api/annotations.proto";
import "google/api/httpbody.proto";
import "google/protobuf/struct.proto";

service Shelf {
  rpc AddBooks(stream Book) returns (Added) {
    option (google.api.http) = { post: "/books" body: "*" additional_bindings { post: "/{title=shelves/*}/{pages}/books" body: "*" } };
  }
  rpc Talk(stream Book) returns (stream Book) {
    option (google.api.http) = { post: "/talk" body: "*" };
  }
  rpc Values(stream google.protobuf.Value) returns (google.protobuf.ListValue) {
    option (google.api.http) = { post: "/values" body: "*" };
  }
  rpc Upload(stream google.api.HttpBody) returns (Added) {
    option (google.api.http) = { post: "/upload" body: "*" };
  }
  rpc UploadFile(stream File) returns (Added) {
    option (google.api.http) = { post: "/file" body: "content" };
  }
}
service OldShelf {
  rpc AddBooks(stream Book) returns (Added) { option (google.api.http) = { post: "/old/books" body: "*" }; }
  rpc Talk(stream Book) returns (stream Book) { option (google.api.http) = { post: "/old/talk" body: "*" }; }
}
message Book { string title = 1; int64 pages = 2; repeated Book parts = 3; map<string, int32> marks = 4; bytes cover = 5; }
message File { string name = 1; google.api.HttpBody content = 2; }
message Added { int32 count = 1; repeated string titles = 2; }
`;

const received: Loose[] = [];

async function* drain(requests: AsyncIterable<Loose>): AsyncGenerator<Loose> {
  for await (const request of requests) {
    received.push(request);
    yield request;
  }
}

async function collect(requests: AsyncIterable<Loose>): Promise<Loose[]> {
  const list: Loose[] = [];
  for await (const request of drain(requests)) list.push(request);
  return list;
}

const handlers = {
  addBooks: async (requests: AsyncIterable<Loose>, _context: Context): Promise<Loose> => {
    const titles = (await collect(requests)).map(({ title }) => title);
    return { count: titles.length, titles };
  },
  async *talk(requests: AsyncIterable<Loose>, _context: Context): AsyncGenerator<Loose> {
    for await (const book of drain(requests)) yield { ...book, title: `${book.title}!` };
  },
  values: (requests: AsyncIterable<Loose>): Promise<Loose> => collect(requests),
  upload: async (requests: AsyncIterable<Loose>): Promise<Loose> => ({
    count: (await collect(requests)).length,
    titles: [],
  }),
  old: {
    addBooks: (_call: Loose, _callback: Loose): Loose => undefined,
    Talk: (_call: Loose): Loose => undefined,
  },
  interceptors: [] as readonly Interceptor[],
};

const calls: Readonly<Record<string, string>> = {
  "add-books": "addBooks",
  talk: "talk",
  values: "values",
  upload: "upload",
  "upload-file": "upload",
};

async function load(more: PlanFromProtoOptions = {}): Promise<Record<string, HttpApiHandler>> {
  Object.assign(globalThis, { streamHandlers: handlers });
  const grpcJs = { "t.OldShelf": { module: "src/old", exportName: "old", messages: oldStyle } };
  const behaviour = { httpBodyRequests: "raw" } as const;
  const transcoding = { clientStreaming: "collect", behaviour, ...more.transcoding } as const;
  const plan = planFromProto({ "t.proto": proto }, { ...more, transcoding, grpcJs });
  const emitted = emitFiles(plan).filter(
    ({ path, ownership }) => ownership === "generated" && !path.includes("/runtime/"),
  );
  const user = (path: string, content: string) => ({ path, content, ownership: "user" }) as const;
  const own = [
    ...namePlan(plan).methods.flatMap(({ implementation, code }) => {
      if (implementation.kind !== "function") return [];
      const name = calls[/([\w-]+)\.ts$/.exec(code.module)?.[1] ?? ""];
      const call = `(...call) => globalThis.streamHandlers.${name}(...call)`;
      return [user(code.module, `export const ${code.exportName} = ${call};`)];
    }),
    user("src/old.ts", "export const { old } = globalThis.streamHandlers;"),
    user("src/around.ts", "export const { interceptors } = globalThis.streamHandlers;"),
  ];
  const entries = plan.functions.map(({ id }) => `gen/functions/${id}`);
  const modules = await loadEmitted([...emitted, ...own], entries);
  return Object.fromEntries(plan.functions.map(({ id }, index) => [id, modules[index]?.handler as HttpApiHandler]));
}

interface Sent {
  readonly functions?: Record<string, HttpApiHandler>;
  readonly headers?: object;
  readonly remaining?: number;
  readonly isBase64Encoded?: boolean;
}

let functions: Record<string, HttpApiHandler>;

/** Calls a function by its id, without the service, or with it where there are two. */
function post(id: string, body: string, sent: Sent = {}): Promise<Loose> {
  if (!id.startsWith("old-shelf")) return call(`shelf-${id}`, paths[id] ?? "", body, sent);
  return call(id, `/old/${id.endsWith("talk") ? "talk" : "books"}`, body, sent);
}

async function call(
  id: string,
  path: string,
  body: string,
  { remaining = 28_000, ...sent }: Sent = {},
): Promise<Loose> {
  const lambda = { awsRequestId: "id", getRemainingTimeInMillis: () => remaining };
  const { headers = {}, isBase64Encoded = false } = sent;
  const handler = (sent.functions ?? functions)[id];
  const result: Loose = await handler?.(event("POST", path, { body, headers, isBase64Encoded }), lambda);
  const lines = String(result.body).split("\n").filter(Boolean);
  return { status: result.statusCode, headers: result.headers, lines: lines.map((line) => JSON.parse(line)) };
}

const paths: Readonly<Record<string, string>> = {
  "add-books": "/books?title=x&pages=7",
  talk: "/talk",
  values: "/values",
  upload: "/upload",
  "upload-file": "/file",
};

beforeAll(async () => {
  functions = await load();
});
beforeEach(() => {
  vi.restoreAllMocks();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  received.length = 0;
});

const two = { status: 200, lines: [{ count: 2, titles: ["a", "b"] }] };
const nested = '{"title":"}]\\"{[\\\\","parts":[{"parts":[]},{}],"marks":{"{":1}}';

describe("a body", () => {
  test.each([
    ["nothing", "", []],
    ["white space", " \t\r\n", []],
    ["an empty array", " [ ] ", []],
    ["one message", '{"title":"a"}', ["a"]],
    ["an array of one", '[{"title":"a"}]', ["a"]],
    ["one after the other", '{"title":"a"}{"title":"b"}', ["a", "b"]],
    ["a line each", '{"title":"a"}\n{"title":"b"}\r\n', ["a", "b"]],
    ["white space within", '\n { "title" :\n"a" } \t{"title":"b"}', ["a", "b"]],
    ["an array", '[{"title":"a"},{"title":"b"}]', ["a", "b"]],
    ["an array with white space", ' [\n{"title":"a"} ,\t{"title":"b"}\n] \n', ["a", "b"]],
    ["brackets and quotes in texts", `${nested}${nested}`, ['}]"{[\\', '}]"{[\\']],
    ["the same in an array", `[${nested},${nested}]`, ['}]"{[\\', '}]"{[\\']],
    ["unknown members", '{"title":"a","x":[1,{}]}', ["a"]],
  ])("of %s", async (_, body, titles) => {
    expect(await post("add-books", body)).toMatchObject({
      status: 200,
      lines: [{ count: titles.length, titles }],
    });
    expect(received.every(({ pages }) => pages === 0n)).toBe(true);
  });

  test("loses nothing of a 64-bit integer, and may be base64", async () => {
    const body = '{"pages":9007199254740993}\n{"pages":"-9223372036854775808"}';
    await post("add-books", Buffer.from(body).toString("base64"), { isBase64Encoded: true });
    expect(received.map(({ pages }) => pages)).toEqual([9007199254740993n, -9223372036854775808n]);
  });

  const wrong = (text: string) => ({ status: 400, lines: [{ code: 3, message: text, details: [] }] });
  const deep = (levels: number): string => `${'{"parts":['.repeat(levels)}${"]}".repeat(levels)}`;

  test.each([
    ['{"title":"a"}{bad', '[1]: expected a name in double quotes, found "b" at character 2'],
    ['{"title":"a"}\n{"pages":"x"}', '[1].pages: expected a 64-bit integer, found "x"'],
    ['[{},{},{"parts":[{},{"pages":1.5}]}]', "[2].parts[1].pages: expected a 64-bit integer, found 1.5"],
    ['{}{"title":"a","title":"b"}', "[1].title: expected a string, found two values for one name"],
    ['{}{"title":"a"', "[1]: expected `,` or `}`, found the end of the JSON text"],
    ['{}{"title":"a', "[1]: expected the end of a string, found the end of the JSON text"],
    ['{}{"title":"\\', "[1]: expected the end of a string, found the end of the JSON text"],
    ["{}{]}", '[1]: expected a name in double quotes, found "]" at character 2'],
    ["{}}", '[1]: expected a JSON value, found "}" at character 1'],
    ["{},{}", '[1]: expected a JSON value, found "," at character 1'],
    ["{}]", '[1]: expected a JSON value, found "]" at character 1'],
    ["{} null", "[1]: expected an object, found null"],
    ["{} 7", "[1]: expected an object, found 7"],
    ["{} []", "[1]: expected an object, found a list"],
    ["[[{}]]", "[0]: expected an object, found a list"],
    ["\ufeff{}", '[0]: expected a JSON value, found "?" at character 1'],
    ["[{}", "expected `,` or `]`, found the end of the JSON text"],
    ["[", "[0]: expected a JSON value, found the end of the JSON text"],
    ["[,]", '[0]: expected a JSON value, found "," at character 1'],
    ["[{},]", '[1]: expected a JSON value, found "]" at character 1'],
    ["[{}{}]", 'expected `,` or `]`, found "{" at character 4'],
    ["[{}] {}", 'expected the end of the JSON text, found "{" at character 6'],
    [`{}${deep(51)}`, "[1]: expected less deeply nested JSON, found too many levels at character 501"],
    [`[{},${deep(51)}]`, "[1]: expected less deeply nested JSON, found too many levels at character 501"],
  ])("%s", async (body, text) => {
    const addBooks = vi.spyOn(handlers, "addBooks");
    expect(await post("add-books", body)).toMatchObject(wrong(text));
    expect(addBooks).not.toHaveBeenCalled();
  });

  test("nests as deep as that of one request", async () => {
    expect((await post("add-books", `[${deep(50)}]`)).status).toBe(200);
    expect((await post("add-books", `{}${deep(50)}`)).status).toBe(200);
  });

  test("has what the path says in its first message, as in Envoy", async () => {
    const shelf = (body: string, pages = "7") => call("shelf-add-books", `/shelves/s x/${pages}/books`, body);
    const titles = (): string[] => received.map(({ title, pages }) => `${title} ${pages}`);
    expect((await shelf('{"title":"a","pages":1}{"title":"b","pages":2}')).status).toBe(200);
    expect(titles()).toEqual(["shelves/s x 7", "b 2"]);
    expect(await shelf("")).toMatchObject({ status: 200, lines: [{ count: 0 }] });
    expect(await shelf("{}", "many")).toMatchObject({ status: 400, lines: [{ code: 3 }] });
  });

  test("of values that are arrays is never an array of values", async () => {
    expect((await post("values", '[1] [2,[3]]\n"a"null true{"b":4} 5 6')).lines).toEqual([
      [[1], [2, [3]], "a", null, true, { b: 4 }, 5, 6],
    ]);
  });

  test("of google.api.HttpBody is one message, as it came", async () => {
    const headers = { "content-type": "text/csv" };
    expect(await post("upload", "a,b", { headers })).toMatchObject({ status: 200, lines: [{ count: 1 }] });
    expect(await post("upload-file", "[", { headers })).toMatchObject({ status: 200, lines: [{ count: 1 }] });
    expect(received).toMatchObject([
      { contentType: "text/csv", data: new Uint8Array(Buffer.from("a,b")) },
      { name: "", content: { contentType: "text/csv", data: new Uint8Array(Buffer.from("[")) } },
    ]);
  });
});

describe("how many messages", () => {
  const exhausted = (limit: number) => ({
    status: 429,
    lines: [{ code: 8, message: `the request holds more than ${limit} messages`, details: [] }],
  });
  const many = (count: number, form: "array" | "values"): string =>
    form === "array" ? `[${Array(count).fill("{}").join()}]` : "{}".repeat(count);

  test.each(["array", "values"] as const)("at most 10,000: %s", async (form) => {
    expect(await post("add-books", many(10_000, form))).toMatchObject({ status: 200, lines: [{ count: 10_000 }] });
    const addBooks = vi.spyOn(handlers, "addBooks");
    expect(await post("add-books", many(10_001, form))).toMatchObject(exhausted(10_000));
    expect(addBooks).not.toHaveBeenCalled();
  });

  test.each<[string, ClientStreaming, ClientStreaming | undefined, number, number]>([
    ["for all", { maxMessages: 3 }, undefined, 3, 3],
    ["for one", "collect", { maxMessages: 2 }, 2, 10_000],
    ["one is asked for", "refuse", "collect", 10_000, 0],
    ["the usual for one", { maxMessages: 3 }, "collect", 10_000, 3],
  ])("as configured %s", async (_, all, own, addBooks, talk) => {
    const methodOptions = new Map(own === undefined ? [] : [["t.Shelf.AddBooks", { clientStreaming: own }]]);
    const configured = await load({ transcoding: { clientStreaming: all }, plan: { methodOptions } });
    expect("shelf-talk" in configured).toBe(talk > 0);
    expect((await post("add-books", many(addBooks, "array"), { functions: configured })).status).toBe(200);
    expect(await post("add-books", many(addBooks + 1, "array"), { functions: configured })).toMatchObject(
      exhausted(addBooks),
    );
    if (talk > 0) expect((await post("talk", many(talk, "values"), { functions: configured })).status).toBe(200);
    if (talk > 0) expect((await post("talk", many(talk + 1, "values"), { functions: configured })).status).toBe(429);
  });
});

describe("the stream", () => {
  test("is read once, and need not be read", async () => {
    const counts: number[] = [];
    vi.spyOn(handlers, "addBooks").mockImplementation(async (requests) => {
      for await (const _ of requests) break;
      counts.push((await collect(requests)).length);
      return { count: 0, titles: [] };
    });
    expect((await post("add-books", "{}{}")).status).toBe(200);
    expect(counts).toEqual([0]);
    vi.spyOn(handlers, "addBooks").mockReturnValue({ count: 7, titles: [] } as Loose);
    expect(await post("add-books", "{}{}")).toMatchObject({ status: 200, lines: [{ count: 7 }] });
  });

  test("ends with the deadline", async () => {
    const ended: unknown[] = [];
    vi.spyOn(handlers, "addBooks").mockImplementation(async (requests) => {
      try {
        for await (const _ of requests) await new Promise((resolve) => setTimeout(resolve, 60));
      } catch (error) {
        ended.push(error);
        throw error;
      }
      return {};
    });
    expect(await post("add-books", "{}{}{}{}", { remaining: 280 })).toMatchObject({ status: 504 });
    await vi.waitFor(() => expect(ended).toMatchObject([{ code: "DEADLINE_EXCEEDED" }]));
  });

  test("fails the call with what its handler throws", async () => {
    vi.spyOn(handlers, "addBooks").mockRejectedValue(Object.assign(new Error(), { code: 6, details: "again" }));
    expect(await post("add-books", "{}")).toMatchObject({ status: 409, lines: [{ code: 6, message: "again" }] });
    vi.spyOn(handlers, "addBooks").mockRejectedValue(new Error("secret"));
    expect(await post("add-books", "{}")).toMatchObject({ status: 500, lines: [{ code: 13 }] });
  });

  test("of replies follows that of requests", async () => {
    const lines = ["a!", "b!"].map((title) => ({ result: expect.objectContaining({ title }) }));
    expect(await post("talk", '{"title":"a"}{"title":"b"}')).toMatchObject({ status: 200, lines });
    expect(await post("talk", "")).toMatchObject({ status: 200, lines: [] });
    expect(await post("talk", '{"title":7}')).toMatchObject({ status: 400, lines: [{ code: 3 }] });
  });
});

describe("what a body may be", () => {
  test.each([
    ["application/json", 200],
    ["application/x-ndjson", 200],
    ["application/jsonl; charset=utf-8", 200],
    ["", 200],
    ["text/plain", 415],
    ["application/x-protobuf", 415],
    ["application/x-www-form-urlencoded", 415],
  ])("%s: %d where it is checked", async (type, status) => {
    const transcoding = { profile: "spec", unknownFields: "reject", binary: true, formBodies: true } as const;
    strict ??= load({ transcoding });
    const sent = { functions: await strict, headers: type === "" ? {} : { "content-type": type } };
    expect((await post("add-books", "{}", sent)).status).toBe(status);
    expect((await post("talk", "{}", sent)).status).toBe(status);
    if (status !== 200) return;
    expect(await post("add-books", '{}{"x":1}', sent)).toMatchObject({ status: 400 });
    const binary = { ...sent, headers: { ...sent.headers, accept: "application/x-protobuf" } };
    vi.spyOn(handlers, "addBooks").mockResolvedValue({ count: 0, titles: [] });
    expect((await post("add-books", "", binary)).headers["content-type"]).toBe("application/x-protobuf");
  });

  let strict: Promise<Record<string, HttpApiHandler>> | undefined;
});

test("interceptors are around streams of requests", async () => {
  const steps: string[] = [];
  const recorder = (name: string): Interceptor => ({
    before: ({ method }) => void steps.push(`${name} before ${method}`),
    async clientStream(requests, _context, next) {
      steps.push(`${name} in`);
      const reply = await next(renamed(requests, name));
      steps.push(`${name} out`);
      return reply;
    },
    async *bidiStream(requests, _context, next) {
      for await (const reply of next(renamed(requests, name))) yield reply;
    },
    after: ({ status }) => void steps.push(`${name} after ${status}`),
  });
  async function* renamed(requests: AsyncIterable<unknown>, name: string): AsyncGenerator<unknown> {
    for await (const request of requests) yield { ...(request as object), title: `${(request as Loose).title}${name}` };
  }
  handlers.interceptors = [recorder("1"), {}, recorder("2")];
  const around = await load({ plan: { interceptors: { module: "src/around", exportName: "interceptors" } } });
  const body = '{"title":"a"}{"title":"b"}';
  expect((await post("add-books", body, { functions: around })).lines).toEqual([{ count: 2, titles: ["a12", "b12"] }]);
  expect(steps).toEqual([
    ...["1 before AddBooks", "2 before AddBooks", "1 in", "2 in", "2 out", "1 out", "2 after 200", "1 after 200"],
  ]);
  expect((await post("talk", body, { functions: around })).lines).toMatchObject([
    { result: { title: "a12!" } },
    { result: { title: "b12!" } },
  ]);
  expect((await post("add-books", "{", { functions: around })).status).toBe(400);
  expect(steps.slice(-2)).toEqual(["2 after 400", "1 after 400"]);
});

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

const text = fc.string({ unit: "grapheme", maxLength: 8 }).filter(isWellFormed);
const book = fc.record({
  title: fc.oneof(text, fc.constantFrom("{", "]", '"', "\\", '\\"', ",", "\n")),
  pages: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  marks: fc.dictionary(text, fc.integer({ min: -9, max: 9 }), { maxKeys: 2 }),
  parts: fc.array(fc.record({ title: text }), { maxLength: 2 }),
});
const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t"), maxLength: 3 });

test("any list of messages arrives as it was, in any form", async () => {
  const inputs = [fc.array(book, { maxLength: 6 }), fc.boolean(), fc.infiniteStream(space), fc.boolean()] as const;
  await fc.assert(
    fc.asyncProperty(...inputs, async (books, isArray, spaces, isIndented) => {
      received.length = 0;
      const gap = (): string => spaces.next().value ?? "";
      const parts = books.map((each) => gap() + JSON.stringify(each, null, isIndented ? 2 : 0) + gap());
      const body = isArray ? `${gap()}[${parts.join(",") || gap()}]${gap()}` : parts.join("") || gap();
      const { status } = await post("add-books", body);
      expect(status).toBe(200);
      const sent = received.map(({ title, pages, marks, parts: own }) => {
        return {
          title,
          pages: String(pages),
          marks: { ...marks },
          parts: own.map((part: Loose) => ({ title: part.title })),
        };
      });
      expect(sent).toEqual(books.map((each) => ({ ...each, marks: { ...each.marks } })));
    }),
    { numRuns: runs(300) },
  );
});

const piece = fc.oneof(
  fc.constantFrom(...'{ } [ ] , : " \\ {} [{}] null 1e5 -0 true {"title":"a"} {"pages":1} "title" \ufeff'.split(" ")),
  space,
  fc.string({ unit: "binary", maxLength: 3 }),
);
const anyBody = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
  fc.uint8Array({ maxLength: 20 }),
);

/** What the body holds as JSON.parse reads it; undefined for a body that is no stream of objects. */
function reference(body: string): unknown[] | undefined {
  const values = readAll(body);
  const [first] = values ?? [];
  const list = values?.length === 1 && Array.isArray(first) ? first : values;
  return list?.every((value) => typeof value === "object" && value !== null && !Array.isArray(value))
    ? list
    : undefined;
}

/** JSON values one after the other, by trying every end. */
function readAll(rest: string): unknown[] | undefined {
  const trimmed = rest.replace(/^[ \t\r\n]+/, "");
  if (trimmed === "") return [];
  for (let end = 1; end <= trimmed.length; end++) {
    try {
      const value: unknown = JSON.parse(trimmed.slice(0, end));
      if (typeof value !== "object" || value === null) return undefined;
      const more = readAll(trimmed.slice(end));
      return more && [value, ...more];
    } catch {}
  }
  return undefined;
}

test("any body has a well-formed answer, and is a stream only where JSON says so", async () => {
  let streams = 0;
  await fc.assert(
    fc.asyncProperty(anyBody, async (bytes) => {
      const body = Buffer.from(typeof bytes === "string" ? Buffer.from(bytes) : bytes);
      const { status, lines } = await post("add-books", body.toString("base64"), { isBase64Encoded: true });
      const expected = reference(body.toString("utf8"));
      if (status === 200) {
        streams++;
        expect(lines[0].count).toBe(expected?.length);
      } else {
        expect(status).toBe(400);
        expect(Object.keys(lines[0])).toEqual(["code", "message", "details"]);
        // The values of members are another matter.
        expect(expected === undefined || expected.length > 0).toBe(true);
      }
    }),
    { numRuns: runs(2000) },
  );
  expect(streams).toBeGreaterThan(runs(100));
});
