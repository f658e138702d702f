/** What is generated for each front door, in the zips of `build` that its template names, under Lambda's own runtime client. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readStreamed } from "../../src/simulator/lambda-stream.js";
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
message Request { string name = 1; }
message Greeting { string text = 1; }
`;

const files = {
  "package.json": '{"private": true, "type": "module"}',
  "grpc2lambda.yaml": "observability: { metrics: emf }\n",
  "proto/greeter.proto": proto,
  "src/handlers/greeter/greet.ts":
    'export const greet = async ({ name }: { name: string }) => ({ text: "Hello, " + name });\n',
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

/** Lines that the function has written, parsed; a result is there a little before they have come through the pipe. */
async function loggedLines(lambda: LambdaFunction): Promise<unknown[]> {
  await expect.poll(() => lambda.log(), { timeout: 5000 }).toMatch(/"message":"request".*\n$/);
  return lambda
    .log()
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
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

  /** Calls the function of an RPC, whether it has one of its own or its service has. */
  async function call(version: 22 | 24, service: string, rpc: string, target: string) {
    if (typeof runtimes === "string" || door === undefined) throw new Error("not to be run");
    const bundle = modules.get(`${service}-${rpc}`) ?? modules.get(service) ?? "";
    const node = runtimes.nodes.get(version) ?? "";
    const lambda = await startLambdaFunction({ node, client: runtimes.client, bundle });
    running.push(lambda);
    const event = eventOf(door, { ...baseRequest, target });
    const result = await lambda.invoke(event);
    const lines = await loggedLines(lambda);
    if (result.kind === "error") throw new Error(JSON.stringify(result.payload));
    if (result.kind === "response") {
      const { status, body } = simulatorOf(door).answer(result.payload, event, door.settings);
      return { kind: result.kind, status, body: Buffer.from(body).toString(), lines };
    }
    const { status, body } = await readStreamed(streamingOf(door), result.chunks, () => result.contentType);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return { kind: result.kind, status, body: Buffer.concat(chunks).toString(), lines };
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
});
