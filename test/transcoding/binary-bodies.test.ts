/** Bodies in protobuf's binary form: requests by Content-Type, replies by Accept; written and read by protobufjs. */
import protobuf from "protobufjs";
import { beforeAll, describe, expect, test } from "vitest";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import { event, libraryProto, loadLibrary } from "./library-functions.js";

// biome-ignore lint/suspicious/noExplicitAny: messages of the emitted types
type Message = any;

const { root } = protobuf.parse(libraryProto.replace('import "google/api/annotations.proto";', ""), {
  keepCase: false,
});
const shelfType = root.lookupType("acme.library.v1.Shelf");
const listType = root.lookupType("acme.library.v1.ListShelvesRequest");

const shelf = { name: "s", bookCount: 9007199254740993n, tags: ["a"] };
const shelfBytes = Buffer.from(
  shelfType.encode(shelfType.fromObject({ ...shelf, bookCount: "9007199254740993" })).finish(),
);
const shelfJson = { name: "s", bookCount: "9007199254740993", tags: ["a"] };

const handlers = {
  getShelf: (): Message => shelf,
  createShelf: (request: Message): Message => request.shelf,
  listShelves: (request: Message): Message => [{ name: `${request.filter}${request.pageSize}` }],
  oldLibrary: {
    getShelf: (_: Message, callback: Message) => callback(null, { name: "s", tags: ["a"], book_count: 1 }),
  },
};

const protobufType = "application/x-protobuf";
let functions: Record<string, HttpApiHandler>;

async function call(id: string, method: string, target: string, headers: object, body?: Buffer): Promise<Message> {
  const sent = body === undefined ? {} : { body: body.toString("base64"), isBase64Encoded: true };
  return functions[id]?.(event(method, target, { headers, ...sent }));
}

describe.each(["grpc-gateway", "spec"] as const)("profile %s", (profile) => {
  beforeAll(async () => {
    functions = await loadLibrary(handlers, { profile, binary: true });
  });

  test.each([
    [{ accept: "application/json" }, "application/json"],
    [{ accept: "*/*" }, protobufType],
    [{}, protobufType],
    [{ accept: "application/json;q=0.5, application/protobuf" }, "application/protobuf"],
  ])("a binary request, answered as %j wants it", async (headers, type) => {
    const all = { "content-type": protobufType, ...headers };
    const result = await call("library-service-create-shelf", "POST", "/v1/shelves", all, shelfBytes);
    expect([result.statusCode, result.headers["content-type"]]).toEqual([200, type]);
    if (type === "application/json") expect(JSON.parse(result.body)).toEqual(shelfJson);
    else expect(result.body).toBe(shelfBytes.toString("base64"));
  });

  test("a JSON request, answered in binary", async () => {
    const headers = { accept: protobufType };
    const result = await call("library-service-get-shelf", "GET", "/v1/shelves/1", headers);
    expect(result).toMatchObject({ isBase64Encoded: true, headers: { "content-type": protobufType } });
    expect(result.body).toBe(shelfBytes.toString("base64"));
  });

  test("JSON without a word about it", async () => {
    const result = await call("library-service-get-shelf", "GET", "/v1/shelves/1", {});
    expect(JSON.parse(result.body)).toEqual(shelfJson);
  });

  test("a whole request in binary, its stream in JSON", async () => {
    const body = Buffer.from(listType.encode(listType.fromObject({ filter: "f", pageSize: 3 })).finish());
    const headers = { "content-type": protobufType };
    const result = await call("library-service-list-shelves", "POST", "/v1/shelves:list", headers, body);
    expect(JSON.parse(result.body).result.name).toBe("f3");
  });

  test("bytes that are no message", async () => {
    const headers = { "content-type": protobufType };
    const result = await call("library-service-create-shelf", "POST", "/v1/shelves", headers, Buffer.from([10, 200]));
    expect([result.statusCode, JSON.parse(result.body).code]).toEqual([400, 3]);
  });

  test("an existing grpc-js object", async () => {
    const result = await call("old-library-service-get-shelf", "GET", "/v0/shelves/1", { accept: protobufType });
    const decoded = shelfType.decode(Buffer.from(result.body, "base64"));
    expect(shelfType.toObject(decoded, { longs: Number })).toEqual({ name: "s", bookCount: 1, tags: ["a"] });
  });
});
