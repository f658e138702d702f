/** The product as a side that requests are sent to: through the simulated front door into the bundled functions, and back. */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { LocalFunction, LocalResult } from "../../../src/cli/dev/local-functions.js";
import type { WireResponse } from "../../../src/simulator/wire.js";
import type { GatewayVersion } from "../build/go-tools.js";
import type { Handlers } from "../peers/handlers.js";
import type { Peer } from "../peers/gateway-process.js";
import { type HttpAnswer, type HttpRequest, sizedHeaders } from "../peers/http-answer.js";
import { generateProject } from "./project.js";
import type { Leg } from "./leg.js";

/** What generated code finds as `globalThis.gatewayTest`. */
export type TestGlobal = object;

/** Generates, bundles and loads the functions of a leg. */
export async function startProduct(
  handlers: Handlers,
  leg: Leg,
  version: GatewayVersion,
  protos: string,
  testGlobal: TestGlobal,
): Promise<Peer> {
  const root = generateProject(handlers.api.set, leg, version, protos);
  const { compareProject } = await built<typeof import("../../../src/cli/project-output.js")>("cli/project-output.js");
  const { localDoor } = await built<typeof import("../../../src/cli/dev/local-door.js")>("cli/dev/local-door.js");
  const routes = await built<typeof import("../../../src/cli/dev/local-routes.js")>("cli/dev/local-routes.js");
  const local = await built<typeof import("../../../src/cli/dev/local-functions.js")>("cli/dev/local-functions.js");
  const { plan, diagnostics } = await compareProject([], {}, root, () => {});
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics, null, 1));
  const outDir = join(root, "bundles");
  mkdirSync(outDir, { recursive: true });
  const entries = [...routes.functionsById(plan).values()].map(({ entry }) => entry);
  const functions = await local.startLocalFunctions({ root, entries, outDir, minify: false }, false, () => {});
  const door = localDoor(plan);
  return {
    send: async (request) => {
      Object.assign(globalThis, { gatewayTest: testGlobal });
      return sendThrough(door, request, (target, event) => functions.invoke(target, event, "request-1"));
    },
    stop: () => functions.dispose(),
  };
}

/** A module of dist/, which the bundle of this program does not hold: it finds its own files by where it is. */
function built<Module>(path: string): Promise<Module> {
  return import(pathToFileURL(resolve("dist", path)).href) as Promise<Module>;
}

type LocalDoor = import("../../../src/cli/dev/local-door.js").LocalDoor;

async function sendThrough(
  { simulator, settings, choose }: LocalDoor,
  request: HttpRequest,
  invoke: (target: LocalFunction, event: object) => Promise<LocalResult>,
): Promise<HttpAnswer> {
  let target: LocalFunction | undefined;
  const admission = simulator.admit(
    {
      method: request.method,
      target: request.target,
      httpVersion: "1.1",
      // Space around a value does not survive any parser of HTTP.
      headers: sizedHeaders(request).map(([name, value]) => [name, value.trim()]),
      body: request.body,
      sourceIp: "127.0.0.1",
      scheme: "http",
    },
    {
      ...settings,
      route: (method, path) => {
        const choice = choose(method, path);
        target = choice?.target;
        return choice;
      },
      requestId: "request-1",
      now: Date.now(),
    },
  );
  if (admission.kind === "refused") return { ...whole(admission.response), refused: admission.reason };
  if (target === undefined) throw new Error("an event without a function");
  const result = await invoke(target, admission.event);
  switch (result.kind) {
    case "result":
      return whole(simulator.answer(result.payload, admission.event, settings));
    case "streamed":
      return streamed(result.response);
    case "failed":
      return { ...whole(simulator.answerFailure("failed")), crashed: String((result.error as Error).stack) };
    case "timed-out":
      return { ...whole(simulator.answerFailure("timed-out")), crashed: "timed out" };
    default:
      return result satisfies never;
  }
}

function whole({ status, headers, body }: WireResponse): HttpAnswer & { readonly kind: "answer" } {
  return { kind: "answer", status, headers, body: Buffer.from(body) };
}

async function streamed({
  status,
  headers,
  body,
}: Extract<LocalResult, { kind: "streamed" }>["response"]): Promise<HttpAnswer> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk);
    return { kind: "answer", status, headers, body: Buffer.concat(chunks) };
  } catch (error) {
    return { kind: "answer", status, headers, body: Buffer.concat(chunks), broken: String(error) };
  }
}
