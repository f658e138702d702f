/** Compressed bodies through every door that takes a response whole. */
import { brotliCompressSync, brotliDecompressSync, deflateSync, gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { chooseEncoding } from "../../src/runtime/doors/accept-encoding.js";
import { compression } from "../../src/runtime/doors/compression.js";
import type { WireRequest, WireResponse } from "../../src/simulator/wire.js";
import { exchange, type TestDoor, testDoors } from "./doors.js";
import { calls, probe } from "./probe.js";

const doors = testDoors.filter(({ streams, name }) => !streams && name !== "rest-api");
const cases = doors.map((door): [string, TestDoor] => [door.name, door]);

function request(target: string, headers: Record<string, string>, body?: Uint8Array): WireRequest {
  return {
    method: body === undefined ? "GET" : "PUT",
    target,
    httpVersion: "1.1",
    headers: [["Host", "api.example.com"], ...Object.entries(headers)],
    body: body ?? new Uint8Array(),
    sourceIp: "203.0.113.10",
    scheme: "https",
  };
}

async function call(
  door: TestDoor,
  sent: WireRequest,
  options = {},
): Promise<WireResponse & { coding: string | undefined }> {
  const response = await exchange(door, door.make(probe, { compression: compression(options) }), sent);
  const find = (name: string) => response.headers.find(([key]) => key === name)?.[1];
  return { ...response, coding: find("content-encoding") };
}

test.each(cases)("%s: 2 MB go out in either coding, also where the door takes 1 MB", async (_, door) => {
  const zipped = await call(door, request("/v1/answers/7", { "Accept-Encoding": "gzip, deflate" }));
  expect([zipped.status, zipped.coding]).toEqual([200, "gzip"]);
  expect(gunzipSync(zipped.body).length).toBe(2_000_002);
  const brotli = await call(door, request("/v1/answers/7", { "Accept-Encoding": "gzip, deflate, br" }));
  expect([brotli.status, brotli.coding]).toEqual([200, "br"]);
  expect(brotliDecompressSync(brotli.body).length).toBe(2_000_002);
  expect(brotli.headers).toContainEqual(["vary", "Accept-Encoding"]);
});

test.each<[what: string, target: string, accept: string, options?: object]>([
  ["a client that accepts none", "/v1/answers/6", "identity"],
  ["a short response", "/v1/items/1", "gzip"],
  ["a response under the threshold", "/v1/answers/6", "gzip", { minBytes: 1_000_000 }],
  ["an image", "/v1/answers/0", "gzip", { minBytes: 1 }],
])("%s gets the response as it is", async (_, target, accept, options) => {
  for (const door of doors)
    expect((await call(door, request(target, { "Accept-Encoding": accept }), options)).coding).toBeUndefined();
});

const text = Buffer.from(JSON.stringify({ a: "b".repeat(1000) }));

test.each(cases)("%s: compressed requests arrive as they were", async (_, door) => {
  const bodies: [string, Uint8Array][] = [
    ["gzip", gzipSync(text)],
    ["x-gzip", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["gzip, gzip", gzipSync(gzipSync(text))],
    ["identity", text],
  ];
  for (const [coding, body] of bodies) {
    const type = coding === "identity" ? "application/json" : "application/octet-stream";
    const response = await call(
      door,
      request("/v1/items/1", { "Content-Encoding": coding, "Content-Type": type }, body),
    );
    const seen = JSON.parse(Buffer.from(response.body).toString());
    expect([coding, Buffer.from(seen.body, "base64").equals(text)]).toEqual([coding, true]);
  }
});

/** Types that every door but a load balancer hands over as text, whatever their coding is. */
const textTypes = ["application/json", "Application/JSON; charset=utf-8", "text/plain"];

test.each(cases)("%s: compressed JSON arrives as it was, or the answer says who has damaged it", async (_, door) => {
  const codings: [string, Uint8Array][] = [
    ["gzip", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["br", brotliCompressSync(text)],
  ];
  for (const [coding, body] of codings)
    for (const type of [...textTypes, "application/vnd.acme+json", "application/x-protobuf"]) {
      calls.count = 0;
      const sent = request("/v1/items/1", { "Content-Encoding": coding, "Content-Type": type }, body);
      const response = await call(door, sent);
      const isLost = door.id !== "alb" && textTypes.includes(type);
      expect([type, response.status, calls.count]).toEqual([type, isLost ? 415 : 200, isLost ? 0 : 1]);
      const answer = JSON.parse(Buffer.from(response.body).toString());
      if (isLost) {
        expect(answer.message).toMatch(`the front door took the ${coding} data for text`);
        expect(response.headers).toContainEqual([expect.stringMatching(/^accept-encoding$/i), "identity"]);
      } else expect(Buffer.from(answer.body, "base64").equals(text)).toBe(true);
    }
});

test.each<[what: string, coding: string, body: Uint8Array, status: number]>([
  ["a bomb", "gzip", gzipSync(new Uint8Array(5_000_000)), 429],
  ["a bomb in a bomb", "gzip, gzip", gzipSync(gzipSync(new Uint8Array(5_000_000))), 429],
  ["not gzip", "gzip", Buffer.from("plain"), 400],
  ["cut off", "gzip", gzipSync(text).subarray(0, 20), 400],
  ["a coding that is unknown", "zstd", text, 415],
  ["three codings", "gzip, gzip, gzip", text, 415],
])("%s: refused", async (_, coding, body, status) => {
  for (const door of doors) {
    const sent = request(
      "/v1/items/1",
      { "Content-Encoding": coding, "Content-Type": "application/octet-stream" },
      body,
    );
    calls.count = 0;
    expect((await call(door, sent, { maxBytes: 1_000_000 })).status).toBe(status);
    // An answer that is too large would have the same status.
    expect(calls.count).toBe(0);
  }
});

test.each([
  ["gzip", "gzip"],
  ["gzip, br", "br"],
  ["br;q=0.5, gzip", "gzip"],
  ["GZIP;Q=1.0", "gzip"],
  ["*", "br"],
  ["*;q=0.1, br;q=0", "gzip"],
  ["br;q=0, gzip;q=0", undefined],
  ["identity", undefined],
  ["", undefined],
  ["gzip;q=x", undefined],
])("Accept-Encoding %j: %s", (header, coding) => {
  expect(chooseEncoding(header, ["br", "gzip"])).toBe(coding);
});
