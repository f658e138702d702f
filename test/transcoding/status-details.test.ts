/** Details of errors in their binary form: written by protobufjs from the upstream proto, read by the runtime's table. */
import * as grpc from "@grpc/grpc-js";
import { join } from "node:path";
import protobuf from "protobufjs";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { HttpApiHandler } from "../../src/runtime/http-api.js";
import { detailJson, readStatusDetails } from "../../src/runtime/status-details.js";
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
  expect(detailJson(pack(name, message))).toEqual({ "@type": `type.googleapis.com/google.rpc.${name}`, ...json });
});

test("every message of error_details.proto has a case", () => {
  const declared = Object.keys((root.lookup("google.rpc") as protobuf.Namespace).nested ?? {});
  expect([...new Set(cases.map(([name]) => name))].sort()).toEqual(declared.filter((name) => name !== "Status").sort());
});

test("a message of another type keeps its bytes", () => {
  const own = { typeUrl: "type.googleapis.com/acme.Own", value: Uint8Array.of(1, 2) };
  expect(readStatusDetails(status(own, pack("Help", {})))).toEqual([
    { "@type": "type.googleapis.com/acme.Own", value: "AQI=" },
    { "@type": "type.googleapis.com/google.rpc.Help", links: [] },
  ]);
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
    functions = await loadLibrary({ oldLibrary });
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

  test("bytes that are no status are logged and left out", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    bytes = Buffer.from([26, 200]);
    const result = await functions["old-library-service-get-shelf"]?.(event("GET", "/v0/shelves/1"));
    expect(JSON.parse(result?.body ?? "")).toEqual({ code: 3, message: "bad", details: [] });
    expect(logged).toHaveBeenCalledTimes(1);
  });
});
