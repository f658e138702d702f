/** The forms of server streams and of unary replies: by Accept, by configuration, with errors before and after the first reply. */
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import { event, loadLibrary } from "./library-functions.js";

// biome-ignore lint/suspicious/noExplicitAny: messages of the emitted types
type Message = any;

const names = (...list: string[]): Message[] => list.map((name) => ({ name, bookCount: 0n, tags: [] }));
const json = (name: string): string => `{"name":"${name}","bookCount":"0","tags":[]}`;
const notFound = Object.assign(new Error(), { code: 5, details: "gone" });
const errorJson = '{"code":5,"message":"gone","details":[]}';

const handlers = {
  getShelf: (request: Message): Message => ({ name: request.name, bookCount: 0n, tags: [] }),
  createShelf: (request: Message): Message => request.shelf,
  async *listShelves({ filter }: Message): AsyncGenerator<Message> {
    if (filter === "refuse") throw notFound;
    if (filter === "none") return;
    yield* names("a", "b");
    if (filter === "break") throw notFound;
  },
  oldLibrary: {},
};

type Functions = Record<string, HttpApiHandler>;

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

async function list(functions: Functions, filter: string, accept?: string): Promise<Message> {
  const lambda = { awsRequestId: "id", getRemainingTimeInMillis: () => 28_000 };
  const headers = accept === undefined ? {} : { accept };
  const input = event("GET", `/v1/shelves?filter=${filter}`, { headers });
  const result = await functions["library-service-list-shelves"]?.(input, lambda);
  return [result?.statusCode, result?.headers?.["content-type"], result?.body];
}

const lines = "application/json";
const ndjson = "application/x-ndjson";
const sse = "text/event-stream";

describe.each([
  { behaviour: { streamingByAccept: true } },
  { profile: "spec", behaviour: { mediaTypes: "ignore" } },
] as const)("by Accept: %j", (options) => {
  let functions: Functions;
  beforeAll(async () => {
    functions = await loadLibrary(handlers, options);
  });

  test.each([
    [undefined, lines, `{"result":${json("a")}}\n{"result":${json("b")}}\n`],
    ["*/*", lines, `{"result":${json("a")}}\n{"result":${json("b")}}\n`],
    ["application/json", lines, `{"result":${json("a")}}\n{"result":${json("b")}}\n`],
    ["application/x-ndjson", ndjson, `${json("a")}\n${json("b")}\n`],
    ["application/jsonl", ndjson, `${json("a")}\n${json("b")}\n`],
    ["text/event-stream", sse, `data: ${json("a")}\n\ndata: ${json("b")}\n\n`],
    ["application/json;q=0.5, Text/Event-Stream;q=0.9", sse, `data: ${json("a")}\n\ndata: ${json("b")}\n\n`],
    ["text/event-stream;q=0, */*", lines, `{"result":${json("a")}}\n{"result":${json("b")}}\n`],
    ["nonsense,,;q=x", lines, `{"result":${json("a")}}\n{"result":${json("b")}}\n`],
  ])("%s", async (accept, type, body) => {
    expect(await list(functions, "", accept)).toEqual([200, type, body]);
  });
});

describe.each([
  [{}, [200, lines]],
  [{ behaviour: { mediaTypes: "check" } }, [406, lines]],
  [{ profile: "spec", behaviour: { streamingByAccept: false } }, [406, lines]],
] as const)("Accept does not choose: %j", (options, refused) => {
  test("another form", async () => {
    const functions = await loadLibrary(handlers, options);
    for (const accept of ["text/event-stream", "application/x-ndjson"])
      expect((await list(functions, "none", accept)).slice(0, 2)).toEqual(refused);
    for (const accept of [undefined, "application/json", "*/*"])
      expect(await list(functions, "", accept)).toEqual([
        200,
        lines,
        `{"result":${json("a")}}\n{"result":${json("b")}}\n`,
      ]);
  });
});

test("a set form is offered to clients that media types are checked for", async () => {
  const functions = await loadLibrary(handlers, { behaviour: { mediaTypes: "check", streaming: "sse" } });
  expect((await list(functions, "none", "text/event-stream")).slice(0, 2)).toEqual([200, sse]);
  expect((await list(functions, "none", "application/json")).slice(0, 2)).toEqual([406, lines]);
});

const cases = [
  ["resultLines", "none", 200, lines, ""],
  ["resultLines", "refuse", 404, lines, `{"error":${errorJson}}\n`],
  ["resultLines", "break", 200, lines, `{"result":${json("a")}}\n{"result":${json("b")}}\n{"error":${errorJson}}\n`],
  ["ndjson", "none", 200, ndjson, ""],
  ["ndjson", "refuse", 404, lines, errorJson],
  ["ndjson", "break", 200, ndjson, `${json("a")}\n${json("b")}\n{"error":${errorJson}}\n`],
  ["jsonArray", "", 200, lines, `[${json("a")},\n${json("b")}]`],
  ["jsonArray", "none", 200, lines, "[]"],
  ["jsonArray", "refuse", 404, lines, errorJson],
  ["jsonArray", "break", 200, lines, `[${json("a")},\n${json("b")},\n{"error":${errorJson}}]`],
  ["sse", "none", 200, sse, ""],
  ["sse", "refuse", 404, lines, errorJson],
  ["sse", "break", 200, sse, `data: ${json("a")}\n\ndata: ${json("b")}\n\nevent: error\ndata: ${errorJson}\n\n`],
] as const;

describe.each(["resultLines", "ndjson", "jsonArray", "sse"] as const)("streaming: %s", (streaming) => {
  let functions: Functions;
  beforeAll(async () => {
    functions = await loadLibrary(handlers, { behaviour: { streaming, streamingByAccept: true } });
  });

  test.each(cases.filter(([format]) => format === streaming))("%s %s", async (_, filter, status, type, body) => {
    expect(await list(functions, filter)).toEqual([status, type, body]);
  });

  test("a client of application/json gets one document or lines of results", async () => {
    const body = (await list(functions, "", "application/json"))[2];
    const array = `[${json("a")},\n${json("b")}]`;
    expect(body).toBe(streaming === "resultLines" ? `{"result":${json("a")}}\n{"result":${json("b")}}\n` : array);
  });
});

describe("media types, checked", () => {
  let functions: Functions;
  beforeAll(async () => {
    functions = await loadLibrary(handlers, { profile: "spec" });
  });

  test.each([
    ["POST", "/v1/shelves", { "content-type": "text/plain" }, "{}", 415],
    ["POST", "/v1/shelves", { "content-type": "application/json; charset=utf-8" }, "{}", 200],
    ["POST", "/v1/shelves", { "content-type": "application/merge-patch+json" }, "{}", 200],
    ["POST", "/v1/shelves", {}, "{}", 200],
    ["POST", "/v1/shelves", { "content-type": "text/plain" }, "", 200],
    ["GET", "/v1/shelves/1", { accept: "text/html" }, "", 406],
    ["GET", "/v1/shelves/1", { accept: "text/html, */*;q=0.1" }, "", 200],
    ["GET", "/v1/shelves/1", { accept: "application/json;q=0" }, "", 406],
    ["GET", "/v1/shelves", { accept: "text/event-stream" }, "", 200],
    ["GET", "/v1/shelves", { accept: "text/html" }, "", 406],
  ])("%s %s %j", async (method, target, headers, body, status) => {
    const id = method === "POST" ? "create-shelf" : target.endsWith("1") ? "get-shelf" : "list-shelves";
    const lambda = { awsRequestId: "id", getRemainingTimeInMillis: () => 28_000 };
    const result = await functions[`library-service-${id}`]?.(event(method, target, { headers, body }), lambda);
    expect([result?.statusCode, result?.headers?.accept]).toEqual([
      status,
      status === 415 ? "application/json" : undefined,
    ]);
  });
});

test.each([
  [201, { "content-type": "application/json" }, json("")],
  [204, {}, ""],
])("status %d of a reply", async (status, headers, body) => {
  const methodOptions = new Map([["acme.library.v1.LibraryService.CreateShelf", { status }]]);
  const functions = await loadLibrary(handlers, {}, { plan: { methodOptions } });
  const result = await functions["library-service-create-shelf"]?.(event("POST", "/v1/shelves", { body: "{}" }));
  expect(result).toMatchObject({ statusCode: status, body });
  expect(result?.headers).toEqual(headers);
  const other = await functions["library-service-get-shelf"]?.(event("GET", "/v1/shelves/1"));
  expect(other?.statusCode).toBe(200);
});
