/** Replies flow as they are produced, no faster than they are read, and stop when nobody reads on. */
import { beforeEach, expect, test, vi } from "vitest";
import type { StreamHandler } from "../../src/runtime/doors/response-stream.js";
import { LambdaResponseStream } from "../../src/simulator/lambda-stream.js";
import { eventOf, lambda, testDoors } from "./doors.js";
import { calls, probe } from "./probe.js";
import { baseRequest } from "./shown.js";

const doors = testDoors.filter(({ streams }) => streams).map((door) => [door.name, door] as const);

beforeEach(() => {
  calls.closed = 0;
});
test.each(doors)("%s: a reader that pauses pauses the handler, one that leaves stops it", async (_, door) => {
  const stream = new LambdaResponseStream({ highWaterMark: 100_000 });
  const write = vi.spyOn(stream, "write");
  const handler = door.make(probe) as StreamHandler;
  const finished = handler(eventOf(door, { ...baseRequest, target: "/v1/streams/endless" }), stream, lambda);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const paused = write.mock.calls.length;
  expect(paused).toBeLessThan(10);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(write.mock.calls.length).toBe(paused);
  stream.read();
  await vi.waitFor(() => expect(write.mock.calls.length).toBeGreaterThan(paused));
  expect(calls.closed).toBe(0);
  stream.destroy();
  await finished;
  await vi.waitFor(() => expect(calls.closed).toBe(1));
});

test.each(doors)("%s: a reader that stalls is waited for until the deadline, no longer", async (_, door) => {
  const stream = new LambdaResponseStream({ highWaterMark: 100_000 });
  const handler = door.make(probe) as StreamHandler;
  const event = eventOf(door, { ...baseRequest, target: "/v1/streams/endless" });
  const end = Date.now() + 500;
  await handler(event, stream, { awsRequestId: "aws-1", getRemainingTimeInMillis: () => end - Date.now() });
  expect(Date.now()).toBeLessThan(end);
  expect(calls.closed).toBe(1);
  expect(String(stream.read()).slice(-200)).toContain('{"error":{"code":4,');
});

test.each(doors)("%s: the first reply is there while the handler still works", async (_, door) => {
  const stream = new LambdaResponseStream();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const body = (async function* () {
    yield "first";
    await held;
    yield "second";
  })();
  const routes = probe.routes.map((route) => ({
    ...route,
    answer: async () => ({ status: 200, headers: [["Content-Type", "text/plain"] as const], body }),
  }));
  const finished = (door.make({ ...probe, routes }) as StreamHandler)(
    eventOf(door, { ...baseRequest, target: "/v1/items/1" }),
    stream,
    lambda,
  );
  await vi.waitFor(() => expect(String(stream.read())).toMatch(/\0{8}first$/));
  release();
  await finished;
  expect(String(stream.read())).toBe("second");
});
