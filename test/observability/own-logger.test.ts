/** A logger of the user's own in the place of lines of JSON. */
import { expect, test, vi } from "vitest";
import type { Logger } from "../../src/runtime/logger.js";
import { failedRequests } from "../../src/runtime/observability/failed-requests.js";
import { observe } from "../../src/runtime/observability/observe.js";
import { ownLogger } from "../../src/runtime/observability/own-logger.js";
import { requestLines } from "../../src/runtime/observability/request-lines.js";
import { observed } from "./observed.js";

function logging() {
  const written: unknown[][] = [];
  const at =
    (level: string): Logger["info"] =>
    (...line) =>
      void written.push([level, ...line]);
  return { written, logger: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") } };
}

test("it gets the lines of requests and of handlers, with the ids of the request", async () => {
  const { written, logger } = logging();
  const observer = observe({ api: "shop", report: requestLines(failedRequests()), logger: ownLogger(logger) });
  const send = observed(observer, {
    buy: (_, { log }) => {
      log.debug("buying", { amount: 3, requestId: "x" });
      throw new Error("sold out");
    },
  });
  expect((await send()).lines).toEqual([]);
  const ids = { rpcService: "acme.v1.Shop", method: "Buy", requestId: "request-1" };
  expect(written).toEqual([
    ["debug", "buying", { ...ids, traceId: undefined, amount: 3 }],
    ["error", "request", expect.objectContaining({ ...ids, code: "INTERNAL", error: expect.anything() })],
  ]);
});

test.each([
  [
    "it throws",
    (): never => {
      throw new Error("full");
    },
  ],
  ["its promise is rejected", () => Promise.reject(new Error("full"))],
])("the request does not fail if %s", async (_, fail) => {
  const complain = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const logger = ownLogger({ debug: fail, info: fail, warn: fail, error: fail });
  const { status } = await observed(observe({ api: "shop", report: requestLines(), logger }), {})();
  expect([status, complain.mock.calls.length]).toEqual([200, 1]);
  complain.mockRestore();
});

test("the answer is sent if a report fails, and the error is printed", async () => {
  const complain = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const report = () => Promise.reject(new Error("full"));
  const { status } = await observed(observe({ api: "shop", report }), {})();
  expect([status, complain.mock.calls]).toEqual([200, [[new Error("full")]]]);
  complain.mockRestore();
});
