/** `cost` and `inspect --suitability`: figures by hand, and those of a published migration. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { breakEven, functionsCost, monthlyCost, type Usage } from "../../src/migrate/cost/monthly-cost.js";
import { type Prices, readPrices } from "../../src/migrate/cost/prices.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const text = readFileSync(resolve("prices/2026-11.json"), "utf8");
const prices = readPrices(text) as Prices;

let project: TemporaryProject;
beforeAll(() => {
  const streaming = libraryProto.replace(
    "  // Moves all books",
    `  rpc Watch(GetShelfRequest) returns (stream Shelf) {
    option (google.api.http) = { get: "/v1/{name=shelves/*}:watch" };
  }
  rpc Talk(stream GetShelfRequest) returns (stream Shelf);
  rpc Hidden(GetShelfRequest) returns (Shelf);
  // Moves all books`,
  );
  project = createProject({ "library.proto": streaming, "grpc2lambda.yaml": "protos: [library.proto]\n" });
});
afterAll(() => project.remove());

const usage: Usage = {
  requests: 100_000,
  duration: 178,
  memory: 512,
  architecture: "x86_64",
  payload: 0,
  logs: 0,
  nat: false,
  provisioned: 0,
  cache: 0,
  sharedLoadBalancer: true,
};

test("a published migration: 100,000 requests of 178 ms cost $0.168 a month, and $25.2 in pods before", async () => {
  expect(functionsCost(usage, prices)).toBeCloseTo(0.1683, 4);
  expect(monthlyCost("function-url", usage, prices).total).toBeCloseTo(0.168, 3);
  const { exitCode, stdout } = await runCli(
    project.root,
    ..."cost --requests 100000 --duration 178 --architecture x86_64 --payload 0 --logs 0 --pods 1 --pod-price 25.2".split(
      " ",
    ),
  );
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^function-url +\$0\.1683 +\$0\.00 .* \$0\.1683 +\$1\.68 +149702\d\d requests$/m);
});

test.each([
  ["http-api", {}, 0.1683 + 0.1],
  ["http-api", { provisioned: 0.5, cache: 0.5 }, 0.1683 + 0.1 + 0.5 * 730 * 3600 * 0.0000041667],
  ["http-api", { provisioned: 0.5, architecture: "arm64" }, 0.1387 + 0.1 + 0.5 * 730 * 3600 * 0.0000033334],
  ["rest-api", { cache: 6.1 }, 0.1683 + 0.35 + 0.2 * 730],
  ["http-api", { payload: 600_000 }, 0.1683 + 0.2 + 60 * 0.09],
  ["rest-api", {}, 0.1683 + 0.35],
  ["alb", {}, 0.1683 + (100_000 / (730 * 3600) / 25) * 0.008 * 730],
  ["alb", { sharedLoadBalancer: false }, 0.1683 + 0.0225 * 730 + (100_000 / (730 * 3600) / 25) * 0.008 * 730],
  ["alb", { payload: 1_000_000 }, 0.1683 + (100 / 730 / 0.4) * 0.008 * 730 + 100 * 0.09],
  ["function-url", { architecture: "arm64" as const }, 0.02 + 100_000 * 0.178 * 0.5 * 0.0000133334],
  ["function-url", { nat: true }, 0.1683 + 0.045 * 730],
  ["function-url", { logs: 10_000 }, 0.1683 + 0.5],
] as const)("%s with %j", (door, changes, expected) => {
  expect(monthlyCost(door, { ...usage, ...changes }, prices).total).toBeCloseTo(expected, 3);
});

test("from the break-even on the old service is cheaper, and not before", () => {
  const at = breakEven("http-api", usage, prices, 25.2);
  expect(monthlyCost("http-api", { ...usage, requests: at }, prices).total).toBeLessThanOrEqual(25.2);
  expect(monthlyCost("http-api", { ...usage, requests: at + 1 }, prices).total).toBeGreaterThan(25.2);
  expect(breakEven("alb", { ...usage, sharedLoadBalancer: false }, prices, 10)).toBe(0);
});

test("durations come from the last comparison: the old side's, unless the new one was deployed", async () => {
  const row = {
    rpc: "x",
    requests: 10,
    different: 0,
    uncompared: 0,
    unstable: false,
    old: { count: 10, p50: 100, p95: 100, p99: 100 },
    new: { count: 10, p50: 7, p95: 7, p99: 7 },
    cold: { count: 0, p50: 0, p95: 0, p99: 0 },
  };
  const counts = { requests: 10, equal: 10, different: 0, uncompared: 0, omitted: 0 };
  const rest = { ...counts, old: "https://old", stopped: null, rpcs: [row], findings: [], outdated: [] };
  const put = (side: string): void =>
    project.put("compare/summary.json", JSON.stringify({ version: 1, new: side, ...rest }));
  put("dev (http-api)");
  expect(JSON.parse((await runCli(project.root, "cost", "--requests", "1", "--json")).stdout).usage.duration).toBe(100);
  put("https://abc.lambda-url.eu-west-1.on.aws");
  expect(JSON.parse((await runCli(project.root, "cost", "--requests", "1", "--json")).stdout).usage.duration).toBe(7);
});

test.each([
  [["--requests", "1", "--results"], "unknown option"],
  [["--requests", "1", "--duration", "1", "--pods", "2"], "--pods and --pod-price belong together"],
  [["--requests", "1", "--duration", "1", "--prices", "missing.json"], "missing.json cannot be read (ENOENT)"],
  [["--requests", "1", "--duration", "1", "--prices", "library.proto"], "library.proto: it is not JSON"],
  [["--requests", "many"], "Expected a number of 0 or more."],
])("cost %j: exit 2", async (args, message) => {
  const { exitCode, stderr } = await runCli(project.root, "cost", ...args);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test("a file of prices is whole, dated and has its sources", () => {
  expect(prices).toMatchObject({ date: "2026-11", region: "us-east-1" });
  expect(prices.sources.length).toBeGreaterThan(3);
  const broken = JSON.parse(text);
  expect(readPrices(JSON.stringify({ ...broken, nat: { perHour: 1 } }))).toBe("nat.perGb is not a number of 0 or more");
  expect(readPrices(JSON.stringify({ ...broken, region: 1 }))).toBe("it lacks date, region or sources");
  expect(readPrices(JSON.stringify({ ...broken, sources: [{}] }))).toBe("it lacks date, region or sources");
  expect(readPrices(JSON.stringify({ ...broken, hoursPerMonth: 0 }))).toBe("hoursPerMonth is not a number above 0");
  for (const [group, name] of [
    ["httpApi", "bytesPerRequest"],
    ["alb", "connectionsPerSecond"],
    ["alb", "gbPerHour"],
  ] as const)
    expect(readPrices(JSON.stringify({ ...broken, [group]: { ...broken[group], [name]: 0 } }))).toBe(
      `${group}.${name} is not a number above 0`,
    );
});

test("inspect --suitability says which RPCs fit, with care or should stay, and why", async () => {
  const measured = {
    requests: 10,
    different: 2,
    uncompared: 0,
    unstable: false,
    old: { count: 10, p50: 1, p95: 1, p99: 20_000 },
    new: { count: 10, p50: 1, p95: 1, p99: 5 },
    cold: { count: 0, p50: 0, p95: 0, p99: 0 },
  };
  const summary = {
    version: 1,
    ...{ requests: 10, equal: 8, different: 2, uncompared: 0, omitted: 0 },
    ...{ old: "https://old", new: "dev", stopped: null, outdated: [] },
    rpcs: [{ rpc: "acme.library.v1.LibraryService.GetShelf", ...measured }],
    findings: [],
  };
  project.put("compare/summary.json", JSON.stringify(summary));
  const { exitCode, stdout } = await runCli(project.root, "inspect", "--suitability");
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    "LibraryService.GetShelf      with care  its 99th percentile is 20000 ms, and an answer has 28 s; 2 of 10 compared requests were answered differently",
  );
  expect(stdout).toContain("it streams replies, and http-api sends them all at the end; it was not compared");
  expect(stdout).toContain("keep       it takes a stream of requests, which no front door passes on");
  expect(stdout).toContain("keep       it has no HTTP rule, so its clients speak gRPC");
  expect(stdout).toContain("0 fit, 3 with care, 2 should stay on a gRPC server");
  project.put(join("compare", "summary.json"), "broken");
  const verdicts = JSON.parse((await runCli(project.root, "inspect", "--suitability", "--json", "plan")).stdout);
  expect(verdicts[0]).toEqual({ rpc: "acme.library.v1.LibraryService.GetShelf", verdict: "fits", reasons: [] });
});

test("memory that is kept ready and the cache of a REST API are in the cost and said", async () => {
  const own = createProject({
    "library.proto": libraryProto,
    "grpc2lambda.yaml": `protos: [library.proto]
deployment: { frontDoor: rest-api, auth: none, release: true, cache: { seconds: 60 }, cacheSize: 1.6 }
methods: { acme.library.v1.LibraryService.GetShelf: { provisionedConcurrency: 2 } }
`,
  });
  try {
    const { stdout, stderr } = await runCli(
      own.root,
      ..."cost --requests 0 --duration 1 --payload 0 --logs 0".split(" "),
    );
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^rest-api \* +\$8\.76 +\$27\.74 /m);
    expect(stdout).toMatch(/^function-url +\$8\.76 +\$0\.00 /m);
    expect(stdout).toContain("functions: with 1 GB of memory kept ready all the time");
    expect(stdout).toContain("rest-api: with a cache of 1.6 GB");
  } finally {
    own.remove();
  }
});

test("inspect --suitability names RPCs with an Any, at any depth", async () => {
  const own = createProject({
    "a.proto": `syntax = "proto3";
package acme;
import "google/api/annotations.proto";
import "google/protobuf/any.proto";
service S {
  rpc Get(Node) returns (Plain) { option (google.api.http) = { get: "/v1/get" }; }
  rpc Put(Plain) returns (Plain) { option (google.api.http) = { get: "/v1/put" }; }
}
message Node { repeated Node nodes = 1; map<string, Leaf> leaves = 2; }
message Leaf { google.protobuf.Any any = 1; }
message Plain { string name = 1; }
`,
    "grpc2lambda.yaml": "protos: [a.proto]\n",
  });
  try {
    const { stdout } = await runCli(own.root, "inspect", "--suitability", "--json", "plan");
    expect(JSON.parse(stdout)).toEqual([
      {
        rpc: "acme.S.Get",
        verdict: "with care",
        reasons: ["it has a google.protobuf.Any, which takes types of this schema alone"],
      },
      { rpc: "acme.S.Put", verdict: "fits", reasons: [] },
    ]);
  } finally {
    own.remove();
  }
});
