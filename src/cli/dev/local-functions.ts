/** Lambda functions in this process: bundled, imported on first use, and bundled again when a source file changes. */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import {
  invokeStreamed,
  lambdaGlobal,
  type StreamedWireResponse,
  type StreamingDoor,
} from "../../simulator/lambda-stream.js";
import { type BundleRequest, bundlePath } from "../../build/bundle-options.js";
import { BundleError, type BundleReport, type Bundler, startBundler } from "../../build/bundler.js";
import { endAt } from "./end-at.js";
import { hearLines } from "../../build/local-log.js";

/** A function's entry with its limits. */
export interface LocalFunction {
  readonly id: string;
  /** Entry module, relative to the project root. */
  readonly entry: string;
  /** Default: an ES module without stand-ins, with all packages. */
  readonly bundle?: Pick<BundleRequest, "format" | "standIns" | "external">;
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

/** The functions to bundle, and where to. */
export interface LocalFunctionsRequest extends Pick<BundleRequest, "root" | "outDir" | "minify"> {
  readonly functions: readonly Pick<LocalFunction, "entry" | "bundle">[];
  /** Gets the lines that functions log. Default: nobody does. */
  readonly log?: (line: string) => void;
}

/** So many functions are bundled together at the start, which also finds errors in all of them; of more each at its first request. */
export const mostAtStart = 20;

/** Bundles the functions, then again whenever a file changes if `watch` is set; `report` hears of each time. */
export async function startLocalFunctions(
  request: LocalFunctionsRequest,
  watch: boolean,
  report: (report: BundleReport) => void,
): Promise<LocalFunctions> {
  Object.assign(globalThis, { awslambda: lambdaGlobal });
  hearLines(request.log ?? (() => undefined));
  const bundlers = await startBundlers(request, watch, report);
  return {
    invoke: async (local, event, requestId) => {
      const version = await bundlers.versionOf(local).catch((error: unknown) => ({ error }));
      if (typeof version === "object") return { kind: "failed", error: version.error };
      const load = () => loadBundle(bundlePath(request.outDir, local.entry, local.bundle?.format), version);
      return run(local, load, event, requestId);
    },
    dispose: () => bundlers.dispose(),
  };
}

interface Bundlers {
  /** Rejects with BundleError as long as the function has no bundle. */
  versionOf(local: LocalFunction): Promise<number>;
  dispose(): Promise<void>;
}

/** One bundler for all functions that are bundled alike, or one for each that is asked for: with hundreds, bundling all takes seconds and gigabytes. */
async function startBundlers(
  request: LocalFunctionsRequest,
  watch: boolean,
  report: (report: BundleReport) => void,
): Promise<Bundlers> {
  if (request.functions.length <= mostAtStart) return bundleTogether(request, watch, report);
  const started = new Map<string, Promise<Bundler>>();
  let isOpen = true;
  const startFor = (local: LocalFunction): Promise<Bundler> => {
    if (!isOpen) throw new BundleError("the functions are being replaced: send the request again");
    const bundler = startBundler({ ...request, ...local.bundle, entries: [local.entry] }, watch, report);
    started.set(local.entry, bundler);
    return bundler;
  };
  return {
    versionOf: async (local) => (await (started.get(local.entry) ?? startFor(local))).version(),
    dispose: async () => {
      isOpen = false;
      const bundlers = await Promise.allSettled(started.values());
      for (const bundler of bundlers) if (bundler.status === "fulfilled") await bundler.value.dispose();
    },
  };
}

async function bundleTogether(
  request: LocalFunctionsRequest,
  watch: boolean,
  report: (report: BundleReport) => void,
): Promise<Bundlers> {
  const groups = new Map<string, Pick<LocalFunction, "entry" | "bundle">[]>();
  for (const local of request.functions) {
    const key = JSON.stringify(local.bundle ?? {});
    groups.set(key, [...(groups.get(key) ?? []), local]);
  }
  const hear = reportFirstOnce(groups.size, report);
  const bundlers = new Map<string, Bundler>();
  for (const [key, functions] of groups) {
    const entries = functions.map(({ entry }) => entry);
    bundlers.set(key, await startBundler({ ...request, ...functions[0]?.bundle, entries }, watch, hear));
  }
  if (!watch) for (const bundler of bundlers.values()) bundler.version();
  return {
    versionOf: async ({ bundle }) => {
      const bundler = bundlers.get(JSON.stringify(bundle ?? {}));
      if (bundler === undefined) throw new BundleError("the function is not among those that were bundled");
      return bundler.version();
    },
    dispose: async () => {
      for (const bundler of bundlers.values()) await bundler.dispose();
    },
  };
}

/** Passes reports on; of the first bundles only the last, when all are there. */
function reportFirstOnce(count: number, report: (report: BundleReport) => void): (report: BundleReport) => void {
  let missing = count;
  return (outcome) => {
    if (outcome.kind === "bundled" && outcome.first && --missing > 0) return;
    report(outcome);
  };
}

type Load = () => Promise<object>;

async function run(local: LocalFunction, load: Load, event: unknown, requestId: string): Promise<LocalResult> {
  const deadline = Date.now() + local.timeout * 1000;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<LocalResult>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "timed-out" }), local.timeout * 1000);
  });
  try {
    return await Promise.race([timeout, callHandler(local, load, event, requestId, deadline)]);
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
  load: Load,
  event: unknown,
  requestId: string,
  deadline: number,
): Promise<LocalResult> {
  const input: unknown = JSON.parse(JSON.stringify(event));
  const lambda = lambdaContext(local, requestId, deadline);
  if (local.streamsTo !== undefined) {
    const { handler } = (await load()) as { handler: StreamHandler };
    const { body, ...head } = await invokeStreamed(local.streamsTo, handler, input, lambda);
    return { kind: "streamed", response: { ...head, body: endAt(body, deadline) } };
  }
  const { handler } = (await load()) as { handler: Handler };
  const text = JSON.stringify(await handler(input, lambda));
  return { kind: "result", payload: text === undefined ? null : JSON.parse(text) };
}

/** Node keeps an ES module by its URL, and a CommonJS one by its path alone. */
async function loadBundle(path: string, version: number): Promise<object> {
  if (!path.endsWith(".cjs")) return (await import(`${pathToFileURL(path).href}?version=${version}`)) as object;
  const require = createRequire(import.meta.url);
  if (versionsLoaded.get(path) !== version) delete require.cache[require.resolve(path)];
  versionsLoaded.set(path, version);
  return require(path) as object;
}

const versionsLoaded = new Map<string, number>();

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
