/** Lambda functions in this process: bundled, imported on first use, and bundled again when a source file changes. */
import { pathToFileURL } from "node:url";
import {
  invokeStreamed,
  lambdaGlobal,
  type StreamedWireResponse,
  type StreamingDoor,
} from "../../simulator/lambda-stream.js";
import { type BundleRequest, bundlePath } from "./bundle.js";
import { BundleError, type BundleReport, type Bundler, startBundler } from "./bundler.js";
import { endAt } from "./end-at.js";

/** A function's entry with its limits. */
export interface LocalFunction {
  readonly id: string;
  /** Entry module, relative to the project root. */
  readonly entry: string;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memorySize: number;
  /** The door that its responses go to in parts; absent: it returns them whole. */
  readonly streamsTo?: StreamingDoor;
}

/** The outcome of an invocation, as Lambda would report it to the front door. */
export type LocalResult =
  | { readonly kind: "result"; readonly payload: unknown }
  | { readonly kind: "streamed"; readonly response: StreamedWireResponse }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "timed-out" };

/** Functions that can be invoked. */
export interface LocalFunctions {
  invoke(local: LocalFunction, event: unknown, requestId: string): Promise<LocalResult>;
  dispose(): Promise<void>;
}

type Handler = (event: unknown, context: unknown) => unknown;
type StreamHandler = Parameters<typeof invokeStreamed>[1];

/** So many functions are bundled together at the start, which also finds errors in all of them; of more each at its first request. */
export const mostAtStart = 20;

/** Bundles the functions, then again whenever a file changes if `watch` is set; `report` hears of each time. */
export async function startLocalFunctions(
  request: BundleRequest,
  watch: boolean,
  report: (report: BundleReport) => void,
): Promise<LocalFunctions> {
  Object.assign(globalThis, { awslambda: lambdaGlobal });
  const bundlers = await startBundlers(request, watch, report);
  return {
    invoke: async (local, event, requestId) => {
      const version = await bundlers.versionOf(local.entry).catch((error: unknown) => ({ error }));
      if (typeof version === "object") return { kind: "failed", error: version.error };
      const url = `${pathToFileURL(bundlePath(request.outDir, local.entry)).href}?version=${version}`;
      return run(local, url, event, requestId);
    },
    dispose: () => bundlers.dispose(),
  };
}

interface Bundlers {
  /** Rejects with BundleError as long as the entry has no bundle. */
  versionOf(entry: string): Promise<number>;
  dispose(): Promise<void>;
}

/** One bundler for all entries, or one for each that is asked for: with hundreds, bundling all takes seconds and gigabytes. */
async function startBundlers(
  request: BundleRequest,
  watch: boolean,
  report: (report: BundleReport) => void,
): Promise<Bundlers> {
  if (request.entries.length <= mostAtStart) {
    const bundler = await startBundler(request, watch, report);
    if (!watch) bundler.version();
    return { versionOf: async () => bundler.version(), dispose: () => bundler.dispose() };
  }
  const started = new Map<string, Promise<Bundler>>();
  let isOpen = true;
  const startFor = (entry: string): Promise<Bundler> => {
    if (!isOpen) throw new BundleError("the functions are being replaced: send the request again");
    const bundler = startBundler({ ...request, entries: [entry] }, watch, report);
    started.set(entry, bundler);
    return bundler;
  };
  return {
    versionOf: async (entry) => (await (started.get(entry) ?? startFor(entry))).version(),
    dispose: async () => {
      isOpen = false;
      const bundlers = await Promise.allSettled(started.values());
      for (const bundler of bundlers) if (bundler.status === "fulfilled") await bundler.value.dispose();
    },
  };
}

async function run(local: LocalFunction, url: string, event: unknown, requestId: string): Promise<LocalResult> {
  const deadline = Date.now() + local.timeout * 1000;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<LocalResult>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "timed-out" }), local.timeout * 1000);
  });
  try {
    return await Promise.race([timeout, callHandler(local, url, event, requestId, deadline)]);
  } catch (error) {
    return { kind: "failed", error };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Calls the handler as Lambda does: the event arrives as parsed JSON, and a result that cannot be JSON is an error.
 */
async function callHandler(
  local: LocalFunction,
  url: string,
  event: unknown,
  requestId: string,
  deadline: number,
): Promise<LocalResult> {
  const input: unknown = JSON.parse(JSON.stringify(event));
  const lambda = lambdaContext(local, requestId, deadline);
  if (local.streamsTo !== undefined) {
    const { handler } = (await import(url)) as { handler: StreamHandler };
    const { body, ...head } = await invokeStreamed(local.streamsTo, handler, input, lambda);
    return { kind: "streamed", response: { ...head, body: endAt(body, deadline) } };
  }
  const { handler } = (await import(url)) as { handler: Handler };
  const text = JSON.stringify(await handler(input, lambda));
  return { kind: "result", payload: text === undefined ? null : JSON.parse(text) };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function lambdaContext(local: LocalFunction, requestId: string, deadline: number) {
  return {
    functionName: local.id,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${local.id}`,
    memoryLimitInMB: String(local.memorySize),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${local.id}`,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
