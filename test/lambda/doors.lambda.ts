/** The suite of all front doors under Lambda's own runtime client, responses whole and in parts. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readStreamed } from "../../src/simulator/lambda-stream.js";
import type { WireRequest, WireResponse } from "../../src/simulator/wire.js";
import { admit, simulatorOf, type TestDoor, testDoors } from "../front-door/doors.js";
import { baseRequest, shown } from "../front-door/shown.js";
import { suite } from "../front-door/suite.js";
import { type LambdaFunction, startLambdaFunction } from "./runtime-api.js";
import { lambdaRuntimes } from "./runtime-cache.js";

const runtimes = lambdaRuntimes();
if (typeof runtimes === "string") console.warn(`skipped: ${runtimes}`);

const outDir = mkdtempSync(join(tmpdir(), "grpc2lambda-doors-"));

/** One bundle per runtime module, made of the probe. */
async function bundle({ make }: TestDoor): Promise<string> {
  const module = make.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const contents = `import { ${make.name} } from "./src/runtime/${module}.js";
import { probe } from "./test/front-door/probe.js";
export const handler = ${make.name}(probe);`;
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

    async function exchange(request: WireRequest): Promise<WireResponse> {
      const admission = admit(door, request);
      if (admission.kind === "refused") return admission.response;
      const result = await running.invoke(admission.event);
      switch (result.kind) {
        case "error":
          throw new Error(JSON.stringify(result.payload));
        case "response":
          return simulatorOf(door).answer(result.payload, admission.event, door.settings);
        case "streamed": {
          const kind = door.id === "rest-api" ? "rest-api" : "function-url";
          expect(result.trailers).toEqual({});
          const { body, ...head } = await readStreamed(kind, result.chunks, () => result.contentType);
          const chunks: Uint8Array[] = [];
          for await (const chunk of body) chunks.push(chunk);
          return { ...head, body: Buffer.concat(chunks) };
        }
        default:
          return result satisfies never;
      }
    }

    for (const [group, cases] of Object.entries(suite)) {
      test.each(cases.map((one) => [`${group}: ${one.name}`, one] as const))("%s", async (_, one) => {
        const { reason: _reason, ...own } = one.deviations?.[name] ?? { reason: undefined, ...one.expected };
        expect(shown(await exchange({ ...baseRequest, ...one.request }), own)).toEqual(own);
      });
    }
  });
});
