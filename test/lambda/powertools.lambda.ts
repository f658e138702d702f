/** Powertools' logger and metrics in the place of what is generated, under Lambda's own runtime client. */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleOptions } from "../../src/build/bundle-options.js";
import { eventOf, testDoors } from "../front-door/doors.js";
import { baseRequest } from "../front-door/shown.js";
import { runCli } from "../support/run-cli.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";
import { startLambdaFunction } from "./runtime-api.js";
import { lambdaRuntimes, powertoolsModules } from "./runtime-cache.js";

const runtimes = lambdaRuntimes();
const powertools = powertoolsModules();
const missing = [runtimes, powertools].find((found) => typeof found === "string");
if (missing !== undefined) console.warn(`skipped: ${String(missing)}`);

/** As docs/observability.md has it. */
const files = {
  "package.json": '{"private": true, "type": "module"}',
  "grpc2lambda.yaml": `protos: [proto]
include: [proto]
interceptors: ./src/powertools.ts#interceptors
observability:
  logger: ./src/powertools.ts#logger
  correlationIds: [x-correlation-id]
`,
  "proto/shop.proto": `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
service Shop {
  rpc Buy(Request) returns (Reply) { option (google.api.http) = { get: "/v1/{name=books/*}" }; }
}
message Request { string name = 1; }
message Reply { string text = 1; }
`,
  "src/powertools.ts": `import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import type { Interceptor } from "../gen/runtime/interceptors.js";

export const logger = new Logger({ serviceName: "library" });
const metrics = new Metrics({ namespace: "library", serviceName: "library" });

export const interceptors: readonly Interceptor[] = [
  {
    unary: async (request, context, next) => {
      logger.addContext(context.lambda as Parameters<typeof logger.addContext>[0]);
      try {
        return await next(request);
      } finally {
        metrics.addDimension("rpc", context.method);
        metrics.addMetric("calls", "Count", 1);
        metrics.publishStoredMetrics();
      }
    },
  },
];
`,
  "src/handlers/shop/buy.ts": `import type { Context } from "../../../gen/runtime/rpc.js";

export const buy = async ({ name }: { name: string }, { log }: Context) => {
  if (name === "books/2") throw new TypeError("no such book");
  log.info("buying", { name });
  return { text: name };
};
`,
};

describe.skipIf(missing !== undefined).each([22, 24] as const)("Node %i", (version) => {
  let project: TemporaryProject;
  beforeAll(async () => {
    if (typeof powertools === "string") throw new Error(powertools);
    project = createProject(files);
    symlinkSync(powertools.folder, join(project.root, "node_modules"));
    const { exitCode, stderr } = await runCli(project.root, "generate");
    expect(exitCode, stderr).toBe(0);
    const options = { root: project.root, entries: ["gen/functions/shop-buy.ts"], outDir: join(project.root, "out") };
    await build(bundleOptions(options));
  });
  afterAll(() => project.remove());

  test("every record is written once, with the ids of the request and the cold start", async () => {
    const door = testDoors.find(({ name }) => name === "http-api");
    if (typeof runtimes === "string" || door === undefined) throw new Error("not to be run");
    const node = runtimes.nodes.get(version) ?? "";
    const bundle = join(project.root, "out/shop-buy.mjs");
    const env = {
      AWS_LAMBDA_LOG_FORMAT: "JSON",
      AWS_LAMBDA_LOG_LEVEL: "INFO",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    };
    const lambda = await startLambdaFunction({ node, client: runtimes.client, bundle, env });
    const headers = [...baseRequest.headers, ["x-correlation-id", "4f6a"] as const];
    for (const target of ["/v1/books/1", "/v1/books/2"])
      await lambda.invoke(eventOf(door, { ...baseRequest, target, headers }));
    const lines = () => lambda.log().split("\n").slice(0, -1);
    await expect.poll(() => lines().length, { timeout: 5000 }).toBe(5);
    await lambda.stop();

    const rpc = {
      service: "library",
      rpcService: "acme.v1.Shop",
      method: "Buy",
      correlation: { "x-correlation-id": "4f6a" },
    };
    const metrics = { rpc: "Buy", calls: 1, service: "library", _aws: expect.anything() };
    expect(lines().map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({
        ...rpc,
        message: "buying",
        name: "books/1",
        requestId: "invocation-1",
        cold_start: true,
      }),
      metrics,
      expect.objectContaining({
        ...rpc,
        level: "INFO",
        message: "request",
        code: "OK",
        requestId: "invocation-1",
        function_request_id: "invocation-1",
        coldStart: true,
      }),
      metrics,
      expect.objectContaining({
        ...rpc,
        level: "ERROR",
        message: "request",
        code: "INTERNAL",
        requestId: "invocation-2",
        coldStart: false,
        error: expect.objectContaining({ name: "TypeError", message: "no such book" }),
      }),
    ]);
  });
});
