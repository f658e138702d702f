/** The generated functions in this process, behind the plan's simulated front door: the new side before anything is deployed. */
import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { RecordedRequest } from "../../migrate/requests/recorded-request.js";
import { readBody } from "../../migrate/sides/answer-body.js";
import type { Side, SideAnswer } from "../../migrate/sides/side.js";
import type { Plan } from "../../plan/plan.js";
import type { StreamedWireResponse } from "../../simulator/lambda-stream.js";
import type { WireRequest, WireResponse } from "../../simulator/wire.js";
import { linkProject } from "../dev/link-project.js";
import { type LocalDoor, localDoor } from "../dev/local-door.js";
import { type LocalFunction, type LocalFunctions, startLocalFunctions } from "../dev/local-functions.js";
import { functionsById } from "../dev/local-routes.js";
import { temporaryFolder } from "../temporary-folder.js";
import type { FailureLog } from "./failure-log.js";

/** Bundles the functions of a project; throws BundleError where that fails. `failed` hears why a function gave no result. */
export async function localSide(plan: Plan, root: string, failed: FailureLog): Promise<Side> {
  const { path: outDir, remove } = temporaryFolder("compare");
  const planned = [...functionsById(plan).values()];
  try {
    linkProject(root, outDir, plan.build);
    const functions = await startLocalFunctions({ root, functions: planned, outDir, minify: false }, false, () => {});
    const door = localDoor(plan);
    return {
      name: `dev (${plan.deployment.frontDoor})`,
      ask: (request) => ask(request, { door, functions, failed }),
      close: async () => {
        await functions.dispose();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

interface LocalSide {
  readonly door: LocalDoor;
  readonly functions: LocalFunctions;
  readonly failed: FailureLog;
}

async function ask(request: RecordedRequest, side: LocalSide): Promise<SideAnswer> {
  const start = performance.now();
  const response = await exchange(request, side);
  if (typeof response === "string") return { kind: "failed", reason: response, ms: performance.now() - start };
  const encoding = response.headers.find(([name]) => name.toLowerCase() === "content-encoding")?.[1];
  const stream = response.body instanceof Uint8Array ? [response.body] : response.body;
  try {
    const body = await readBody(Readable.from(stream, { objectMode: false }), encoding);
    return { kind: "answer", status: response.status, headers: response.headers, body, ms: performance.now() - start };
  } catch (error) {
    return { kind: "failed", reason: String((error as Error).message), ms: performance.now() - start };
  }
}

/** A text says why there is no answer. */
async function exchange(
  request: RecordedRequest,
  { door: { simulator, settings, choose }, functions, failed }: LocalSide,
): Promise<WireResponse | StreamedWireResponse | string> {
  const requestId = randomUUID();
  let local: LocalFunction | undefined;
  const admission = simulator.admit(onTheWire(request), {
    ...settings,
    requestId,
    now: Date.now(),
    route: (method, path) => {
      const choice = choose(method, path);
      local = choice?.target;
      return choice;
    },
  });
  if (admission.kind === "refused" || local === undefined) {
    return admission.kind === "refused" ? admission.response : "an event without a function";
  }
  const { event } = admission;
  const result = await functions.invoke(local, event, requestId);
  switch (result.kind) {
    case "result":
      return simulator.answer(result.payload, event, settings);
    case "streamed":
      return result.response;
    case "failed":
      failed(local.id, result.error);
      return simulator.answerFailure("failed");
    case "timed-out":
      failed(local.id, `no answer within ${local.timeout} s`);
      return simulator.answerFailure("timed-out");
    default:
      return result satisfies never;
  }
}

function onTheWire({ method, target, headers, body }: RecordedRequest): WireRequest {
  const own = headers.filter(
    ([name]) => !/^(host|content-length|connection|transfer-encoding|keep-alive)$/i.test(name),
  );
  const added: [string, string][] = [["Host", "localhost"]];
  if (body.length > 0) added.push(["Content-Length", String(body.length)]);
  return {
    method,
    target,
    httpVersion: "1.1",
    headers: [...added, ...own.map(([name, value]) => [name, value.trim()] as const)],
    body,
    sourceIp: "127.0.0.1",
    scheme: "http",
  };
}
