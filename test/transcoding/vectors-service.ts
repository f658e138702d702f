/** The implementation that the vectors' proto describes in its comments: an echo, with exceptions. */
import type { Endpoint } from "../../src/runtime/calls/endpoint.js";
import type { Context } from "../../src/runtime/rpc.js";
import type { Generated } from "./load-vectors.js";

/** A call that reached the implementation. */
export interface Received {
  readonly rpc: string;
  /** Name of the request message. */
  readonly input: string;
  // biome-ignore lint/suspicious/noExplicitAny: a message of the vectors' proto
  readonly request: any;
  readonly context: Context;
}

const inputs: Readonly<Record<string, string>> = {
  Update: "UpdateResourceRequest",
  UpdateTwoMasks: "TwoMasksRequest",
  Collect: "Item",
  Download: "Item",
  DownloadStream: "StreamRequest",
  Upload: "UploadRequest",
  List: "StreamRequest",
  ListNames: "StreamRequest",
  Fail: "FailRequest",
  Noop: "Empty",
  Headers: "HeaderRequest",
  Unbound: "Item",
};

const echoes =
  "Echo Update UpdateTwoMasks RespNested RespString RespInt64 RespBytes RespEnum RespRepeated RespRepeatedNested RespRepeatedEnum RespMap RespTimestamp RespWrapper Upload Noop Unbound".split(
    " ",
  );

/** One endpoint per RPC, in declaration order; calls are added to `received`. */
export function vectorEndpoints(generated: Generated, received: Received[]): Endpoint[] {
  const record = (rpc: string, request: unknown, context: Context): void => {
    received.push({ rpc, input: inputs[rpc] ?? "AllTypes", request, context });
  };
  const rpcs = Object.keys(generated).filter((name) => /^vectors[A-Z]/.test(name));
  const handlers = { ...unaryHandlers(generated) };
  return rpcs.map((name) => {
    const rpc = generated[name];
    if (rpc.kind === "serverStreaming") {
      return generated.serverStream(rpc, (request: unknown, context: Context) => {
        record(rpc.method, request, context);
        return streamItems(rpc.method, request);
      });
    }
    if (rpc.kind === "clientStreaming") {
      return generated.clientStream(rpc, async (requests: AsyncIterable<unknown>, context: Context) => {
        const items: unknown[] = [];
        for await (const item of requests) items.push(item);
        record(rpc.method, items, context);
        return summarize(items);
      });
    }
    const handler = echoes.includes(rpc.method) ? (request: unknown) => request : handlers[rpc.method];
    return generated.unary(rpc, (request: unknown, context: Context) => {
      record(rpc.method, request, context);
      return handler?.(request, context);
    });
  });
}

// biome-ignore lint/suspicious/noExplicitAny: messages of the vectors' proto
type Handler = (request: any, context: Context) => unknown;

function unaryHandlers(generated: Generated): Readonly<Record<string, Handler>> {
  return {
    Download: ({ name }) => ({ contentType: "text/plain", data: Buffer.from(`hello ${name}`), extensions: [] }),
    Fail: ({ code, message, withDetails }) => {
      if (!withDetails) throw Object.assign(new Error(message), { code, details: message });
      const detail = { "@type": "type.googleapis.com/transcoding.vectors.v1.Item", name: "detail", size: "7" };
      expectNotFound(code);
      throw new generated.RpcError("NOT_FOUND", message, { details: [detail] });
    },
    Headers: ({ header, trailer }, context) => {
      for (const [key, value] of Object.entries<string>(header)) context.header.set(key, value);
      for (const [key, value] of Object.entries<string>(trailer)) context.trailer.set(key, value);
      return {};
    },
  };
}

function expectNotFound(code: number): void {
  if (code !== 5) throw new Error("the cases with details are NOT_FOUND");
}

// biome-ignore lint/suspicious/noExplicitAny: messages of the vectors' proto
function summarize(items: readonly any[]): unknown {
  return { count: items.length, names: items.map(({ name }) => name) };
}

// biome-ignore lint/suspicious/noExplicitAny: messages of the vectors' proto
async function* streamItems(method: string, request: any): AsyncGenerator<unknown> {
  const { count, failAfter, code, message } = request;
  for (let index = 0; index < count; index++) {
    if (failAfter !== 0 && index >= failAfter) throw Object.assign(new Error(message), { code, details: message });
    if (method !== "DownloadStream") yield { name: `i${index}`, size: BigInt(index) };
    else yield { contentType: "text/csv", data: Buffer.from(`row${index}`), extensions: [] };
  }
}
