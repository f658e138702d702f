/** The suite of all front doors under Lambda's own runtime client, responses whole and in parts. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { objectOf } from "../../src/runtime/doors/event.js";
import { readStreamed } from "../../src/simulator/lambda-stream.js";
import type { WireRequest, WireResponse } from "../../src/simulator/wire.js";
import { admit, eventOf, simulatorOf, streamingOf, type TestDoor, testDoors } from "../front-door/doors.js";
import { baseRequest, shown } from "../front-door/shown.js";
import { suite } from "../front-door/suite.js";
import { type LambdaFunction, startLambdaFunction } from "./runtime-api.js";
import { lambdaRuntimes } from "./runtime-cache.js";

const runtimes = lambdaRuntimes();
if (typeof runtimes === "string") console.warn(`skipped: ${runtimes}`);

const outDir = mkdtempSync(join(tmpdir(), "grpc2lambda-doors-"));

/** The error that ended a stream: its trailers are in base64. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html */
function errorOf(trailers: Readonly<Record<string, string | undefined>>): string {
  return Object.values(trailers)
    .map((value = "") => `${value} ${Buffer.from(value, "base64").toString()}`)
    .join("\n");
}

/** One bundle per runtime module, made of the probe. */
async function bundle({ make }: TestDoor): Promise<string> {
  const module = make.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const contents = `import { ${make.name} } from "./src/runtime/doors/${module}.js";
import { router } from "./src/runtime/calls/endpoint.js";
import { probe } from "./test/front-door/probe.js";
import { streamProbe } from "./test/lambda/stream-probe.js";
export const handler = ${make.name}(router([probe, streamProbe]));`;
  const outfile = join(outDir, `${module}.mjs`);
  const stdin = { contents, resolveDir: resolve("."), loader: "ts" as const };
  await build({ stdin, outfile, bundle: true, platform: "node", format: "esm", target: "node22", logLevel: "silent" });
  return outfile;
}

describe.skipIf(typeof runtimes === "string").each([22, 24] as const)("Node %i", (version) => {
  describe.each(testDoors.map((door) => [door.name, door] as const))("%s", (name, door) => {
    let running: LambdaFunction;

    beforeAll(async () => {
      if (typeof runtimes === "string") throw new Error(runtimes);
      const node = runtimes.nodes.get(version) ?? "";
      running = await startLambdaFunction({ node, client: runtimes.client, bundle: await bundle(door) });
    });
    afterAll(() => running.stop());

    async function exchange(request: WireRequest, timeout?: number): Promise<WireResponse> {
      const admission = admit(door, request);
      return admission.kind === "refused" ? admission.response : answerOf(admission.event, timeout);
    }

    async function answerOf(event: unknown, timeout = 10_000): Promise<WireResponse> {
      const result = await running.invoke(event, { timeout });
      switch (result.kind) {
        case "error":
          throw new Error(JSON.stringify(result.payload));
        case "response":
          return simulatorOf(door).answer(result.payload, objectOf(event), door.settings);
        case "streamed": {
          if (Object.keys(result.trailers).length > 0) throw new Error(errorOf(result.trailers));
          const { body, ...head } = await readStreamed(streamingOf(door), result.chunks, () => result.contentType);
          const chunks: Uint8Array[] = [];
          for await (const chunk of body) chunks.push(chunk);
          return { ...head, body: Buffer.concat(chunks) };
        }
        default:
          return result satisfies never;
      }
    }

    const ok = (): Promise<WireResponse> => exchange({ ...baseRequest, target: "/v1/items/1" });

    test("warm-ups, and events that are none of the door's", async () => {
      for (const source of ["serverless-plugin-warmup", "aws.events"])
        expect((await answerOf({ source })).status).toBe(200);
      const foreign = testDoors.find(({ id }) => id === (door.id === "alb" ? "rest-api" : "alb"));
      const events = [null, 7, "text", [], {}, { Records: [] }, foreign && eventOf(foreign, baseRequest)];
      for (const event of events) await expect(answerOf(event)).rejects.toThrow("the event does not come from a");
      expect((await ok()).status).toBe(200);
    });

    test("a handler that gets stuck is answered for before Lambda ends the process", async () => {
      const stuck = await exchange({ ...baseRequest, target: "/v1/ends/stuck" }, 600);
      expect(Buffer.from(stuck.body).toString()).toMatch(/^\{"result":"0"\}\n\{"error":\{"code":4,/);
      expect((await ok()).status).toBe(200);
    });

    for (const [group, cases] of Object.entries(suite)) {
      test.each(cases.map((one) => [`${group}: ${one.name}`, one] as const))("%s", async (_, one) => {
        const { reason: _reason, ...own } = one.deviations?.[name] ?? { reason: undefined, ...one.expected };
        expect(shown(await exchange({ ...baseRequest, ...one.request }), own)).toEqual(own);
      });
    }
  });
});
