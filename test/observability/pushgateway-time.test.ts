/** The time that a request waits for its Pushgateway: one limit, however many exchanges follow one another. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { observe } from "../../src/runtime/observability/observe.js";
import { pushgateway } from "../../src/runtime/observability/pushgateway.js";
import { observed } from "./observed.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("a gateway that never answers the removal of old groups has the time of one push", async () => {
  const methods: string[] = [];
  const over = new AbortController();
  const labels = { job: "shop", stage: "none", function: "local", instance: "gone" };
  const server = createServer(({ method = "" }, response) => {
    methods.push(method);
    if (method === "GET")
      response.end(JSON.stringify({ data: [{ labels, push_time_seconds: { metrics: [{ value: "1" }] } }] }));
    if (method === "PUT") response.end();
    if (methods.includes("PUT") && methods.includes("DELETE")) over.abort();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("PUSHGATEWAY_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", undefined);
  vi.stubEnv("STAGE", undefined);
  const limits = vi.spyOn(AbortSignal, "timeout").mockReturnValue(over.signal);
  const { status } = await observed(observe({ api: "shop", report: pushgateway("shop") }), {})();
  server.closeAllConnections();
  server.close();
  expect([status, methods.sort(), limits.mock.calls]).toEqual([200, ["DELETE", "GET", "PUT"], [[250]]]);
});
