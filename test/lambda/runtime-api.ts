/**
 * The other side of Lambda's runtime client: a Runtime API server that hands events to one function process and takes its
 * results. As Lambda does, it ends a process whose time is over, and starts a new one for the next event.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What became of one invocation. */
export type InvocationResult =
  | { readonly kind: "response"; readonly payload: unknown; readonly bytes: number }
  | StreamedResult
  | { readonly kind: "error"; readonly payload: unknown };

/** A response in parts, as it was when it ended. */
export interface StreamedResult {
  readonly kind: "streamed";
  readonly contentType: string;
  /** As they arrived; the first begins with the prelude. Without those that nobody was there to take. */
  readonly chunks: readonly Uint8Array[];
  /** `lambda-runtime-function-error-type` and `-body` (base64) when the handler failed on the way. */
  readonly trailers: Readonly<Record<string, string | undefined>>;
}

/**
 * How a response in parts is taken. `reads`: as it comes. `pauses`: from the second part on after a second. `leaves`: the client goes after
 * the first part; Lambda says nothing of it to the function and throws the rest away. `stalls`: nothing is taken after the first part.
 * `breaks`: the connection between function and Lambda is gone after the first part.
 */
export type Reading = "reads" | "pauses" | "leaves" | "stalls" | "breaks";

/** How an invocation goes. */
export interface InvokeOptions {
  /** Default `reads`. */
  readonly reading?: Reading;
  /** Milliseconds that it may take. Default 10,000. */
  readonly timeout?: number;
  /** The header of the trace. Default: one that is not sampled. */
  readonly trace?: string;
}

const untraced = "Root=1-00000000-000000000000000000000000;Sampled=0";

/** A function under the runtime client. */
export interface LambdaFunction {
  /** Sends an event and waits for the result; rejects when the process ends first, or its time is over. */
  invoke(event: unknown, how?: InvokeOptions): Promise<InvocationResult>;
  /** What the processes have written to standard output and standard error. */
  log(): string;
  stop(): Promise<void>;
}

/** How to start a function. */
export interface LambdaFunctionOptions {
  readonly node: string;
  readonly client: string;
  /** The bundle, absolute; its export is `handler`. */
  readonly bundle: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly reading: Reading;
  readonly timeout: number;
  readonly trace: string;
  readonly settle: (result: InvocationResult) => void;
  readonly fail: (error: Error) => void;
}

/** Lambda's limit for a result, in bytes, as its own error message states it. */
const maxResultBytes = 6_291_556;

/** Starts a Runtime API server and a function process that asks it for work. */
export async function startLambdaFunction(options: LambdaFunctionOptions): Promise<LambdaFunction> {
  const queue: Invocation[] = [];
  const running = new Map<string, Invocation>();
  let waiting: ServerResponse | undefined;
  let process: ChildProcess | undefined;
  /** Whether the process has asked for work. */
  let isReady = false;
  let output = "";
  let count = 0;

  const failRunning = (message: string): void => {
    for (const { fail } of running.values()) fail(new Error(`${message}\n${output}`));
    running.clear();
  };
  const failAll = (message: string): void => {
    for (const invocation of queue.splice(0)) running.set(invocation.id, invocation);
    failRunning(message);
  };
  const start = (): void => {
    const started = startProcess(options, (server.address() as AddressInfo).port);
    process = started;
    isReady = false;
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    started.stdout?.on("data", collect);
    started.stderr?.on("data", collect);
    started.once("exit", (code) => {
      process = undefined;
      waiting = undefined;
      const message = `the function process ended with code ${code}`;
      if (!isReady) return failAll(message);
      failRunning(message);
      if (queue.length > 0) start();
    });
  };
  const dispatch = (): void => {
    if (process === undefined) start();
    const invocation = waiting === undefined ? undefined : queue.shift();
    if (waiting === undefined || invocation === undefined) return;
    running.set(invocation.id, invocation);
    const { timeout } = invocation;
    sendNext(waiting, invocation);
    waiting = undefined;
    const end = process;
    const overdue = setTimeout(() => {
      if (!running.delete(invocation.id)) return;
      invocation.fail(new Error(`the function did not end within ${timeout} ms\n${output}`));
      end?.kill("SIGKILL");
    }, timeout);
    overdue.unref();
  };
  const server = createServer(async (request, response) => {
    const path = (request.url ?? "").replace("/2018-06-01/runtime/", "");
    if (path === "invocation/next") {
      waiting = response;
      isReady = true;
      if (queue.length > 0) dispatch();
      return;
    }
    const [, id = "", outcome = ""] = path.split("/");
    if (request.headers["lambda-runtime-function-response-mode"] === "streaming") {
      await finishStream(running, id, request);
      response.writeHead(202, { "content-type": "application/json" }).end('{"status":"OK"}');
      return;
    }
    const body = await readBody(request);
    if (path === "init/error") failAll(`init failed: ${body}`);
    else if (Buffer.byteLength(body) > maxResultBytes) {
      const type = "Function.ResponseSizeTooLarge";
      finish(running, id, "error", JSON.stringify({ errorType: type, errorMessage: `over ${maxResultBytes} bytes` }));
      response.writeHead(413, { "content-type": "application/json" }).end(JSON.stringify({ errorType: type }));
      return;
    } else finish(running, id, outcome, body);
    response.writeHead(202, { "content-type": "application/json" }).end('{"status":"OK"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  start();

  return {
    invoke: (event, { reading = "reads", timeout = 10_000, trace = untraced } = {}) =>
      new Promise((settle, fail) => {
        queue.push({ id: `invocation-${++count}`, event, reading, timeout, trace, settle, fail });
        dispatch();
      }),
    log: () => output,
    stop: async () => {
      const last = process;
      if (last !== undefined) {
        const ended = new Promise((resolve) => last.once("exit", resolve));
        last.kill("SIGKILL");
        await ended;
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sendNext(response: ServerResponse, invocation: Invocation): void {
  response.writeHead(200, {
    "content-type": "application/json",
    "Lambda-Runtime-Aws-Request-Id": invocation.id,
    "Lambda-Runtime-Deadline-Ms": String(Date.now() + invocation.timeout),
    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:123456789012:function:example",
    "Lambda-Runtime-Trace-Id": invocation.trace,
  });
  response.end(JSON.stringify(invocation.event));
}

function finish(running: Map<string, Invocation>, id: string, outcome: string, body: string): void {
  const invocation = running.get(id);
  running.delete(id);
  const payload: unknown = body === "" ? null : JSON.parse(body);
  if (outcome === "response") invocation?.settle({ kind: "response", payload, bytes: Buffer.byteLength(body) });
  else invocation?.settle({ kind: "error", payload });
}

async function finishStream(running: Map<string, Invocation>, id: string, request: IncomingMessage): Promise<void> {
  const reading = running.get(id)?.reading ?? "reads";
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      if (chunks.length === 0 || reading === "reads" || reading === "pauses") chunks.push(chunk);
      if (chunks.length === 1) await afterFirst(reading, request);
    }
  } catch {
    // Only where the connection breaks: what becomes of the invocation is then said by the process.
    return;
  }
  const invocation = running.get(id);
  running.delete(id);
  const contentType = request.headers["content-type"] ?? "";
  invocation?.settle({ kind: "streamed", contentType, chunks, trailers: request.trailers });
}

async function afterFirst(reading: Reading, request: IncomingMessage): Promise<void> {
  if (reading === "pauses") await sleep(1000);
  if (reading === "breaks") request.socket.destroy();
  if (reading === "stalls") await new Promise((resolve) => request.once("close", resolve));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function startProcess(options: LambdaFunctionOptions, port: number): ChildProcess {
  const handler = `${options.bundle.slice(options.bundle.lastIndexOf("/") + 1).replace(/\.mjs$/, "")}.handler`;
  return spawn(options.node, [options.client, handler], {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: dirname(options.bundle),
    env: {
      PATH: process.env.PATH,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
      LAMBDA_TASK_ROOT: dirname(options.bundle),
      _HANDLER: handler,
      AWS_LAMBDA_FUNCTION_NAME: "example",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/example",
      AWS_LAMBDA_LOG_STREAM_NAME: "local",
      AWS_REGION: "us-east-1",
      ...options.env,
    },
  });
}
