/** Metrics of functions in the real Pushgateway: `npm run test:pushgateway`. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { observe } from "../../src/runtime/observability/observe.js";
import { pushgateway } from "../../src/runtime/observability/pushgateway.js";
import { RpcError } from "../../src/runtime/status.js";
import { type Handlers, observed } from "../observability/observed.js";
import { buildPushgateway } from "./build.js";

const program = buildPushgateway();
if (program === undefined) console.warn("skipped: there is no Go on this machine");

async function freePort(): Promise<number> {
  const server = createSocketServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until a server that has just started answers. */
async function untilReady(url: string): Promise<void> {
  for (let left = 400; ; left--) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    if (left === 0) throw new Error(`${url} does not answer`);
    await sleep(50);
  }
}

/** A function of its own instance. */
const instance = (handlers: Handlers = {}, api = "shop/1") =>
  observed(observe({ api, report: pushgateway(api) }), handlers);

describe.skipIf(program === undefined)("with a Pushgateway", () => {
  let running: ChildProcess;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    running = spawn(program ?? "", [`--web.listen-address=127.0.0.1:${port}`], { stdio: "ignore" });
    await untilReady(`${url}/-/ready`);
    vi.stubEnv("PUSHGATEWAY_URL", url);
    vi.stubEnv("STAGE", "prod");
    vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", "shop-prod-buy");
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    running.kill();
  });

  /** The series of functions, each instance as `#`. */
  async function series(): Promise<string[]> {
    const text = await (await fetch(`${url}/metrics`)).text();
    const own = text.split("\n").filter((line) => line.startsWith("grpc2lambda_"));
    return own.map((line) => line.replace(/instance="[^"]+"/, 'instance="#"')).sort();
  }

  const labels = 'function="shop-prod-buy",instance="#",job="shop/1",method="Buy",service="acme.v1.Shop",stage="prod"';

  test("counts of an instance, and of another beside it", async () => {
    const send = instance({
      buy: (name) => (name === "items/2" ? Promise.reject(new RpcError("NOT_FOUND", "no")) : ""),
    });
    for (const path of ["/v1/items/1:buy", "/v1/items/1:buy", "/v1/items/2:buy"]) await send({ path });
    const counted = (await series()).filter((line) => !line.includes("seconds_sum") && !line.includes("cold_starts"));
    expect(counted).toEqual([
      `grpc2lambda_latency_seconds_count{${labels}} 3`,
      `grpc2lambda_requests_total{code="NOT_FOUND",${labels}} 1`,
      `grpc2lambda_requests_total{code="OK",${labels}} 2`,
    ]);
    await instance()();
    expect((await series()).filter((line) => line.includes('code="OK"'))).toEqual([
      `grpc2lambda_requests_total{code="OK",${labels}} 1`,
      `grpc2lambda_requests_total{code="OK",${labels}} 2`,
    ]);
  });

  test("an instance removes the series of those that are gone, of its own function alone", async () => {
    await instance({}, "other")();
    const now = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 2 * 3_600_000);
    await instance()();
    now.mockRestore();
    const jobs = (await series())
      .filter((line) => line.includes("seconds_count"))
      .map((line) => /job="([^"]*)"/.exec(line)?.[1]);
    expect(jobs.sort()).toEqual(["other", "shop/1"]);
  });

  test("what it refuses is a line of the log", async () => {
    vi.stubEnv("PUSHGATEWAY_URL", `${url}/nothing-here`);
    const { status, lines } = await instance()();
    vi.stubEnv("PUSHGATEWAY_URL", url);
    expect([status, lines.map(({ message }) => message)]).toEqual([200, ["metrics could not be pushed"]]);
  });
});

test("without a Pushgateway, and with one that does not answer, requests are answered", async () => {
  vi.stubEnv("AWS_LAMBDA_LOG_LEVEL", "INFO");
  const silent = createServer(() => undefined);
  await once(silent.listen(0, "127.0.0.1"), "listening");
  const ports = [await freePort(), (silent.address() as AddressInfo).port];
  for (const port of ports) {
    vi.stubEnv("PUSHGATEWAY_URL", `http://127.0.0.1:${port}`);
    const sent = instance()();
    const outcome = await Promise.race([sent, sleep(20_000, undefined, { ref: false })]);
    expect([outcome?.status, outcome?.lines.map(({ message }) => message)]).toEqual([
      200,
      ["metrics could not be pushed"],
    ]);
  }
  vi.unstubAllEnvs();
  silent.closeAllConnections();
  silent.close();
});
