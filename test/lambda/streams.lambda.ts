/**
 * Responses in parts under Lambda's own runtime client: what leads them, what becomes of them when the handler fails or takes too long,
 * and what becomes of the handler when nobody takes them.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventOf, type TestDoor, testDoors } from "../front-door/doors.js";
import { baseRequest } from "../front-door/shown.js";
import { type LambdaFunction, type Reading, startLambdaFunction, type StreamedResult } from "./runtime-api.js";
import { lambdaRuntimes } from "./runtime-cache.js";
import { type Ended, replyBytes } from "./stream-probe.js";

const runtimes = lambdaRuntimes();
if (typeof runtimes === "string") console.warn(`skipped: ${runtimes}`);

const outDir = mkdtempSync(join(tmpdir(), "grpc2lambda-streams-"));

/** What Lambda grants an invocation, in ms. */
const timeout = 2000;

const doors = testDoors.filter(({ streams }) => streams);

async function bundle({ id, make }: TestDoor): Promise<string> {
  const contents = `import { ${make.name} } from "./src/runtime/doors/${id}-stream.js";
import { router } from "./src/runtime/calls/endpoint.js";
import { probe } from "./test/front-door/probe.js";
import { streamProbe } from "./test/lambda/stream-probe.js";
export const handler = ${make.name}(router([probe, streamProbe]));`;
  const outfile = join(outDir, `${id}.mjs`);
  const stdin = { contents, resolveDir: resolve("."), loader: "ts" as const };
  await build({ stdin, outfile, bundle: true, platform: "node", format: "esm", target: "node22", logLevel: "silent" });
  return outfile;
}

describe.skipIf(typeof runtimes === "string").each([22, 24] as const)("Node %i", (version) => {
  describe.each(doors.map((door) => [door.name, door] as const))("%s", (_, door) => {
    let running: LambdaFunction;

    beforeAll(async () => {
      if (typeof runtimes === "string") throw new Error(runtimes);
      const node = runtimes.nodes.get(version) ?? "";
      running = await startLambdaFunction({ node, client: runtimes.client, bundle: await bundle(door) });
    });
    afterAll(() => running.stop());

    async function invoke(
      target: string,
      reading: Reading = "reads",
    ): Promise<StreamedResult & { prelude: unknown; body: string }> {
      const result = await running.invoke(eventOf(door, { ...baseRequest, target }), { reading, timeout });
      if (result.kind !== "streamed") throw new Error(JSON.stringify(result));
      const bytes = Buffer.concat(result.chunks);
      const end = bytes.indexOf(Buffer.alloc(8));
      const prelude = end === -1 ? undefined : JSON.parse(bytes.subarray(0, end).toString());
      return { ...result, prelude, body: bytes.subarray(end + 8).toString() };
    }
    const processId = async (): Promise<string> => (await invoke("/v1/process/any")).body;

    /** How the last stream of a kind ended, once it has. */
    async function endOf(kind: string): Promise<Ended> {
      const pattern = new RegExp(`ended: (\\{"kind":"${kind}".*\\})`, "g");
      await expect.poll(() => running.log(), { timeout: 5000 }).toMatch(pattern);
      const [, text = ""] = [...running.log().matchAll(pattern)].at(-1) ?? [];
      return JSON.parse(text);
    }

    test("the prelude leads: JSON, eight NUL bytes, then the body as it is", async () => {
      const { contentType, prelude, body, trailers } = await invoke("/v1/answers/2");
      expect(contentType).toBe("application/vnd.awslambda.http-integration-response");
      const cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"];
      expect(prelude).toEqual(
        door.id === "rest-api"
          ? {
              statusCode: 200,
              headers: { "content-type": "application/json" },
              multiValueHeaders: { "set-cookie": cookies, "x-list": ["1", "2"] },
            }
          : { statusCode: 200, headers: { "content-type": "application/json", "x-list": "1, 2" }, cookies },
      );
      expect([body, trailers]).toEqual(["{}", {}]);
      const binary = Buffer.concat((await invoke("/v1/answers/0")).chunks);
      expect([...binary.subarray(-256)]).toEqual(Array.from({ length: 256 }, (_, byte) => byte));
    });

    test("the prelude leads also where nothing follows", async () => {
      const { prelude, body } = await invoke("/v1/streams/none");
      expect([prelude, body]).toEqual([{ statusCode: 200, headers: { "content-type": "application/json" } }, ""]);
    });

    test("an error after the first reply is in the body, and Lambda sees none", async () => {
      const { prelude, body, trailers } = await invoke("/v1/ends/late-error");
      expect(prelude).toMatchObject({ statusCode: 200 });
      expect(body).toBe('{"result":"0"}\n{"error":{"code":15,"message":"broken","details":[]}}\n');
      expect(trailers).toEqual({});
    });

    test("a handler that gets stuck: what came, then DEADLINE_EXCEEDED, before Lambda ends the process", async () => {
      const before = await processId();
      const { body, trailers } = await invoke("/v1/ends/stuck");
      expect(body.split("\n").map((line) => line.slice(0, 20))).toEqual(['{"result":"0"}', '{"error":{"code":4,"', ""]);
      expect(trailers).toEqual({});
      expect(running.log()).toContain("aborted: stuck");
      expect(await processId()).toBe(before);
    });

    test("a reader that pauses gets everything, and the handler waits for it", async () => {
      const { body } = await invoke("/v1/ends/large", "pauses");
      const numbers = body.split("\n").map((line) => /^\{"result":"(\d+)/.exec(line)?.[1]);
      expect(numbers).toEqual([...Array.from({ length: 400 }, (_, at) => String(at)), undefined]);
      expect(await endOf("large")).toMatchObject({ replies: 400, aborted: false });
    });

    test("a client that leaves: Lambda does not say so, the handler goes on to its deadline, and the process lives", async () => {
      const before = await processId();
      await invoke("/v1/ends/slow", "leaves");
      expect(await endOf("slow")).toMatchObject({ aborted: true });
      expect(await processId()).toBe(before);
    });

    test("a reader that stalls: memory stays as it is, and the handler is stopped in time", async () => {
      const before = await processId();
      const atFirst = await endOf("late-error");
      await expect(invoke("/v1/ends/endless", "stalls")).rejects.toThrow("did not end within");
      const { replies, aborted, megabytes } = await endOf("endless");
      expect(aborted).toBe(true);
      // What the kernel takes for the sockets of both sides; Lambda would have taken 200 MB.
      expect(replies * replyBytes).toBeLessThan(50_000_000);
      expect(megabytes - atFirst.megabytes).toBeLessThan(100);
      expect(await processId()).not.toBe(before);
    });

    test("a connection that breaks: the runtime client ends the process, and the next invocation has a new one", async () => {
      const before = await processId();
      await expect(invoke("/v1/ends/large", "breaks")).rejects.toThrow("process ended");
      expect(await processId()).not.toBe(before);
    });
  });
});
