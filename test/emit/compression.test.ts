/** `deployment.compression` from the plan to the bytes that a generated function answers. */
import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import type { CompressionPlan, CorsPlan } from "../../src/plan/plan.js";
import { loadEmitted } from "../support/load-emitted.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { planOptions } from "../support/plan-options.js";

const proto = `syntax = "proto3"; package t;
import "google/api/annotations.proto";
service Echo {
  rpc Say(Note) returns (Note) { option (google.api.http) = { post: "/notes" body: "*" }; }
  rpc Hear(Note) returns (Note) { option (google.api.http) = { get: "/notes" }; }
}
message Note { string text = 1; }`;

const say: OutputFile = {
  path: "src/handlers/echo/say.ts",
  content: "export const say = async (note) => note;\n",
  ownership: "user",
};

interface Deployment {
  readonly compression?: CompressionPlan;
  readonly cors?: Omit<CorsPlan, "answeredBy" | "methods">;
  readonly frontDoor?: "function-url" | "alb";
}

function generate(deployment: Deployment): readonly OutputFile[] {
  const plan = { deployment: { ...planOptions().deployment, ...deployment } };
  return emitFiles(planFromProto({ "t.proto": proto }, { plan })).filter(({ path }) => !path.startsWith(say.path));
}

function handlerLine(files: readonly OutputFile[], id = "echo-say"): string | undefined {
  const content = files.find(({ path }) => path === `gen/functions/${id}.ts`)?.content ?? "";
  return /export const handler = .*\n/.exec(content)?.[0];
}

test("is passed to every function with RPCs, and only where it is on", () => {
  const cors = { origins: ["*"], headers: [], exposeHeaders: [], maxAge: 5, credentials: false };
  expect(handlerLine(generate({}))).toBe("export const handler = httpApi(unary(echoSay, say));\n");
  expect(handlerLine(generate({ compression: {} }))).toBe(
    "export const handler = httpApi(unary(echoSay, say), { compression: compression() });\n",
  );
  expect(handlerLine(generate({ compression: {} }), "unrouted")).not.toContain("compression");
  expect(handlerLine(generate({ compression: { minBytes: 10 }, cors, frontDoor: "alb" }))).toBe(
    "export const handler = alb(unary(echoSay, say), { compression: compression({ minBytes: 10 }), cors: corsSettings });\n",
  );
});

type Handler = (event: object, context: object) => Promise<Result>;
interface Result {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

describe("a generated function", async () => {
  const files = generate({ compression: { minBytes: 100, maxBytes: 10_000 } }).filter(
    ({ path }) => !path.includes("/runtime/") && path !== say.path,
  );
  const [module] = await loadEmitted([...files, say], ["gen/functions/echo-say"]);
  const handler = module?.handler as Handler | undefined;
  if (handler === undefined) throw new Error("no handler");
  const call = (headers: object, body: Uint8Array): Promise<Result> =>
    handler(
      {
        version: "2.0",
        rawPath: "/notes",
        rawQueryString: "",
        headers: { "content-type": "application/json", ...headers },
        requestContext: { http: { method: "POST", path: "/notes" }, stage: "$default" },
        body: Buffer.from(body).toString("base64"),
        isBase64Encoded: true,
      },
      { awsRequestId: "1", getRemainingTimeInMillis: () => 5000 },
    );
  const note = Buffer.from(JSON.stringify({ text: "la".repeat(100) }));

  test.each([
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ] as const)("compresses for a client that accepts %s", async (coding, inflate) => {
    const { statusCode, headers, body, isBase64Encoded } = await call({ "accept-encoding": coding }, note);
    expect([statusCode, headers["content-encoding"], isBase64Encoded]).toEqual([200, coding, true]);
    expect(inflate(Buffer.from(body, "base64")).toString()).toBe(note.toString());
  });

  test("leaves short answers, and those of clients that do not ask", async () => {
    const short = Buffer.from('{"text":"la"}');
    expect(await call({ "accept-encoding": "br" }, short)).toMatchObject({ body: short.toString() });
    expect(await call({}, note)).toMatchObject({ body: note.toString() });
  });

  test("inflates requests, up to the limit", async () => {
    expect(await call({ "content-encoding": "gzip" }, gzipSync(note))).toMatchObject({ body: note.toString() });
    const bomb = gzipSync(JSON.stringify({ text: "la".repeat(10_000) }));
    expect(await call({ "content-encoding": "gzip" }, bomb)).toMatchObject({ statusCode: 429 });
  });
});
