/** `gen/error-details.ts`: as user code calls it, and what it costs those who do not. */
import { build } from "esbuild";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { inMemory, loadEmitted } from "../support/load-emitted.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";

const proto = `
syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
import "google/protobuf/any.proto";
import "google/protobuf/timestamp.proto";
service S { rpc Get(Request) returns (Reply) { option (google.api.http) = { get: "/v1/get" }; } }
message Request {}
message Reply {}
message Trouble { string what = 1; int64 big_count = 2; Trouble inner = 3; google.protobuf.Any more = 4; }
`;

/** What the tool plans, no codec more. */
function emitted(options: Partial<PlanOptions>) {
  const { plan } = planGeneration(modelFromProto({ "acme/v1/s.proto": proto }), planOptions(options));
  return emitFiles(plan).filter(({ path }) => !path.includes("/runtime/"));
}

const own = { anyTypes: ["acme.v1.Trouble", "google.protobuf.Timestamp", "google.rpc.Help"] };

function sizeOf(files: ReturnType<typeof emitted>, contents: string) {
  return build({
    stdin: { contents, resolveDir: process.cwd(), sourcefile: "entry.ts", loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    metafile: true,
    plugins: [inMemory(files)],
  });
}

describe("with types of the API's own", () => {
  // biome-ignore lint/suspicious/noExplicitAny: what is emitted
  let packedDetail: any;
  beforeAll(async () => {
    const [module] = await loadEmitted(emitted({ ...own, messages: { ...planOptions().messages, longs: "Number" } }), [
      "gen/error-details",
    ]);
    packedDetail = module?.packedDetail;
  });

  test.each<[string, number[], object]>([
    [
      "acme.v1.Trouble",
      [10, 1, 97, 16, 5, 26, 2, 10, 0],
      { what: "a", bigCount: "5", inner: { what: "", bigCount: "0", inner: null, more: null }, more: null },
    ],
    ["google.protobuf.Timestamp", [8, 1], { value: "1970-01-01T00:00:01Z" }],
    ["google.rpc.Help", [], { links: [] }],
    ["google.rpc.RequestInfo", [10, 1, 97], { requestId: "a", servingData: "" }],
  ])("%s", (name, value, json) => {
    const typeUrl = `type.googleapis.com/${name}`;
    expect(packedDetail({ typeUrl, value: Uint8Array.from(value) })).toEqual({ "@type": typeUrl, ...json });
  });

  test("another type, and bytes that are none, are passed on", () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    for (const [name, value] of [
      ["acme.v1.Reply", 8],
      ["acme.v1.Trouble", 7],
    ]) {
      const typeUrl = `a/${name}`;
      const base64 = Buffer.of(Number(value)).toString("base64");
      expect(packedDetail({ typeUrl, value: [value] })).toEqual({ "@type": typeUrl, value: base64 });
    }
    expect(logged).toHaveBeenCalledTimes(2);
    logged.mockRestore();
  });
});

test("a bundle has what is called: no reader of bytes and no other detail beside badRequest", async () => {
  const { outputFiles } = await sizeOf(emitted(own), 'export { badRequest } from "./gen/error-details.js";');
  const [text = ""] = outputFiles.map((file) => file.text);
  expect(text).toContain("fieldViolations");
  expect(text).not.toMatch(/stackEntries|quotaId|Trouble|varint|type_url/);
  expect(text.length).toBeLessThan(2500);
});

test("functions carry nothing of it", async () => {
  const { metafile } = await sizeOf(emitted(own), 'export { handler } from "./gen/functions/s-get.js";');
  expect(Object.keys(metafile?.inputs ?? {}).filter((path) => /details/.test(path))).toEqual([]);
});
