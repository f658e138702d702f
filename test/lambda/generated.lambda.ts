/** What is generated for each front door, in the zips of `build` that its template names, under Lambda's own runtime client. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readStreamed } from "../../src/simulator/lambda-stream.js";
import type { WireRequest } from "../../src/simulator/wire.js";
import { eventOf, simulatorOf, streamingOf, testDoors } from "../front-door/doors.js";
import { baseRequest } from "../front-door/shown.js";
import { runCli } from "../support/run-cli.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";
import { parseTemplate } from "../support/validate-template.js";
import { type LambdaFunction, startLambdaFunction } from "./runtime-api.js";
import { lambdaRuntimes } from "./runtime-cache.js";

const runtimes = lambdaRuntimes();
if (typeof runtimes === "string") console.warn(`skipped: ${runtimes}`);

const proto = `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
service Greeter {
  rpc Greet(Request) returns (Greeting) { option (google.api.http) = { get: "/v1/{name=people/*}:greet" }; }
}
service Counter {
  rpc Count(Request) returns (stream Greeting) { option (google.api.http) = { get: "/v1/{name=counts/*}" }; }
}
message Request { string name = 1; int32 times = 2; }
message Greeting { string text = 1; }
`;

const files = {
  "package.json": '{"private": true, "type": "module"}',
  "grpc2lambda.yaml": "observability: { metrics: emf, correlationIds: [x-correlation-id] }\n",
  "proto/greeter.proto": proto,
  "src/handlers/greeter/greet.ts": `export const greet = async ({ name }: { name: string }) => {
      if (name === "people/nobody") throw new TypeError("no such person: token=abc");
      return { text: "Hello, " + name };
    };
`,
  "src/handlers/counter/count.ts":
    'export const count = async function* ({ name }: { name: string }) { yield { text: name }; yield { text: "two" }; };\n',
};

/** Builds every function of the template, and unpacks the zips that it names; gives the path of each module by its name. */
async function buildFunctions(project: TemporaryProject, flags: readonly string[]): Promise<Map<string, string>> {
  const { exitCode, stderr } = await runCli(project.root, "build", ...flags);
  expect(exitCode, stderr).toBe(0);
  const { Resources: resources } = parseTemplate(project.get("template.yaml"));
  const modules = new Map<string, string>();
  for (const { Type: type, Properties: properties } of Object.values(resources)) {
    if (type !== "AWS::Serverless::Function") continue;
    const [module = "", name] = String(properties.Handler).split(".");
    expect(name).toBe("handler");
    const zip = unzipSync(readFileSync(join(project.root, String(properties.CodeUri))));
    expect(Object.keys(zip)).toEqual([`${module}.mjs`]);
    for (const [path, content] of Object.entries(zip))
      project.put(`.unzipped/${path}`, Buffer.from(content).toString());
    modules.set(module, join(project.root, ".unzipped", `${module}.mjs`));
  }
  return modules;
}

/** So many lines that the function has written, parsed; a result is there a little before they have come through the pipe. */
async function loggedLines(lambda: LambdaFunction, count: number): Promise<unknown[]> {
  const lines = () => lambda.log().split("\n").slice(0, -1);
  await expect.poll(() => lines().length, { timeout: 5000 }).toBe(count);
  return lines().map((line): unknown => JSON.parse(line));
}

/** The lines of the first request of a process: its metrics, and its own. */
function linesOf({ service, method, ...others }: Readonly<Record<string, unknown>>) {
  const rpc = { api: "acme", service, method, code: "OK" };
  const dimensions = { ...rpc, stage: "none", Requests: 1, Errors: 0, ColdStarts: 1 };
  return [
    { ...dimensions, Latency: expect.any(Number), _aws: expect.objectContaining({ Timestamp: expect.any(Number) }) },
    {
      ...rpc,
      ...others,
      timestamp: expect.any(String),
      level: "INFO",
      message: "request",
      httpMethod: "GET",
      status: 200,
      durationMs: expect.any(Number),
      coldStart: true,
      requestId: "invocation-1",
      traceId: "1-00000000-000000000000000000000000",
      correlation: { "x-correlation-id": "invocation-1" },
    },
  ];
}

const cases = [
  { door: "http-api", flags: [], streams: false },
  { door: "rest-api", flags: [], streams: true },
  { door: "alb", flags: ["--auth", "none"], streams: false },
  { door: "function-url", flags: ["--functions", "per-service"], streams: true },
] as const;

describe.skipIf(typeof runtimes === "string").each(cases)("$door", ({ door: id, flags, streams }) => {
  const door = testDoors.find(({ name }) => name === id);
  let project: TemporaryProject;
  let modules: Map<string, string>;
  const running: LambdaFunction[] = [];

  beforeAll(async () => {
    project = createProject(files);
    const argv = ["proto/greeter.proto", "-I", "proto", "--front-door", id, ...flags];
    const { exitCode, stderr } = await runCli(project.root, "generate", ...argv);
    expect(exitCode, stderr).toBe(0);
    modules = await buildFunctions(project, argv);
  });
  afterAll(async () => {
    await Promise.all(running.map((lambda) => lambda.stop()));
    project.remove();
  });

  /** Starts the function of an RPC, whether it has one of its own or its service has; `unrouted` is that of no RPC. */
  async function start(version: 22 | 24, service: string, rpc: string, env: Readonly<Record<string, string>> = {}) {
    if (typeof runtimes === "string") throw new Error(runtimes);
    const bundle = modules.get(`${service}-${rpc}`) ?? modules.get(service) ?? modules.get("greeter") ?? "";
    const node = runtimes.nodes.get(version) ?? "";
    const lambda = await startLambdaFunction({ node, client: runtimes.client, bundle, env });
    running.push(lambda);
    return lambda;
  }

  async function send(lambda: LambdaFunction, target: string, headers: WireRequest["headers"] = []) {
    if (door === undefined) throw new Error("not to be run");
    const request = { ...baseRequest, target, headers: [...baseRequest.headers, ...headers] };
    const event = eventOf(door, request);
    const result = await lambda.invoke(event);
    if (result.kind === "error") throw new Error(JSON.stringify(result.payload));
    if (result.kind === "response") {
      const { status, body } = simulatorOf(door).answer(result.payload, event, door.settings);
      return { kind: result.kind, status, body: Buffer.from(body).toString() };
    }
    const { status, body } = await readStreamed(streamingOf(door), result.chunks, () => result.contentType);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return { kind: result.kind, status, body: Buffer.concat(chunks).toString() };
  }

  /** The first call of a function. */
  async function call(version: 22 | 24, service: string, rpc: string, target: string) {
    const lambda = await start(version, service, rpc);
    const reply = await send(lambda, target);
    return { ...reply, lines: await loggedLines(lambda, 2) };
  }

  test.each([22, 24] as const)("Node %i: a reply", async (version) => {
    const reply = await call(version, "greeter", "greet", "/v1/people/ada%20b:greet");
    const lines = linesOf({ service: "acme.v1.Greeter", method: "Greet", template: "/v1/{name=people/*}:greet" });
    expect(reply).toEqual({ kind: "response", status: 200, body: '{"text":"Hello, people/ada b"}', lines });
  });
  test.each([22, 24] as const)("Node %i: a stream of replies", async (version) => {
    const body = '{"result":{"text":"counts/1"}}\n{"result":{"text":"two"}}\n';
    const reply = await call(version, "counter", "count", "/v1/counts/1");
    const rpc = { service: "acme.v1.Counter", method: "Count", template: "/v1/{name=counts/*}" };
    const lines = linesOf({ ...rpc, messages: 2 });
    expect(reply).toEqual({ kind: streams ? "streamed" : "response", status: 200, body, lines });
  });

  const ids = { requestId: "invocation-1", traceId: "1-00000000-000000000000000000000000" };
  const metricsOf = (rpc: object) => expect.objectContaining({ api: "acme", stage: "none", Requests: 1, ...rpc });
  const greet = { service: "acme.v1.Greeter", method: "Greet" };

  test.each([22, 24] as const)("Node %i: the id of a header is in the line", async (version) => {
    const lambda = await start(version, "greeter", "greet");
    await send(lambda, "/v1/people/ada:greet", [["X-Correlation-Id", "4f6a"]]);
    const [, line] = await loggedLines(lambda, 2);
    expect(line).toMatchObject({ ...greet, ...ids, correlation: { "x-correlation-id": "4f6a" } });
  });

  test.each([22, 24] as const)("Node %i: a refused request has metrics and a line", async (version) => {
    const lambda = await start(version, "greeter", "greet");
    const { status } = await send(lambda, "/v1/people/ada:greet?times=many");
    expect(status).toBe(400);
    expect(await loggedLines(lambda, 2)).toEqual([
      metricsOf({ ...greet, code: "INVALID_ARGUMENT", Errors: 0 }),
      expect.objectContaining({ ...greet, ...ids, level: "WARN", status: 400, code: "INVALID_ARGUMENT" }),
    ]);
  });

  test.each([22, 24] as const)(
    "Node %i: a failure of the handler has them, with the redacted error",
    async (version) => {
      const lambda = await start(version, "greeter", "greet");
      const { status } = await send(lambda, "/v1/people/nobody:greet");
      expect(status).toBe(500);
      const error = { name: "TypeError", message: "no such person: token=[redacted]", stack: expect.any(String) };
      expect(await loggedLines(lambda, 2)).toEqual([
        metricsOf({ ...greet, code: "INTERNAL", Errors: 1 }),
        expect.objectContaining({ ...greet, ...ids, level: "ERROR", status: 500, code: "INTERNAL", error }),
      ]);
    },
  );

  test.each([22, 24] as const)("Node %i: a path of no RPC has them", async (version) => {
    const lambda = await start(version, "unrouted", "");
    const { status } = await send(lambda, "/v2/nothing");
    expect(status).toBe(404);
    const [metrics, line] = await loggedLines(lambda, 2);
    expect(metrics).toEqual(metricsOf({ service: "none", method: "none", code: "NOT_FOUND", Errors: 0 }));
    expect(line).toMatchObject({ ...ids, level: "WARN", status: 404, code: "NOT_FOUND", coldStart: true });
    expect(line).not.toHaveProperty("service");
  });

  test.each([22, 24] as const)(
    "Node %i: at level WARN metrics get through, and successes have no line",
    async (version) => {
      const lambda = await start(version, "greeter", "greet", {
        AWS_LAMBDA_LOG_LEVEL: "WARN",
        AWS_LAMBDA_LOG_FORMAT: "JSON",
      });
      await send(lambda, "/v1/people/ada:greet");
      await send(lambda, "/v1/people/nobody:greet");
      expect(await loggedLines(lambda, 3)).toEqual([
        metricsOf({ ...greet, code: "OK", level: "WARN", timestamp: expect.any(String) }),
        metricsOf({ ...greet, code: "INTERNAL", level: "WARN", timestamp: expect.any(String) }),
        expect.objectContaining({ ...greet, level: "ERROR", requestId: "invocation-2", coldStart: false }),
      ]);
    },
  );
});
