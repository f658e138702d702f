/** Lambda functions in this process: bundled, imported on first use, and bundled again when a source file changes. */
import { pathToFileURL } from "node:url";
import { type BuildFailure, context, type Message } from "esbuild";
import {
  invokeStreamed,
  lambdaGlobal,
  type StreamedWireResponse,
  type StreamingDoor,
} from "../../simulator/lambda-stream.js";
import { type BundleRequest, bundleOptions, bundlePath } from "./bundle.js";
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

/** Bundle errors as esbuild reports them, one text each: `src/a.ts:3:7: message`. */
export type BundleReport =
  | { readonly kind: "bundled"; readonly first: boolean }
  | { readonly kind: "failed"; readonly errors: readonly string[] };

/** The functions do not bundle; the message has a line per error. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}

type Handler = (event: unknown, context: unknown) => unknown;
type StreamHandler = Parameters<typeof invokeStreamed>[1];

/**
 * Version of the bundles of this process: Node keeps a module by its URL for ever, so no two bundles may share one.
 */
let version = 0;

/** Bundles the functions, then again whenever a file changes when `watch` is set; `report` hears of each time. */
export async function startLocalFunctions(
  request: BundleRequest,
  watch: boolean,
  report: (report: BundleReport) => void,
): Promise<LocalFunctions> {
  Object.assign(globalThis, { awslambda: lambdaGlobal });
  let isFirst = true;
  const bundler = await context({
    ...bundleOptions(request),
    plugins: [
      {
        name: "report",
        setup: (build) =>
          build.onEnd(({ errors }) => {
            if (errors.length > 0) return report({ kind: "failed", errors: errors.map(describeError) });
            version++;
            report({ kind: "bundled", first: isFirst });
            isFirst = false;
          }),
      },
    ],
  });
  await bundler.rebuild().catch((failure: BuildFailure) => {
    if (!watch) throw new BundleError(failure.errors.map(describeError).join("\n"));
  });
  if (watch) await bundler.watch();
  return {
    invoke: async (local, event, requestId) => {
      const url = `${pathToFileURL(bundlePath(request.outDir, local.entry)).href}?version=${version}`;
      return run(local, url, event, requestId);
    },
    dispose: () => bundler.dispose(),
  };
}

function describeError({ location, text }: Message): string {
  return location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`;
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
