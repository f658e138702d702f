/** Details of errors in their binary form: written by protobufjs from the upstream proto, read by the runtime's table. */
import * as grpc from "@grpc/grpc-js";
import { join } from "node:path";
import protobuf from "protobufjs";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { toServiceError } from "../../src/runtime/grpc-js/grpc-js.js";
import { statusOf } from "../../src/runtime/status.js";
import * as errorDetails from "../../src/runtime/error-details.js";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import { packedDetail, readStatusDetails } from "../../src/runtime/grpc-js/status-details.js";
import { event, loadLibrary } from "./library-functions.js";

const include = join(import.meta.dirname, "../../src/proto/include");
const root = new protobuf.Root();
root.resolvePath = (_, target) => join(include, target);
root.loadSync(["google/rpc/error_details.proto", "google/rpc/status.proto"]);

function pack(name: string, message: object): { typeUrl: string; value: Uint8Array } {
  const type = root.lookupType(`google.rpc.${name}`);
  return {
    typeUrl: `type.googleapis.com/google.rpc.${name}`,
    value: type.encode(type.fromObject(message)).finish(),
  };
}

function status(...details: { typeUrl: string; value: Uint8Array }[]): Buffer {
  const type = root.lookupType("google.rpc.Status");
  const any = details.map(({ typeUrl, value }) => ({ type_url: typeUrl, value }));
  return Buffer.from(type.encode(type.fromObject({ code: 3, message: "m", details: any })).finish());
}

const violation = { subject: "", description: "", apiService: "", quotaMetric: "", quotaId: "", quotaDimensions: {} };

/** Message, and its JSON where that is something else. */
const cases: readonly (readonly [string, object, object])[] = [
  [
    "ErrorInfo",
    { reason: "R", domain: "d", metadata: { a: "b", __proto__x: "c" } },
    { reason: "R", domain: "d", metadata: { a: "b", __proto__x: "c" } },
  ],
  ["ErrorInfo", {}, { reason: "", domain: "", metadata: {} }],
  ["RetryInfo", { retryDelay: { seconds: 1, nanos: 500_000_000 } }, { retryDelay: "1.500s" }],
  ["RetryInfo", { retryDelay: { seconds: -2 } }, { retryDelay: "-2s" }],
  ["RetryInfo", {}, { retryDelay: null }],
  ["DebugInfo", { stackEntries: ["a", "b"], detail: "d" }, { stackEntries: ["a", "b"], detail: "d" }],
  [
    "QuotaFailure",
    {
      violations: [
        { subject: "s", quotaDimensions: { k: "v" }, quotaValue: "9007199254740993", futureQuotaValue: 0 },
        {},
      ],
    },
    {
      violations: [
        {
          ...violation,
          subject: "s",
          quotaDimensions: { k: "v" },
          quotaValue: "9007199254740993",
          futureQuotaValue: "0",
        },
        { ...violation, quotaValue: "0" },
      ],
    },
  ],
  [
    "PreconditionFailure",
    { violations: [{ type: "t" }] },
    { violations: [{ type: "t", subject: "", description: "" }] },
  ],
  [
    "BadRequest",
    { fieldViolations: [{ field: "f", localizedMessage: { locale: "de" } }, { reason: "r" }] },
    {
      fieldViolations: [
        { field: "f", description: "", reason: "", localizedMessage: { locale: "de", message: "" } },
        { field: "", description: "", reason: "r", localizedMessage: null },
      ],
    },
  ],
  ["RequestInfo", { requestId: "r" }, { requestId: "r", servingData: "" }],
  ["ResourceInfo", { owner: "o" }, { resourceType: "", resourceName: "", owner: "o", description: "" }],
  ["Help", { links: [{ url: "u" }] }, { links: [{ description: "", url: "u" }] }],
  ["LocalizedMessage", { message: "m" }, { locale: "", message: "m" }],
];

test.each(cases)("google.rpc.%s %j", (name, message, json) => {
  expect(packedDetail(pack(name, message))).toEqual({ "@type": `type.googleapis.com/google.rpc.${name}`, ...json });
});

test("maps are in the order of their keys, as Go prints them", () => {
  const metadata = { b: "1", "\u{1f600}": "2", "\uff00": "3", Z: "4", "": "5", a: "6" };
  const sorted = ["", "Z", "a", "b", "\uff00", "\u{1f600}"];
  const keysOf = (detail: object): string[] => Object.keys((detail as { metadata: object }).metadata);
  expect(keysOf(packedDetail(pack("ErrorInfo", { metadata })))).toEqual(sorted);
  expect(keysOf(errorDetails.errorInfo({ metadata }))).toEqual(sorted);
});

type MakeDetail = (message: object) => Record<string, unknown>;
const makers = new Map(Object.entries(errorDetails) as [string, unknown][]) as Map<string, MakeDetail>;

test.each(cases)("the function for google.rpc.%s gives the same: %j", (name, message, json) => {
  const make = makers.get(`${name.slice(0, 1).toLowerCase()}${name.slice(1)}`);
  expect(make?.(message)).toEqual({ "@type": `type.googleapis.com/google.rpc.${name}`, ...json });
});

test.each<[string, object, object]>([
  ["retryInfo", { retryDelay: { seconds: 3n, nanos: 1 } }, { retryDelay: "3.000000001s" }],
  [
    "quotaFailure",
    { violations: [{ quotaValue: 2n ** 62n, quotaDimensions: JSON.parse('{"__proto__":"a"}') }] },
    {
      violations: [
        { ...violation, quotaValue: "4611686018427387904", quotaDimensions: JSON.parse('{"__proto__":"a"}') },
      ],
    },
  ],
  ["badRequest", { fieldViolations: null }, { fieldViolations: [] }],
  ["errorInfo", { reason: 3, metadata: { a: 1 }, other: "dropped" }, { reason: "3", domain: "", metadata: { a: "1" } }],
])("%s, untyped or in other types (%#)", (name, message, json) => {
  const { "@type": type, ...members } = makers.get(name)?.(message) ?? {};
  expect(String(type).toLowerCase()).toBe(`type.googleapis.com/google.rpc.${name}`.toLowerCase());
  expect(JSON.stringify(members)).toBe(JSON.stringify({ ...members, ...json }));
});

test("every message of error_details.proto has a case", () => {
  const declared = Object.keys((root.lookup("google.rpc") as protobuf.Namespace).nested ?? {});
  expect([...new Set(cases.map(([name]) => name))].sort()).toEqual(declared.filter((name) => name !== "Status").sort());
});

describe("packed messages", () => {
  const bytes = pack("Help", { links: [{ url: "u" }] });
  const json = { "@type": bytes.typeUrl, links: [{ description: "", url: "u" }] };
  const own = { typeUrl: "type.googleapis.com/acme.Own", value: Uint8Array.of(1, 2) };
  const kept = { "@type": own.typeUrl, value: "AQI=" };
  let logged: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  });
  afterEach(() => vi.restoreAllMocks());

  test.each<[string, object]>([
    ["protobuf-es", { $typeName: "google.protobuf.Any", ...bytes }],
    ["ts-proto", { typeUrl: bytes.typeUrl, value: Buffer.from(bytes.value) }],
    ["protobufjs and proto-loader", { type_url: bytes.typeUrl, value: bytes.value }],
    ["proto-loader, bytes: String", { type_url: bytes.typeUrl, value: Buffer.from(bytes.value).toString("base64") }],
    ["proto-loader, bytes: Array", { type_url: bytes.typeUrl, value: [...bytes.value] }],
  ])("as %s has them", (_, packed) => {
    expect(packedDetail(packed)).toEqual(json);
    expect(logged).not.toHaveBeenCalled();
  });

  test.each<[string, object, object]>([
    ["another type", own, kept],
    [
      "bytes that are no such message",
      { ...bytes, value: Uint8Array.of(10, 200) },
      { "@type": bytes.typeUrl, value: "Csg=" },
    ],
    ["no type at all", { value: Uint8Array.of(1) }, { "@type": "", value: "AQ==" }],
  ])("%s: the bytes are kept, and the log says so", (_, packed, expected) => {
    expect(packedDetail(packed)).toEqual(expected);
    expect(logged).toHaveBeenCalledTimes(1);
  });

  test("nothing is the empty Any", () => {
    expect(packedDetail({})).toEqual({});
    expect(logged).not.toHaveBeenCalled();
  });

  test("in a status, one that is broken does not spoil the others", () => {
    expect(readStatusDetails(status(own, { ...bytes, value: Uint8Array.of(7) }, bytes))).toEqual([
      kept,
      { "@type": bytes.typeUrl, value: "Bw==" },
      json,
    ]);
  });
});

test.each([[Uint8Array.of(26, 200)], [Uint8Array.of(26, 1, 10)], [Uint8Array.of(7)]])("%s is refused", (bytes) => {
  expect(() => readStatusDetails(bytes)).toThrow(expect.objectContaining({ name: "DecodeError" }));
});

describe("from an existing grpc-js object", () => {
  let functions: Record<string, HttpApiHandler>;
  let bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: what grpc-js hands to JavaScript services
  type Call = any;
  const failure = (): object => {
    const metadata = new grpc.Metadata();
    metadata.set("grpc-status-details-bin", bytes);
    metadata.set("other", "kept");
    return Object.assign(new Error(), { code: 3, details: "bad", metadata });
  };
  beforeAll(async () => {
    const oldLibrary = {
      getShelf: (_call: Call, callback: Call) => callback(failure()),
      listShelves: (call: Call) => call.emit("error", failure()),
    };
    functions = await loadLibrary({ oldLibrary }, {}, { plan: { anyTypes: ["acme.library.v1.Trouble"] } });
  });
  afterEach(() => vi.restoreAllMocks());

  const headers = { te: "trailers" };
  const help = { "@type": "type.googleapis.com/google.rpc.Help", links: [{ description: "d", url: "u" }] };

  test("unary", async () => {
    bytes = status(pack("Help", help));
    const result = await functions["old-library-service-get-shelf"]?.(event("GET", "/v0/shelves/1", { headers }));
    expect(JSON.parse(result?.body ?? "")).toEqual({ code: 3, message: "bad", details: [help] });
    expect(result?.headers).toMatchObject({ "grpc-trailer-other": "kept" });
    expect(Object.keys(result?.headers ?? {})).not.toContain("grpc-trailer-grpc-status-details-bin");
  });

  test("streaming", async () => {
    bytes = status(pack("Help", help));
    const result = await functions["old-library-service-list-shelves"]?.(event("GET", "/v0/shelves"));
    expect(JSON.parse(result?.body ?? "")).toEqual({ error: { code: 3, message: "bad", details: [help] } });
  });

  test("a type of the API's own", async () => {
    const typeUrl = "type.googleapis.com/acme.library.v1.Trouble";
    bytes = status({ typeUrl, value: Uint8Array.of(10, 1, 97, 16, 5) }, pack("Help", help));
    const trouble = { "@type": typeUrl, what: "a", times: "5", shelf: null };
    const expected = { code: 3, message: "bad", details: [trouble, help] };
    const unary = await functions["old-library-service-get-shelf"]?.(event("GET", "/v0/shelves/1"));
    expect(JSON.parse(unary?.body ?? "")).toEqual(expected);
    const stream = await functions["old-library-service-list-shelves"]?.(event("GET", "/v0/shelves"));
    expect(JSON.parse(stream?.body ?? "")).toEqual({ error: expected });
  });

  test("bytes that are no status are logged and left out", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    bytes = Buffer.from([26, 200]);
    const result = await functions["old-library-service-get-shelf"]?.(event("GET", "/v0/shelves/1"));
    expect(JSON.parse(result?.body ?? "")).toEqual({ code: 3, message: "bad", details: [] });
    expect(logged).toHaveBeenCalledTimes(1);
  });
});

test("a code that gRPC does not have keeps its details", () => {
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", status(pack("ErrorInfo", { reason: "R" })));
  const { code, details } = statusOf(toServiceError({ code: 100, details: "m", metadata }, undefined));
  expect([code, details]).toEqual([100, [expect.objectContaining({ reason: "R" })]]);
});
