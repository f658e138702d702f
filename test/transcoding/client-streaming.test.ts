/** RPCs that stream their requests: the messages of one body are the stream. */
import { describe, expect, test, vi } from "vitest";
import type { ClientStreaming } from "../../src/plan/plan.js";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import type { Interceptor } from "../../src/runtime/interceptors.js";
import { call, collect, handlers, load, type Loose, post, received, setUpStreams } from "./stream-service.js";

setUpStreams();

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
