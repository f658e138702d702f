/** Numbers at the edges of 2^53 and 64 bits, and what JSON texts may say twice: in body, query and path, under both profiles. */
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { HttpRequest, HttpResponse } from "../../src/runtime/http.js";
import { loadVectors, planVectors } from "./load-vectors.js";
import { type Received, vectorEndpoints } from "./vectors-service.js";

const profiles = ["grpc-gateway", "spec"] as const;
type ProfileName = (typeof profiles)[number];
const servers = {} as Record<ProfileName, (request: HttpRequest) => Promise<HttpResponse>>;
const received: Received[] = [];

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  for (const profile of profiles) {
    const generated = await loadVectors(
      planVectors({ profile, unknownFields: profile === "spec" ? "reject" : "ignore" }),
    );
    const serve = generated.serveEndpoint(generated.router(vectorEndpoints(generated, received)));
    servers[profile] = (request) => serve(request, { event: {}, lambda: undefined });
  }
});

/** The message that the handler got, or the status of a refusal. */
async function send(profile: ProfileName, request: Partial<HttpRequest>): Promise<Record<string, unknown> | number> {
  received.length = 0;
  const whole = { method: "GET", path: "/", pathIsDecoded: false, query: "", headers: {}, body: "", ...request };
  const { status } = await servers[profile](whole);
  const [call] = received;
  return call === undefined ? status : (call.request as Record<string, unknown>);
}

const body = (profile: ProfileName, json: string) => send(profile, { method: "POST", path: "/v1/echo", body: json });
const query = (profile: ProfileName, text: string) => send(profile, { path: "/v1/echo", query: text });

describe.each(profiles)("profile %s", (profile) => {
  test.each<[json: string, value: bigint | undefined]>([
    ["9007199254740993", 9007199254740993n],
    ['"9007199254740993"', 9007199254740993n],
    ["9223372036854775807", 9223372036854775807n],
    ["-9223372036854775808", -9223372036854775808n],
    ["9223372036854775808", undefined],
    ["1.0", 1n],
    ["1e2", 100n],
    ['"1e2"', 100n],
    ["9007199254740993.0", 9007199254740993n],
    ["1.5", undefined],
    ["1e400", undefined],
    ['""', undefined],
  ])("int64 %s in a body", async (json, value) => {
    const got = await body(profile, `{"int64_value":${json}}`);
    if (value === undefined) expect(got).toBe(400);
    else expect(got).toMatchObject({ int64Value: value });
  });

  // A query's texts are those of Go's strconv in both profiles: digits alone.
  test.each<[text: string, value: bigint | undefined]>([
    ["9007199254740993", 9007199254740993n],
    ["9223372036854775807", 9223372036854775807n],
    ["-9223372036854775808", -9223372036854775808n],
    ["9223372036854775808", undefined],
    ["1.0", undefined],
    ["1e2", undefined],
    ["", undefined],
    ["0x10", undefined],
  ])("int64 %s in a query", async (text, value) => {
    const got = await query(profile, `int64_value=${text}`);
    if (value === undefined) expect(got).toBe(400);
    else expect(got).toMatchObject({ int64Value: value });
  });

  test("a name twice is refused, wherever it is", async () => {
    for (const json of [
      '{"int64_value":1,"int64_value":1}',
      '{"int64_value":1,"int64Value":1}',
      '{"map_string_string":{"a":"1","a":"2"}}',
      '{"nested":{"name":"a","name":"b"}}',
      '{"struct_value":{"a":{"b":1,"b":2}}}',
    ])
      expect(await body(profile, json), json).toBe(400);
  });

  test("half a character is refused, wherever it is", async () => {
    for (const json of [
      '{"string_value":"\\ud800"}',
      '{"map_string_string":{"\\udc00":"x"}}',
      '{"struct_value":{"a":["\\ud800"]}}',
    ])
      expect(await body(profile, json), json).toBe(400);
  });

  test("of a body that goes on, the first value counts in grpc-gateway's profile only", async () => {
    for (const rest of ["{}", "]", " trailing", '{"int64_value":2}']) {
      const got = await body(profile, `{"int64_value":9007199254740993}${rest}`);
      if (profile === "spec") expect(got).toBe(400);
      else expect(got).toMatchObject({ int64Value: 9007199254740993n });
    }
  });

  test("a parameter twice is refused", async () => {
    expect(await query(profile, "int64_value=1&int64_value=2")).toBe(400);
  });
});
