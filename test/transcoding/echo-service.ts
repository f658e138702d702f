/**
 * Any API with handlers that give back their request, generated, bundled, and called through a simulated Function URL: what the requests'
 * own reader understood, as the same JSON in every message style.
 */
import { namePlan } from "../../src/emit/names/name-plan.js";
import type { NamedMethod } from "../../src/emit/names/typescript-plan.js";
import { emitFiles } from "../../src/emit/emit-files.js";
import type { MessageStyle } from "../../src/emit/message-style.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import type { TranscodingOptions } from "../../src/plan/plan.js";
import type { Context } from "../../src/runtime/rpc.js";
import { admitFunctionUrl, answerFunctionUrl } from "../../src/simulator/function-url.js";
import { loadEmitted } from "../support/load-emitted.js";
import { type PlanFromProtoOptions, planFromProto } from "../support/plan-from-proto.js";
import { planOptions } from "../support/plan-options.js";

/** A request; GET without a body where nothing else is said. */
export interface EchoRequest {
  readonly method?: string;
  /** Path and query. */
  readonly target: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** What Lambda says is left of the function's time, in ms. */
  readonly remaining?: number;
}

/** What came back, and what the handler saw; no context where it was not called. */
export interface Echo {
  readonly status: number;
  readonly json: unknown;
  readonly headers: readonly (readonly [string, string])[];
  readonly context: Context | undefined;
}

/** One function with every RPC of `proto`. */
export async function loadEcho(
  proto: string,
  { transcoding, style, files = [], ...plan }: EchoOptions = {},
): Promise<(request: EchoRequest) => Promise<Echo>> {
  const deployment = {
    ...planOptions().deployment,
    frontDoor: "function-url",
    functions: { kind: "single" },
  } as const;
  const planned = planFromProto(proto, {
    ...(style === undefined ? {} : { style }),
    transcoding: { emitDefaults: false, ...transcoding },
    plan: { ...plan, deployment },
  });
  const calls: Context[] = [];
  const id = `echo${Math.random()}`;
  Object.assign(globalThis, { [id]: calls });
  const emitted = emitFiles(planned).filter(
    ({ path, ownership }) => ownership === "generated" && !path.includes("/runtime/"),
  );
  const [entry] = planned.functions;
  if (entry === undefined) throw new Error("no function");
  const handlers = namePlan(planned).methods.map((method) => echoHandler(method, id));
  const [module] = await loadEmitted([...emitted, ...handlers, ...files], [`gen/functions/${entry.id}`]);
  const handler = module?.handler;
  if (handler === undefined) throw new Error("no handler");
  return async (request) => {
    calls.length = 0;
    const result = await handler(toEvent(request), {
      awsRequestId: "1",
      getRemainingTimeInMillis: () => request.remaining ?? 28_000,
    });
    const response = answerFunctionUrl(result);
    const text = Buffer.from(response.body).toString();
    return {
      status: response.status,
      json: text === "" ? undefined : JSON.parse(text),
      headers: response.headers,
      context: calls[0],
    };
  };
}

/** What differs from the tool's defaults. */
export interface EchoOptions extends Pick<NonNullable<PlanFromProtoOptions["plan"]>, "customization"> {
  readonly style?: MessageStyle;
  readonly transcoding?: Partial<TranscodingOptions>;
  /** The user's own, beside the handlers. */
  readonly files?: readonly OutputFile[];
}

/** Requests that are a stream are given back as the list `all`. */
function echoHandler({ implementation, method, code }: NamedMethod, id: string): OutputFile {
  if (implementation.kind !== "function") throw new Error("not a function");
  const { module: file, exportName } = code;
  const collect = "const all = [];\n  for await (const each of request) all.push(each);\n  return { all };";
  const content = `export const ${exportName} = async (request, context) => {
  globalThis[${JSON.stringify(id)}].push(context);
  ${method.clientStreaming ? collect : "return request;"}
};`;
  return { path: file, content, ownership: "user" };
}

function toEvent({ method = "GET", target, headers = [], body = "" }: EchoRequest): unknown {
  const admission = admitFunctionUrl(
    {
      method,
      target,
      httpVersion: "1.1",
      headers: [["host", "api.example.com"], ...headers],
      body: Buffer.from(body),
      sourceIp: "203.0.113.10",
      scheme: "https",
    },
    { route: () => ({ key: "$default", pathParameters: {} }), requestId: "1", now: 0 },
  );
  if (admission.kind !== "event") throw new Error(admission.reason);
  return admission.event;
}
