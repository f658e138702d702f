/** Large payloads through every front door and a server that checks signatures. */
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { compression } from "../../src/runtime/doors/compression.js";
import { cors } from "../../src/runtime/doors/cors.js";
import type { DoorOptions } from "../../src/runtime/doors/door.js";
import { type OffloadOptions, offloadResponses } from "../../src/runtime/large-payloads/offload.js";
import { bucketOf } from "../../src/runtime/large-payloads/s3.js";
import { takeUploads, type UploadOptions } from "../../src/runtime/large-payloads/uploads.js";
import type { WireResponse } from "../../src/simulator/wire.js";
import { exchange, type TestDoor, testDoors } from "../front-door/doors.js";
import { calls, echo, noise } from "./echo.js";
import { type Swift, type SwiftUser, startSwift, swiftPackages } from "./swift.js";

const packages = swiftPackages();
if (typeof packages === "string") console.warn(`skipped: ${packages}`);

let swift: Swift;
const bucket = "payloads";

beforeAll(async () => {
  if (typeof packages === "string") return;
  swift = await startSwift(packages);
  vi.stubEnv("AWS_ENDPOINT_URL_S3", swift.endpoint);
  vi.stubEnv("AWS_REGION", swift.region);
  vi.stubEnv("GRPC2LAMBDA_PAYLOAD_BUCKET", bucket);
  actAs(swift.writer);
  // A key of no characters is the bucket itself.
  await bucketOf(bucket).put("", new Uint8Array(), {}, AbortSignal.timeout(10_000));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await swift?.stop();
});

let logged: unknown[][];
beforeEach(() => {
  actAs(swift.writer);
  calls.count = 0;
  logged = [];
  vi.spyOn(console, "error").mockImplementation((...words) => {
    logged.push(words);
  });
});

function actAs({ accessKeyId, secretAccessKey }: SwiftUser): void {
  vi.stubEnv("AWS_ACCESS_KEY_ID", accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", secretAccessKey);
  vi.stubEnv("AWS_SESSION_TOKEN", "a/session+token=");
}

const offloading: OffloadOptions = { answer: "redirect", maxBytes: 32_000_000, linkSeconds: 60, prefix: "api/" };
const uploading: UploadOptions = { maxBytes: 16_000_000, linkSeconds: 60, prefix: "api/", deleteAfterUse: false };

interface Sent {
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

type Options = DoorOptions & {
  readonly offloading?: Partial<OffloadOptions>;
  readonly uploading?: Partial<UploadOptions>;
};

async function call(door: TestDoor, sent: Sent, options: Options = {}): Promise<WireResponse & { text: string }> {
  const { offloading: own, uploading: ownUploads, ...rest } = options;
  const offload = offloadResponses({ ...offloading, ...own });
  const endpoint = takeUploads({ ...uploading, ...ownUploads })(echo);
  const handler = door.make(endpoint, rest, offload);
  const response = await exchange(door, handler, {
    method: "POST",
    target: sent.path,
    httpVersion: "1.1",
    headers: [["Host", "api.example.com"], ["Accept", "*/*"], ...Object.entries(sent.headers ?? {})],
    body: Buffer.from(sent.body ?? ""),
    sourceIp: "203.0.113.10",
    scheme: "https",
  });
  return { ...response, text: Buffer.from(response.body).toString() };
}

function header(response: Pick<WireResponse, "headers">, name: string): string | undefined {
  return response.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

function location(response: WireResponse): string {
  const link = header(response, "location");
  if (link === undefined) throw new Error(`no link: ${response.status} ${Buffer.from(response.body).toString()}`);
  return link;
}

interface Upload {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly expireTime: string;
}

async function askForUpload(door: TestDoor, path: string, length: number, type?: string, options?: Options) {
  const typeHeader = type === undefined ? {} : { "X-Upload-Content-Type": type };
  const headers = { "X-Upload-Content-Length": String(length), ...typeHeader };
  const response = await call(door, { path, headers }, options);
  expect([response.status, header(response, "cache-control")]).toEqual([200, "no-store"]);
  return (JSON.parse(response.text) as { upload: Upload }).upload;
}

async function put({ url, method, headers }: Upload, body: Uint8Array, more = {}): Promise<number> {
  const { "Content-Length": _, ...rest } = headers;
  const response = await fetch(url, { method, headers: { ...rest, ...more }, body: new Uint8Array(body) });
  await response.arrayBuffer();
  return response.status;
}

const allDoors = testDoors.map((door): [string, TestDoor] => [door.name, door]);
const wholeDoors = allDoors.filter(([, { streams }]) => !streams);
const door = testDoors.find(({ name }) => name === "http-api") as TestDoor;

describe.skipIf(typeof packages === "string")("large payloads", () => {
  test.each(wholeDoors)("%s: 10 MB of bytes go out behind a 303, type and metadata kept", async (_, each) => {
    const response = await call(each, { path: "/v1/noise", body: "10000000" });
    expect([response.status, response.text, header(response, "cache-control")]).toEqual([303, "", "no-store"]);
    expect(header(response, "content-type")).not.toBe("image/x-noise");
    const url = location(response);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/payloads\/api\/responses\/[\w-]{43}\?X-Amz-Algorithm=/);
    const followed = await fetch(url);
    expect([followed.status, followed.headers.get("content-type")]).toEqual([200, "image/x-noise"]);
    expect(Buffer.from(await followed.arrayBuffer()).equals(noise(10_000_000))).toBe(true);
    expect(logged).toEqual([]);
  });

  test.each(wholeDoors)("%s: a stream that was collected goes out, too", async (_, each) => {
    const response = await call(each, { path: "/v1/stream", body: "9000000" });
    const followed = await fetch(location(response));
    expect((await followed.text()).length).toBe(9_000_000);
  });

  test.each(allDoors)("%s: 10 MB of bytes come in by an upload", async (_, each) => {
    const bytes = noise(10_000_000);
    const upload = await askForUpload(each, "/v1/json", bytes.length, "application/vnd.noise+json");
    expect(upload.headers).toEqual({ "Content-Length": "10000000", "Content-Type": "application/vnd.noise+json" });
    expect(Date.parse(upload.expireTime) - Date.now()).toBeGreaterThan(50_000);
    expect([await put(upload, bytes), calls.count]).toEqual([200, 0]);
    const response = await call(each, { path: "/v1/json", headers: { "X-Upload-Id": upload.id } });
    expect([response.status, response.text]).toEqual([
      200,
      '{"length":10000000,"contentType":"application/vnd.noise+json"}',
    ]);
    expect(calls.count).toBe(1);
  });

  test("what came in by an upload goes out by a link, byte by byte", async () => {
    const bytes = noise(10_000_001);
    const upload = await askForUpload(door, "/v1/echo", bytes.length, "application/octet-stream");
    await put(upload, bytes);
    const response = await call(door, { path: "/v1/echo", headers: { "X-Upload-Id": upload.id } });
    expect([response.status, header(response, "grpc-metadata-seen")]).toEqual([303, "yes"]);
    const followed = await fetch(location(response));
    expect(followed.headers.get("content-type")).toBe("application/octet-stream");
    expect(Buffer.from(await followed.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test("responses", async () => {
    const small = await call(door, { path: "/v1/noise", body: "1000" });
    expect([small.status, small.body.length]).toEqual([200, 1000]);
    const over = await call(door, { path: "/v1/noise", body: "1001" }, { offloading: { threshold: 1000 } });
    expect(over.status).toBe(303);
    const beyond = await call(door, { path: "/v1/noise", body: "8000000" }, { offloading: { maxBytes: 7_000_000 } });
    expect([beyond.status, JSON.parse(beyond.text)]).toEqual([
      429,
      { code: 8, message: "the response is larger than 7000000 bytes", details: [] },
    ]);
    const stream = await call(door, { path: "/v1/stream", body: "8000000" }, { offloading: { maxBytes: 7_000_000 } });
    expect(stream.status).toBe(429);
    const failure = await call(door, { path: "/v1/fail" });
    expect([failure.status, JSON.parse(failure.text).message]).toEqual([
      429,
      "the response is larger than the 6 MB that AWS Lambda can return",
    ]);
  });

  test("an envelope says where the response is, and what", async () => {
    const response = await call(door, { path: "/v1/noise", body: "7000000" }, { offloading: { answer: "envelope" } });
    expect([response.status, header(response, "content-type")]).toEqual([200, "application/json"]);
    const { largePayload } = JSON.parse(response.text);
    expect(largePayload).toMatchObject({ contentType: "image/x-noise", size: 7_000_000 });
    expect(Date.parse(largePayload.expireTime) - Date.now()).toBeGreaterThan(50_000);
    const followed = await fetch(largePayload.url);
    expect(Buffer.from(await followed.arrayBuffer()).equals(noise(7_000_000))).toBe(true);
  });

  test("what is compressed stays so in the bucket", async () => {
    const response = await call(
      door,
      { path: "/v1/stream", body: "9000000", headers: { "Accept-Encoding": "gzip" } },
      { compression: compression(), offloading: { threshold: 1000 } },
    );
    const followed = await fetch(location(response));
    expect(followed.headers.get("content-encoding")).toBe("gzip");
    expect(Number(followed.headers.get("content-length"))).toBeLessThan(100_000);
    expect((await followed.text()).length).toBe(9_000_000);
  });

  test("pages of other origins may read the redirect", async () => {
    const origins = ["https://app.example.com"];
    const allow = cors({
      origins,
      methods: ["POST"],
      headers: ["*"],
      exposeHeaders: [],
      maxAge: 1,
      credentials: false,
    });
    const alb = testDoors.find(({ name }) => name === "alb") as TestDoor;
    const sent = { path: "/v1/noise", body: "2000000", headers: { Origin: "https://app.example.com" } };
    const response = await call(alb, sent, { cors: allow });
    expect([response.status, header(response, "access-control-allow-origin")]).toEqual([303, origins[0]]);
  });

  test("pages of other origins may read why a response was not stored", async () => {
    actAs(swift.stranger);
    const origins = ["https://app.example.com"];
    const allow = cors({
      origins,
      methods: ["POST"],
      headers: ["*"],
      exposeHeaders: [],
      maxAge: 1,
      credentials: false,
    });
    const sent = { path: "/v1/noise", body: "7000000", headers: { Origin: "https://app.example.com" } };
    const response = await call(door, sent, { cors: allow });
    const allowed = response.headers.filter(([name]) => name.toLowerCase() === "access-control-allow-origin");
    expect([response.status, allowed.map(([, value]) => value)]).toEqual([500, origins]);
  });

  test("a link ends", async () => {
    const url = location(await call(door, { path: "/v1/noise", body: "7000000" }, { offloading: { linkSeconds: 1 } }));
    expect((await fetch(url)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect((await fetch(url)).status).toBe(403);
  });

  test("a link leads to one object, for reading, as long as it said", async () => {
    const url = location(await call(door, { path: "/v1/noise", body: "7000000" }));
    const changed = [
      url.replace(/responses\/./, (start) => (start.endsWith("_") ? "responses/-" : "responses/_")),
      url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"),
      url.replace("api/responses/", "api/uploads/"),
      url.replace("a%2Fsession", "b%2Fsession"),
      url.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
      url.replace(/&X-Amz-Signature=.*/, ""),
    ];
    for (const link of changed) expect([link, (await fetch(link)).status]).toEqual([link, 403]);
    expect((await fetch(url, { method: "PUT", body: "x" })).status).toBe(403);
    expect((await fetch(url, { method: "DELETE" })).status).toBe(403);
    expect((await fetch(url)).status).toBe(200);
  });

  test("a bucket that refuses gives an error without secrets", async () => {
    actAs(swift.stranger);
    const response = await call(door, { path: "/v1/noise", body: "7000000" });
    const message = "the response is too large to be sent, and could not be stored";
    expect([response.status, JSON.parse(response.text)]).toEqual([500, { code: 13, message, details: [] }]);
    expect(String(logged)).toContain("S3 PUT: 403 AccessDenied");
    expect(JSON.stringify(logged) + String(logged)).not.toMatch(/X-Amz|signature|reading|session/i);
  });

  test("wrong credentials, no credentials, no bucket, nobody there", async () => {
    const outcome = async () => (await call(door, { path: "/v1/noise", body: "7000000" })).status;
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "wrong");
    expect(await outcome()).toBe(500);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
    expect(await outcome()).toBe(500);
    actAs(swift.writer);
    vi.stubEnv("GRPC2LAMBDA_PAYLOAD_BUCKET", "elsewhere");
    expect(await outcome()).toBe(500);
    vi.stubEnv("GRPC2LAMBDA_PAYLOAD_BUCKET", "");
    expect(await outcome()).toBe(429);
    vi.stubEnv("GRPC2LAMBDA_PAYLOAD_BUCKET", bucket);
    vi.stubEnv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1");
    expect(await outcome()).toBe(503);
    vi.stubEnv("AWS_ENDPOINT_URL_S3", swift.endpoint);
    expect(logged.flatMap(([, error]) => (error === undefined ? [] : [String(error)]))).toEqual([
      "S3Error: S3 PUT: 403 SignatureDoesNotMatch",
      "Error: no region or no credentials for S3 in the environment",
      "S3Error: S3 PUT: 404 NoSuchBucket",
      "S3Error: S3 PUT: ECONNREFUSED",
    ]);
  });

  test("an upload is what was asked for", async () => {
    const upload = await askForUpload(door, "/v1/echo", 5, "text/plain");
    expect(await put(upload, Buffer.from("123456"))).toBe(403);
    expect(await put(upload, Buffer.from("12345"), { "Content-Type": "text/html" })).toBe(403);
    expect(await put({ ...upload, url: upload.url.replace("uploads", "responses") }, Buffer.from("12345"))).toBe(403);
    expect((await fetch(upload.url)).status).toBe(403);
    expect(await put(upload, Buffer.from("12345"))).toBe(200);
    const response = await call(door, { path: "/v1/echo", headers: { "X-Upload-Id": upload.id } });
    expect([response.status, response.text, header(response, "content-type")]).toEqual([200, "12345", "text/plain"]);
  });

  test("an upload has to begin in time", async () => {
    const upload = await askForUpload(door, "/v1/echo", 5, "text/plain", { uploading: { linkSeconds: 1 } });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await put(upload, Buffer.from("12345"))).toBe(403);
  });

  test.each<[what: string, headers: Record<string, string>, status: number, code: number]>([
    ["no number", { "X-Upload-Content-Length": "ten" }, 400, 3],
    ["nothing", { "X-Upload-Content-Length": "0" }, 400, 3],
    ["a sign", { "X-Upload-Content-Length": "-1" }, 400, 3],
    ["too much", { "X-Upload-Content-Length": "16000001" }, 429, 8],
    ["no type", { "X-Upload-Content-Length": "5", "X-Upload-Content-Type": "plain" }, 400, 3],
    ["a type of two lines", { "X-Upload-Content-Length": "5", "X-Upload-Content-Type": "a/b; x=y, c" }, 400, 3],
    ["a path", { "X-Upload-Id": "../responses/0123456789012345678901234567890" }, 400, 3],
    ["an encoded path", { "X-Upload-Id": "..%2Fresponses%2F01234567890123456789012345" }, 400, 3],
    ["a key", { "X-Upload-Id": "api/uploads/0123456789012345678901234567890123456789012" }, 400, 3],
    ["too short an id", { "X-Upload-Id": "012345678901234567890123456789012345678901" }, 400, 3],
    ["what nobody uploaded", { "X-Upload-Id": "0123456789012345678901234567890123456789012" }, 400, 9],
  ])("asked for with %s", async (_, headers, status, code) => {
    const response = await call(door, { path: "/v1/echo", headers });
    expect([response.status, JSON.parse(response.text).code, calls.count]).toEqual([status, code, 0]);
    expect(logged).toEqual([]);
  });

  test("the object of a response cannot be read as an upload", async () => {
    const url = location(await call(door, { path: "/v1/noise", body: "7000000" }));
    const id = /responses\/([\w-]{43})/.exec(url)?.[1] ?? "";
    const response = await call(door, { path: "/v1/echo", headers: { "X-Upload-Id": id } });
    expect([response.status, JSON.parse(response.text).code]).toEqual([400, 9]);
  });

  test("a request has one body", async () => {
    const upload = await askForUpload(door, "/v1/echo", 5, "text/plain");
    await put(upload, Buffer.from("12345"));
    const response = await call(door, { path: "/v1/echo", headers: { "X-Upload-Id": upload.id }, body: "more" });
    expect([response.status, calls.count]).toEqual([400, 0]);
  });

  test("who may not call may not upload", async () => {
    const ask = (headers: Record<string, string>) => call(door, { path: "/v1/guarded", headers });
    expect((await ask({ "X-Upload-Content-Length": "5" })).status).toBe(401);
    expect((await ask({ "X-Upload-Content-Length": "5", "X-Token": "mine" })).status).toBe(200);
    expect((await ask({ "X-Upload-Id": "0".repeat(43) })).status).toBe(401);
  });

  test("the type of an upload is checked as that of a body", async () => {
    const upload = await askForUpload(door, "/v1/json", 5, "text/csv");
    await put(upload, Buffer.from("12345"));
    const response = await call(door, { path: "/v1/json", headers: { "X-Upload-Id": upload.id } });
    expect([response.status, calls.count]).toEqual([415, 0]);
  });

  test("uploads are inflated, and no further than uploads may be large", async () => {
    const send = async (body: Uint8Array, coding: string) => {
      const upload = await askForUpload(door, "/v1/json", body.length);
      expect(await put(upload, body, { "Content-Encoding": coding })).toBe(200);
      return call(door, { path: "/v1/json", headers: { "X-Upload-Id": upload.id } });
    };
    const plain = Buffer.alloc(16_000_000, "a");
    expect((await send(gzipSync(plain), "gzip")).text).toContain('"length":16000000,');
    expect((await send(brotliCompressSync(plain), "br")).text).toContain('"length":16000000,');
    expect((await send(gzipSync(Buffer.alloc(16_000_001)), "gzip")).status).toBe(429);
    expect((await send(gzipSync(plain).subarray(0, 1000), "gzip")).status).toBe(400);
    expect((await send(plain.subarray(0, 10), "zstd")).status).toBe(415);
  });

  test("an object that is larger than uploads may be is not read", async () => {
    const upload = await askForUpload(door, "/v1/json", 2_000_000);
    await put(upload, noise(2_000_000));
    const headers = { "X-Upload-Id": upload.id };
    const response = await call(door, { path: "/v1/json", headers }, { uploading: { maxBytes: 1_000_000 } });
    expect([response.status, JSON.parse(response.text).code, calls.count]).toEqual([429, 8, 0]);
  });

  test("an upload can be used again, unless it is deleted after use", async () => {
    const upload = await askForUpload(door, "/v1/json", 5);
    await put(upload, Buffer.from("12345"));
    const use = async (uploading = {}) =>
      (await call(door, { path: "/v1/json", headers: { "X-Upload-Id": upload.id } }, { uploading })).status;
    expect(await use()).toBe(200);
    expect(await use({ deleteAfterUse: true })).toBe(200);
    expect(await use()).toBe(400);
    expect(logged).toEqual([]);
  });

  test("a bucket that refuses to be read says no more than that there is no upload", async () => {
    const upload = await askForUpload(door, "/v1/json", 5);
    await put(upload, Buffer.from("12345"));
    actAs(swift.stranger);
    const response = await call(door, { path: "/v1/json", headers: { "X-Upload-Id": upload.id } });
    expect([response.status, JSON.parse(response.text).code]).toEqual([400, 9]);
  });
});
