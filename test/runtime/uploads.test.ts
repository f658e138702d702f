/** What asks for an upload and what uses one, at the limits: ids, lengths and types, against a bucket that keeps nothing it was not given. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Endpoint, serveEndpoint } from "../../src/runtime/calls/endpoint.js";
import { unary } from "../../src/runtime/calls/unary.js";
import { httpApi } from "../../src/runtime/doors/http-api.js";
import { bodyText } from "../../src/runtime/http.js";
import { offloadResponses } from "../../src/runtime/large-payloads/offload.js";
import { takeUploads } from "../../src/runtime/large-payloads/uploads.js";
import { grpcGateway } from "../../src/runtime/routing/profile.js";
import { RpcError } from "../../src/runtime/status.js";

const objects = new Map<string, string>();
const asked: string[] = [];
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    asked.push(`${request.method} ${path}`);
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.once("end", () => {
      if (request.method === "PUT") objects.set(path, body);
      const object = objects.get(path);
      response.writeHead(object === undefined ? 404 : 200).end(object);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv("AWS_ENDPOINT_URL_S3", `http://127.0.0.1:${port}`);
  vi.stubEnv("AWS_REGION", "eu-west-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIA");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("GRPC2LAMBDA_PAYLOAD_BUCKET", "payloads");
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  objects.clear();
  asked.length = 0;
});

const echo: Endpoint = unary(
  {
    service: "t.S",
    method: "M",
    kind: "unary",
    profile: grpcGateway,
    bindings: [
      {
        httpMethod: "POST",
        template: "/a",
        segments: ["a"],
        verb: "",
        captures: [],
        body: true,
        decode: ({ body }) => bodyText(body),
        encode: (reply: string) => JSON.stringify(reply),
      },
    ],
  },
  (text) => {
    if (text.startsWith("fail")) throw new RpcError("NOT_FOUND", text);
    return text;
  },
);

const limits = { maxBytes: 100, linkSeconds: 60, prefix: "p/", deleteAfterUse: false };
const serve = serveEndpoint(takeUploads(limits)(echo));

async function call(headers: Readonly<Record<string, string>>) {
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const request = { method: "POST", path: "/a", pathIsDecoded: false, query: "", headers: lists, body: "" };
  const { status, body } = await serve(request, { event: {}, lambda: undefined });
  return { status, body: JSON.parse(String(body)) };
}

describe("asking for an upload", () => {
  it.each([
    ["0", 400],
    ["1", 200],
    ["99", 200],
    ["100", 200],
    ["101", 429],
    ["-1", 400],
    ["1e2", 400],
    ["01", 400],
    ["1 ", 400],
    ["9".repeat(17), 400],
  ])("of %s bytes, where 100 are the most", async (length, status) => {
    expect((await call({ "x-upload-content-length": length })).status).toBe(status);
  });

  it.each([
    [`text/${"x".repeat(194)}`, 200],
    [`text/${"x".repeat(195)}`, 200],
    [`text/${"x".repeat(196)}`, 400],
    ["text/plain\r\nX-Amz-Acl: public-read", 400],
  ])("of the type %s", async (type, status) => {
    expect((await call({ "x-upload-content-length": "1", "x-upload-content-type": type })).status).toBe(status);
  });

  it("gives a link that is signed with the length and the type", async () => {
    const { body } = await call({ "x-upload-content-length": "7", "x-upload-content-type": "text/plain" });
    const { searchParams, pathname } = new URL(body.upload.url);
    expect(searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;content-type;host");
    expect(pathname).toBe(`/payloads/p/uploads/${body.upload.id}`);
    expect(body.upload.headers).toEqual({ "Content-Length": "7", "Content-Type": "text/plain" });
  });
});

describe("using an upload", () => {
  const id = "a".repeat(43);

  it.each([
    ["", "a".repeat(42)],
    ["", "a".repeat(44)],
    ["", `${"a".repeat(43)}/../../secret`],
    ["", `../${"a".repeat(40)}`],
    ["", `${"a".repeat(42)}/`],
    ["", `${"a".repeat(42)}.`],
    ["", `${"a".repeat(42)}%`],
    ["", `${"a".repeat(43)}\n`],
  ])("%sof the id %j is refused, and the bucket is not asked", async (_, wrong) => {
    expect(await call({ "x-upload-id": wrong })).toMatchObject({ status: 400, body: { code: 3 } });
    expect(asked).toEqual([]);
  });

  it.each([99, 100, 101])("of %s bytes, where 100 are the most", async (length) => {
    objects.set(`/payloads/p/uploads/${id}`, "x".repeat(length));
    const { status, body } = await call({ "x-upload-id": id });
    expect([status, body.length ?? body.code]).toEqual(length > 100 ? [429, 8] : [200, length]);
    expect(asked).toEqual([`GET /payloads/p/uploads/${id}`]);
  });
});

describe("a response", () => {
  const settings = { answer: "redirect", threshold: 100, maxBytes: 1000, linkSeconds: 60, prefix: "" } as const;
  const send = async (text: string): Promise<number> => {
    const handler = httpApi(echo, {}, offloadResponses(settings));
    const http = { method: "POST", path: "/a" };
    const event = {
      version: "2.0",
      rawPath: "/a",
      requestContext: { http, stage: "$default" },
      headers: {},
      body: text,
    };
    return (await handler(event)).statusCode;
  };
  const stored = (): string[] => [...objects.keys()];

  it.each([99, 100, 101])("of %s bytes goes to S3 beyond the threshold, 100", async (length) => {
    expect(await send("x".repeat(length - 2))).toBe(length > 100 ? 303 : 200);
    expect(stored()).toHaveLength(length > 100 ? 1 : 0);
  });

  it.each([999, 1000, 1001])("of %s bytes goes there up to maxBytes, 1000", async (length) => {
    expect(await send("x".repeat(length - 2))).toBe(length > 1000 ? 429 : 303);
    expect(stored()).toHaveLength(length > 1000 ? 0 : 1);
  });

  it("that is an error never goes there, however long it is", async () => {
    expect(await send(`fail${"x".repeat(500)}`)).toBe(404);
    expect(stored()).toEqual([]);
  });
});
