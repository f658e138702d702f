/** A generated API with large payloads, served by `dev` against a real S3 server, and a client that knows no more than HTTP. */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bucketOf } from "../../src/runtime/large-payloads/s3.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";
import { type Swift, startSwift, swiftPackages } from "./swift.js";

const packages = swiftPackages();
if (typeof packages === "string") console.warn(`skipped: ${packages}`);

const files = {
  "package.json": '{"private": true, "type": "module"}',
  "grpc2lambda.yaml": `protos: [proto]
include: [proto]
deployment:
  largePayloads: { maxBytes: 20000000, prefix: echo/ }
`,
  "proto/echo.proto": `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
service Echo {
  rpc Say(Words) returns (Words) { option (google.api.http) = { post: "/v1/words" body: "*" }; }
}
message Words { repeated string words = 1; }
`,
  "src/handlers/echo/say.ts": "export const say = async (request: { words: string[] }) => request;\n",
};

let swift: Swift;
let project: TemporaryProject;
let server: ChildProcess;
let output = "";
let origin = "";

describe.skipIf(typeof packages === "string")("a generated API", () => {
  beforeAll(async () => {
    if (typeof packages === "string") return;
    swift = await startSwift(packages);
    const environment = {
      AWS_ENDPOINT_URL_S3: swift.endpoint,
      AWS_REGION: swift.region,
      AWS_ACCESS_KEY_ID: swift.writer.accessKeyId,
      AWS_SECRET_ACCESS_KEY: swift.writer.secretAccessKey,
      GRPC2LAMBDA_PAYLOAD_BUCKET: "payloads",
    };
    await bucketOf("payloads", environment).put("", new Uint8Array(), {}, AbortSignal.timeout(10_000));
    project = createProject(files);
    server = spawn(process.execPath, [resolve("bin/grpc2lambda.js"), "dev", "--port", "0"], {
      cwd: project.root,
      env: { ...process.env, NO_COLOR: "1", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    await new Promise<void>((listening, failed) => {
      server.once("exit", () => failed(new Error(output)));
      for (const stream of [server.stdout, server.stderr]) {
        stream?.setEncoding("utf8").on("data", (text: string) => {
          output += text;
          origin = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? "";
          if (origin !== "") listening();
        });
      }
    });
  });
  afterAll(async () => {
    server?.kill("SIGKILL");
    project?.remove();
    await swift?.stop();
  });

  const words = Array.from({ length: 900_000 }, (_, index) => `word ${index}`);

  async function post(headers: Record<string, string>, body?: string): Promise<Response> {
    return fetch(`${origin}/v1/words`, { method: "POST", headers, body: body ?? null });
  }

  test("a large message goes in by an upload and comes out behind a redirect", async () => {
    const text = JSON.stringify({ words });
    const length = String(Buffer.byteLength(text));
    expect(Number(length)).toBeGreaterThan(10_000_000);
    const asked = await post({ "X-Upload-Content-Length": length });
    const { upload } = (await asked.json()) as { upload: { id: string; url: string; headers: Record<string, string> } };
    const put = await fetch(upload.url, {
      method: "PUT",
      headers: { "Content-Type": upload.headers["Content-Type"] ?? "" },
      body: text,
    });
    expect(put.status).toBe(200);
    const answer = await post({ "X-Upload-Id": upload.id });
    expect([answer.status, answer.redirected, new URL(answer.url).origin]).toEqual([200, true, swift.endpoint]);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await answer.json()).toEqual({ words });
  });

  test("a small one goes straight", async () => {
    const answer = await post({}, '{"words":["a"]}');
    expect([answer.redirected, await answer.json()]).toEqual([false, { words: ["a"] }]);
  });

  test("no link is in the log", () => {
    expect(output).toContain("POST /v1/words  303");
    expect(output).not.toMatch(/X-Amz|Signature/);
  });
});
