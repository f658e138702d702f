/** The example project, its functions bundled as they would be deployed. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { bundleOptions, bundlePath } from "../../src/build/bundle-options.js";
import { admitHttpApi, answerHttpApi, type HttpApiEvent } from "../../src/simulator/http-api.js";
import type { WireResponse } from "../../src/simulator/wire.js";

/** Root of the example. */
export const exampleRoot = resolve("fixtures/example");

/** Bundles every function of the example; gives the bundle of a function id. */
export async function bundleExample(): Promise<(functionId: string) => string> {
  const outDir = mkdtempSync(join(tmpdir(), "grpc2lambda-example-"));
  const routes: readonly { readonly function: string }[] = JSON.parse(
    readFileSync(join(exampleRoot, "gen/routes.json"), "utf8"),
  ).routes;
  const ids = [...new Set(routes.map((route) => route.function))];
  const entries = ids.map((id) => `gen/functions/${id}.ts`);
  await build(bundleOptions({ root: exampleRoot, entries, outDir }));
  return (id) => bundlePath(outDir, `${id}.ts`);
}

/** An HTTP request in short. */
export interface ShortRequest {
  readonly method: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is a string: then as it is. */
  readonly body?: unknown;
}

/** The event that an HTTP API makes of a request that it routes to the function at hand. */
export function eventFor(request: ShortRequest): HttpApiEvent {
  const body =
    request.body === undefined ? "" : typeof request.body === "string" ? request.body : JSON.stringify(request.body);
  const admission = admitHttpApi(
    {
      method: request.method,
      target: request.target,
      httpVersion: "1.1",
      headers: [
        ["Host", "api.example.com"],
        ...(body === "" ? [] : [["Content-Type", "application/json"] as const]),
        ...Object.entries(request.headers ?? {}),
      ],
      body: Buffer.from(body),
      sourceIp: "203.0.113.10",
      scheme: "https",
    },
    { route: () => ({ key: "$default", pathParameters: {} }), requestId: "request-1", now: 1783711145766 },
  );
  if (admission.kind === "refused") throw new Error(admission.reason);
  return admission.event;
}

/** What a client would read. JSON bodies are parsed. */
export function answerOf(result: unknown): { status: number; headers: Record<string, string>; body: unknown } {
  const response: WireResponse = answerHttpApi(result);
  const text = Buffer.from(response.body).toString();
  const headers = Object.fromEntries(response.headers);
  const body = headers["content-type"] === "application/json" && !text.includes("\n") ? JSON.parse(text) : text;
  return { status: response.status, headers, body };
}
