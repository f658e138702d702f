/** Bodies that are forms: form-encoded and multipart, as FormData and URLSearchParams of the platform write them. */
import { fc, runs } from "../support/property.js";
import { beforeAll, describe, expect, test } from "vitest";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import { readMultipart } from "../../src/runtime/binding/multipart.js";
import { event, loadLibrary } from "./library-functions.js";

// biome-ignore lint/suspicious/noExplicitAny: messages of the emitted types
type Message = any;

const handlers = {
  getShelf: (): Message => ({}),
  createShelf: (request: Message): Message => ({ ...request.shelf, name: `${request.shelfId}:${request.shelf.name}` }),
  listShelves: (request: Message): Message => [{ name: `${request.filter}/${request.pageSize}` }],
  oldLibrary: {},
};

let functions: Record<string, HttpApiHandler>;

/** Sends what fetch would send. */
async function post(id: string, target: string, body: FormData | URLSearchParams): Promise<Message> {
  const request = new Request("http://localhost/", { method: "POST", body });
  const headers = { "content-type": request.headers.get("content-type") };
  const sent = Buffer.from(await request.arrayBuffer()).toString("base64");
  return functions[id]?.(event("POST", target, { headers, body: sent, isBase64Encoded: true }));
}

function multipart(pairs: readonly (readonly [string, string])[]): FormData {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return form;
}

describe.each(["grpc-gateway", "spec"] as const)("profile %s", (profile) => {
  beforeAll(async () => {
    functions = await loadLibrary(handlers, { profile, formBodies: true });
  });

  const forms = [
    [
      "form-encoded",
      (pairs: readonly (readonly [string, string])[]) =>
        new URLSearchParams(pairs.map(([a, b]): [string, string] => [a, b])),
    ],
    ["multipart", multipart],
  ] as const;

  describe.each(forms)("%s", (_, encode) => {
    test("a field of the request, beside the query", async () => {
      const form = encode([
        ["name", "ä & b"],
        ["tags", "x"],
        ["tags", "y\nz"],
        ["book_count", "9007199254740993"],
      ]);
      const result = await post("library-service-create-shelf", "/v1/shelves?shelf_id=7", form);
      const tags = ["x", encode === multipart ? "y\r\nz" : "y\nz"];
      expect(JSON.parse(result.body)).toEqual({ name: "7:ä & b", bookCount: "9007199254740993", tags });
    });

    test("the whole request", async () => {
      const form = encode([
        ["filter", ""],
        ["pageSize", "3"],
      ]);
      const result = await post("library-service-list-shelves", "/v1/shelves:list", form);
      expect(JSON.parse(result.body).result.name).toBe("/3");
    });

    test("a value that is wrong", async () => {
      const result = await post("library-service-create-shelf", "/v1/shelves", encode([["book_count", "many"]]));
      expect([result.statusCode, JSON.parse(result.body).code]).toEqual([400, 3]);
    });
  });

  test("JSON as ever", async () => {
    const headers = { "content-type": "application/json" };
    const result = await functions["library-service-create-shelf"]?.(
      event("POST", "/v1/shelves", { headers, body: '{"name":"a"}' }),
    );
    expect(JSON.parse(result?.body ?? "")).toMatchObject({ name: ":a" });
  });
});

const part = (headers: string, content: string): string => `--b\r\n${headers}\r\n\r\n${content}\r\n`;
const named = 'Content-Disposition: form-data; name="a"';

test.each<[string, string, readonly (readonly [string, string])[]]>([
  ["nothing", "--b--", []],
  ["a preamble", `hello\r\n${part(named, "1")}--b--\r\nepilogue`, [["a", "1"]]],
  ["an empty part", `${part(named, "")}--b--`, [["a", ""]]],
  ["a name without quotes", `${part("content-disposition: form-data; name=a", "1")}--b--`, [["a", "1"]]],
  ["escapes in a name", `${part('Content-Disposition: form-data; name="a\\"%22"', "1")}--b--`, [['a""', "1"]]],
  ["a file", `${part(`${named}; filename="f"\r\nContent-Type: text/plain`, "1")}--b--`, [["a", "MQ=="]]],
  ["bytes", `${part(`${named}\r\nContent-Type: application/octet-stream`, "1")}--b--`, [["a", "MQ=="]]],
  ["content like a delimiter", `${part(named, "x--b\n--bb")}--b--`, [["a", "x--b\n--bb"]]],
])("multipart: %s", (_, body, pairs) => {
  expect(readMultipart(Buffer.from(body), "b")).toEqual(pairs);
});

test.each([
  ["no part", "x"],
  ["no end", part(named, "1").slice(0, -2)],
  ["no last delimiter", part(named, "1")],
  ["no name", `${part("Content-Disposition: form-data", "1")}--b--`],
  ["no headers", "--b\r\n1\r\n--b--"],
  ["too many parts", part(named, "1").repeat(1001)],
])("multipart with %s is refused", (_, body) => {
  expect(() => readMultipart(Buffer.from(body), "b")).toThrow(expect.objectContaining({ name: "DecodeError" }));
});

test("multipart: whatever comes, it is read or refused", () => {
  const pieces = fc.constantFrom("--b", "\r\n", "--", named, "\r\n\r\n", "x", ";", '"');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (texts) => {
      try {
        return Array.isArray(readMultipart(Buffer.from(texts.join("")), "b"));
      } catch (error) {
        return (error as Error).name === "DecodeError";
      }
    }),
    { numRuns: runs(2000) },
  );
});
