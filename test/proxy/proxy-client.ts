/** One call by the client of functions that pass requests on, and the same one by grpc-js' own client. */
import * as grpc from "@grpc/grpc-js";
import { Metadata } from "../../src/runtime/metadata.js";
import {
  type GrpcServer,
  grpcServer,
  proxyClientStream,
  proxyServerStream,
  proxyUnary,
} from "../../src/runtime/proxy/grpc-proxy.js";
import type { Context } from "../../src/runtime/rpc.js";
import { statusOf } from "../../src/runtime/status.js";
import type { Running } from "./grpc-servers.js";

let variables = 0;

/** The server as a function has it. */
export function proxyTo({ address }: Running, tls: Parameters<typeof grpcServer>[1] = false): GrpcServer {
  const variable = `TEST_SERVER_${variables++}`;
  process.env[variable] = address;
  return grpcServer(variable, tls);
}

/** Codecs of messages that are text. */
export const same = {
  encode: (text: string) => Buffer.from(text),
  decode: (bytes: Uint8Array) => Buffer.from(bytes).toString(),
};

/** The context of a call, as far as a proxy reads it. */
export function contextOf(metadata: Metadata, signal: AbortSignal, deadline?: Date): Context {
  return { metadata, deadline, signal, header: new Metadata(), trailer: new Metadata() } as Context;
}

/** How a call ended, and what came before. */
export interface Outcome {
  readonly replies: readonly string[];
  readonly code: number;
  readonly message: string;
  readonly header: object;
  readonly trailer: object;
}

/** What a handler of a stream gets, or of a unary RPC. */
export async function ours(
  server: GrpcServer,
  name: string,
  requests: readonly string[],
  metadata = new Metadata(),
  { signal = new AbortController().signal, deadline }: { signal?: AbortSignal; deadline?: Date } = {},
): Promise<Outcome> {
  const context = contextOf(metadata, signal, deadline);
  const path = `/test.S/${name}`;
  const [request = ""] = requests;
  const replies: string[] = [];
  const end = (code: number, message: string): Outcome => {
    return { replies, code, message, header: texts(context.header), trailer: texts(context.trailer) };
  };
  try {
    if (name.startsWith("In")) replies.push(await proxyClientStream(server, path, same)(each(requests), context));
    else if (name.endsWith("Stream"))
      for await (const reply of proxyServerStream(server, path, same)(request, context)) replies.push(reply);
    else replies.push(await proxyUnary(server, path, same)(request, context));
    return end(0, "");
  } catch (error) {
    const { code, message, metadata: sent } = statusOf(error);
    if (sent !== undefined) context.trailer.merge(sent);
    return end(code, message);
  }
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The same call by grpc-js, over a connection of its own. */
export async function theirs(
  { address }: Running,
  name: string,
  requests: readonly string[],
  metadata = new Metadata(),
): Promise<Outcome> {
  const client = new grpc.Client(address, grpc.credentials.createInsecure());
  const sent = new grpc.Metadata();
  for (const key of Object.keys(metadata.getMap())) for (const value of metadata.get(key)) sent.add(key, value);
  const call = client.makeBidiStreamRequest(
    `/test.S/${name}`,
    same.encode,
    (bytes: Buffer) => same.decode(bytes),
    sent,
  );
  const replies: string[] = [];
  let header = {};
  call.on("data", (reply: string) => replies.push(reply));
  call.on("metadata", (received: grpc.Metadata) => {
    header = texts(received);
  });
  call.on("error", () => undefined);
  const status = new Promise<grpc.StatusObject>((resolve) => call.once("status", resolve));
  for (const request of requests) call.write(request);
  call.end();
  const { code, details, metadata: trailer } = await status;
  client.close();
  return { replies, code, message: code === 0 ? "" : details, header, trailer: texts(trailer) };
}

/** Values joined, because grpc-js joins what comes several times; without what a connection says of itself. */
function texts(metadata: { toJSON(): object }): object {
  const values = Object.entries(JSON.parse(JSON.stringify(metadata)) as Readonly<Record<string, readonly unknown[]>>);
  const joined = values.map(([key, all]) => [key, key.endsWith("-bin") ? all : all.join(", ")] as const);
  return Object.fromEntries(joined.filter(([key]) => key !== "date" && key !== "content-type"));
}

/** Metadata of a request: values apart, values with commas, and bytes. */
export const asked = new Metadata();
asked.add("x-asked", "1");
asked.add("x-asked", "2, 3");
asked.add("asked-bin", Buffer.from([255, 0]));
asked.add("asked-bin", Buffer.from("second"));
asked.add("authorization", "Bearer of tidings");
