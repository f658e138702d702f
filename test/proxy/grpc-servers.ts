/** Servers of gRPC on this machine, with messages as bytes. */
import type { AddressInfo } from "node:net";
import http2 from "node:http2";
import * as grpc from "@grpc/grpc-js";

/** A running server. */
export interface Running {
  /** Host and port. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

type Bytes = Buffer;
type Methods = Readonly<Record<string, grpc.UntypedHandleCall>>;

/** A real grpc-js server of the service `test.S` with the given methods; names that end in `Stream` stream replies, and `In…` requests. */
export async function grpcJsServer(methods: Methods, credentials?: grpc.ServerCredentials): Promise<Running> {
  const server = new grpc.Server();
  const definitions = Object.keys(methods).map((name) => [name, definitionOf(name)]);
  server.addService(Object.fromEntries(definitions) as grpc.ServiceDefinition, methods);
  const port = await new Promise<number>((resolve, reject) => {
    const bound = (error: Error | null, port: number): void => (error === null ? resolve(port) : reject(error));
    server.bindAsync("127.0.0.1:0", credentials ?? grpc.ServerCredentials.createInsecure(), bound);
  });
  return {
    address: `127.0.0.1:${port}`,
    stop: async () => server.forceShutdown(),
  };
}

function definitionOf(name: string): grpc.MethodDefinition<Bytes, Bytes> {
  const same = (bytes: Bytes): Bytes => bytes;
  return {
    path: `/test.S/${name}`,
    requestStream: name.startsWith("In"),
    responseStream: name.endsWith("Stream"),
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
}

/** A server of HTTP/2 that does what `answer` says with each stream. */
export async function http2Server(
  answer: (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders, fields: readonly string[]) => void,
): Promise<Running & { readonly sessions: ReadonlySet<http2.ServerHttp2Session> }> {
  const sessions = new Set<http2.ServerHttp2Session>();
  const server = http2.createServer();
  server.on("session", (session) => {
    sessions.add(session);
    session.on("error", () => undefined);
  });
  server.on("stream", (stream, headers, _flags, fields?: readonly string[]) => {
    stream.on("error", () => undefined);
    answer(stream, headers, fields ?? []);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    for (const session of sessions) session.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address: `127.0.0.1:${port}`, stop, sessions };
}
