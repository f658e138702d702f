/**
 * Lambda's Runtime API for one program: it asks for the next event, and sends its response back.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readStreamed, type StreamingDoor } from "../../simulator/lambda-stream.js";
import type { LocalResult } from "./local-functions.js";

/** An event on its way to the program. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly event: unknown;
  /** The door that gets the response in parts; absent: it is sent whole. */
  readonly streamsTo?: StreamingDoor;
}

/** The server. One event at a time, in the order in which they came. */
export interface RuntimeApi {
  /** `127.0.0.1:49152`, for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  invoke(invocation: Invocation): Promise<LocalResult>;
  /** Fails what waits, and everything that comes. */
  close(error: Error): void;
}

interface Waiting {
  readonly invocation: Invocation;
  readonly settle: (result: LocalResult) => void;
}

/** Starts a server on a free port of this machine. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const state = createQueue();
  const server = createServer((request, response) => {
    state.serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoke: (invocation) => state.invoke(invocation),
    close: (error) => {
      state.close(error);
      closeServer(server);
    },
  };
}

function closeServer(server: Server): void {
  server.closeAllConnections();
  server.close();
}

interface Queue extends Pick<RuntimeApi, "invoke" | "close"> {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

function createQueue(): Queue {
  const events: Waiting[] = [];
  const running = new Map<string, Waiting>();
  let asking: ServerResponse | undefined;
  let closed: Error | undefined;
  const next = (): void => {
    const waiting = asking === undefined ? undefined : events.shift();
    if (asking === undefined || waiting === undefined) return;
    running.set(waiting.invocation.requestId, waiting);
    sendEvent(asking, waiting.invocation);
    asking = undefined;
  };
  return {
    invoke: (invocation) =>
      new Promise((settle) => {
        if (closed !== undefined) return settle({ kind: "failed", error: closed });
        events.push({ invocation, settle });
        next();
      }),
    close: (error) => {
      closed = error;
      for (const { settle } of [...events.splice(0), ...running.values()]) settle({ kind: "failed", error });
      running.clear();
    },
    serve: async (request, response) => {
      const [, id = "", what = request.url ?? ""] =
        /\/runtime\/(?:invocation\/)?([^/]+)(?:\/(\w+))?$/.exec(request.url ?? "") ?? [];
      if (id === "next") {
        asking = response;
        return next();
      }
      const waiting = running.get(id);
      running.delete(id);
      if (waiting === undefined) response.writeHead(400).end();
      else await receive(request, response, waiting, what);
    },
  };
}

function sendEvent(response: ServerResponse, { requestId, deadline, functionArn, event }: Invocation): void {
  response.writeHead(200, {
    "Content-Type": "application/json",
    "Lambda-Runtime-Aws-Request-Id": requestId,
    "Lambda-Runtime-Deadline-Ms": String(deadline),
    "Lambda-Runtime-Invoked-Function-Arn": functionArn,
    "Lambda-Runtime-Trace-Id": "Root=1-00000000-000000000000000000000000;Sampled=0",
  });
  response.end(JSON.stringify(event));
}

/** Takes what the program posts for an event. A streamed response is settled with its prelude, and goes on. */
async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  { invocation: { streamsTo }, settle }: Waiting,
  what: string,
): Promise<void> {
  request.once("end", () => response.writeHead(202, { "Content-Type": "application/json" }).end('{"status":"OK"}'));
  const type = request.headers["content-type"] ?? "";
  if (streamsTo !== undefined && what === "response") {
    settle({ kind: "streamed", response: await readStreamed(streamsTo, request, () => type) });
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  settle(what === "response" ? resultOf(text) : { kind: "failed", error: new Error(errorMessage(text)) });
}

function resultOf(text: string): LocalResult {
  try {
    return { kind: "result", payload: JSON.parse(text) };
  } catch {
    return { kind: "failed", error: new Error(`the function's result is not JSON: ${text.slice(0, 200)}`) };
  }
}

function errorMessage(text: string): string {
  try {
    const { errorType, errorMessage: message } = JSON.parse(text) as { errorType?: string; errorMessage?: string };
    return `${errorType}: ${message}`;
  } catch {
    return text;
  }
}
