/** google.api.HttpBody in replies: whole, as `response_body`, in streams; and errors before the first message of a stream. */
import { describe, expect, test, vi } from "vitest";
import { namePlan } from "../../src/emit/names/name-plan.js";
import { emitFiles } from "../../src/emit/emit-files.js";
import type { BehaviourOptions, TranscodingOptions } from "../../src/plan/plan.js";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import { loadEmitted } from "../support/load-emitted.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { event } from "./library-functions.js";

const proto = `syntax = "proto3";
package t.v1;
import "google/api/annotations.proto";
import "google/api/httpbody.proto";
message M { google.api.HttpBody file = 1; }
service S {
  rpc Whole(M) returns (google.api.HttpBody) { option (google.api.http) = { get: "/whole" }; }
  rpc Field(M) returns (M) { option (google.api.http) = { get: "/field" response_body: "file" }; }
  rpc Chunks(M) returns (stream google.api.HttpBody) { option (google.api.http) = { get: "/chunks" }; }
  rpc Fields(M) returns (stream M) { option (google.api.http) = { get: "/fields" response_body: "file" }; }
  rpc Denied(M) returns (stream M) { option (google.api.http) = { get: "/denied" }; }
}`;

const handlers = `
const file = (text) => ({ contentType: "text/csv", data: Buffer.from(text), extensions: [] });
export const whole = () => file("a");
export const field = () => ({ file: file("a") });
export const chunks = async function* () { yield file("a"); yield { ...file("b"), contentType: "late" }; };
export const fields = async function* () { yield { file: file("a") }; yield { file: file("b") }; };
export const denied = async function* () { throw Object.assign(new Error("who"), { code: 16, details: "who" }); };
`;

const names = ["whole", "field", "chunks", "fields", "denied"] as const;

type Answers = Record<(typeof names)[number], unknown>;

async function answers(profile: TranscodingOptions["profile"], behaviour: BehaviourOptions = {}): Promise<Answers> {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const plan = planFromProto(proto, { transcoding: { profile, behaviour } });
  const emitted = emitFiles(plan).filter(
    ({ path, ownership }) => ownership === "generated" && !path.includes("/runtime/"),
  );
  const own = namePlan(plan).methods.map(({ code }) => {
    return { path: code.module, content: handlers, ownership: "user" as const };
  });
  const entries = plan.functions.map(({ id }) => `gen/functions/${id}`);
  const modules = await loadEmitted([...emitted, ...own], entries);
  const found: [string, unknown][] = [];
  for (const [index, { id }] of plan.functions.entries()) {
    const handler = modules[index]?.handler as HttpApiHandler | undefined;
    const name = id.replace("s-", "");
    const lambda = { awsRequestId: "id", getRemainingTimeInMillis: () => 10_000 };
    const result = await handler?.(event("GET", `/${name}`), lambda);
    const body = Buffer.from(result?.body ?? "", result?.isBase64Encoded === true ? "base64" : "utf8").toString();
    found.push([name, `${result?.statusCode} ${result?.headers?.["content-type"]} ${body}`]);
    if (name === "denied") expect(Object.keys(result?.headers ?? {})).not.toContain("www-authenticate");
  }
  return Object.fromEntries(found.filter(([name]) => names.some((each) => each === name))) as Answers;
}

const denied = '401 application/json {"error":{"code":16,"message":"who","details":[]}}\n';
const json = (data: string): string => `{"result":{"contentType":"text/csv","data":"${data}","extensions":[]}}\n`;

describe("replies with files", () => {
  test("as grpc-gateway has them", async () => {
    expect(await answers("grpc-gateway")).toEqual({
      whole: "200 text/csv a",
      field: "200 application/json a",
      chunks: "200 text/csv a\nb\n",
      fields: `200 application/json ${json("YQ==")}${json("Yg==")}`,
      denied,
    });
  });

  test("as google/api/httpbody.proto has them", async () => {
    expect(await answers("spec")).toEqual({
      whole: "200 text/csv a",
      field: "200 text/csv a",
      chunks: "200 text/csv ab",
      fields: "200 text/csv ab",
      denied,
    });
  });

  test.each([
    ["grpc-gateway", "raw", "200 text/csv ab"],
    ["spec", "lines", "200 text/csv a\nb\n"],
  ] as const)("%s, httpBodyStreams: %s", async (profile, httpBodyStreams, chunks) => {
    expect((await answers(profile, { httpBodyStreams })).chunks).toBe(chunks);
  });
});
