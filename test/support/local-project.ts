/** A generated project with its functions in this process: requests go through the simulated front door of its plan. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { LocalDoor } from "../../src/cli/dev/local-door.js";
import type { LocalFunction, LocalFunctions, LocalResult } from "../../src/cli/dev/local-functions.js";
import type { Plan } from "../../src/plan/plan.js";
import type { WireRequest, WireResponse } from "../../src/simulator/wire.js";

/** The parts of the command line that do it, from src/ or from dist/. */
export interface ProjectTools {
  readonly prepareOutput: typeof import("../../src/cli/project-output.js").prepareOutput;
  readonly localDoor: typeof import("../../src/cli/dev/local-door.js").localDoor;
  readonly functionsById: typeof import("../../src/cli/dev/local-routes.js").functionsById;
  readonly startLocalFunctions: typeof import("../../src/cli/dev/local-functions.js").startLocalFunctions;
}

/** What a client sends. */
export type ClientRequest = Pick<WireRequest, "method" | "target" | "headers"> & { readonly body: Buffer };

/** What a client gets, with what only a test can see. */
export interface ClientResponse {
  readonly status: number;
  readonly headers: WireResponse["headers"];
  readonly body: Buffer;
  /** The route by which the door let the request in: `GET /v1/shelves`, `rule 3`. */
  readonly route?: string;
  /** Why the door refused the request itself. */
  readonly refused?: string;
  /** What the function threw. */
  readonly crashed?: string;
  /** Why a streamed body ended too early. */
  readonly broken?: string;
}

/** A project that is served. */
export interface LocalProject {
  /** `edit` changes the event on its way. */
  send(request: ClientRequest, edit?: (event: object) => object): Promise<ClientResponse>;
  stop(): Promise<void>;
}

/** What is not as in an ordinary project. */
export interface UnusualProject {
  /** Default: grpc2lambda.yaml. */
  readonly config?: string;
  /** Default: bundles. */
  readonly functions?: () => Promise<LocalFunctions>;
  /** Settings of the door on top of those of the plan. */
  readonly settings?: Partial<LocalDoor["settings"]>;
}

/** Plans the project in the folder again, and bundles its functions. */
export async function openProject(
  root: string,
  tools: ProjectTools,
  unusual: UnusualProject = {},
): Promise<LocalProject> {
  const flags = unusual.config === undefined ? {} : { config: unusual.config };
  const { plan, diagnostics } = await tools.prepareOutput([], flags, root, () => {});
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics, null, 1));
  const planned = tools.localDoor(plan);
  const door = { ...planned, settings: { ...planned.settings, ...unusual.settings } };
  const functions = await (unusual.functions ?? (() => bundledFunctions(root, tools, plan)))();
  return {
    send: (request, edit = (event) => event) => sendThrough(door, functions, request, edit),
    stop: () => functions.dispose(),
  };
}

function bundledFunctions(root: string, tools: ProjectTools, plan: Plan): Promise<LocalFunctions> {
  const outDir = join(root, "bundles");
  mkdirSync(outDir, { recursive: true });
  const planned = [...tools.functionsById(plan).values()];
  const request = { root, functions: planned, outDir, minify: false };
  return tools.startLocalFunctions(request, false, () => {});
}

async function sendThrough(
  { simulator, settings, choose }: LocalDoor,
  functions: LocalFunctions,
  request: ClientRequest,
  edit: (event: object) => object,
): Promise<ClientResponse> {
  let target: LocalFunction | undefined;
  const route = (method: string, path: string) => {
    const choice = choose(method, path);
    target = choice?.target;
    return choice;
  };
  const options = { ...settings, route, requestId: "request-1", now: Date.now() };
  const admission = simulator.admit(onTheWire(request), options);
  if (admission.kind === "refused") return { ...whole(admission.response), refused: admission.reason };
  if (target === undefined) throw new Error("an event without a function");
  const event = edit(admission.event);
  const { routeKey } = admission;
  const result = await functions.invoke(target, event, "request-1");
  switch (result.kind) {
    case "result":
      return { ...whole(simulator.answer(result.payload, event, settings)), route: routeKey };
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

/** Space around a header's value does not survive any parser of HTTP. */
function onTheWire({ method, target, headers, body }: ClientRequest): WireRequest {
  const sized = body.length > 0 ? [...headers, ["Content-Length", String(body.length)] as const] : headers;
  return {
    method,
    target,
    httpVersion: "1.1",
    headers: sized.map(([name, value]) => [name, value.trim()]),
    body,
    sourceIp: "127.0.0.1",
    scheme: "http",
  };
}

function whole({ status, headers, body }: WireResponse): ClientResponse {
  return { status, headers, body: Buffer.from(body) };
}

async function streamed(response: Extract<LocalResult, { kind: "streamed" }>["response"]): Promise<ClientResponse> {
  const { status, headers, body } = response;
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk);
    return { status, headers, body: Buffer.concat(chunks) };
  } catch (error) {
    return { status, headers, body: Buffer.concat(chunks), broken: String(error) };
  }
}
