/** Handlers that let a gRPC server answer: that of a service which has not moved yet. */
import { toUnaryError } from "../grpc-js/grpc-js.js";
import type { DetailPrinter } from "../grpc-js/status-details.js";
import type {
  BidiStreamingHandler,
  ClientStreamingHandler,
  Context,
  ServerStreamingHandler,
  UnaryHandler,
} from "../rpc.js";
import { keepConnection, originOf, type TlsSetting } from "./connection.js";
import { callGrpc, type GrpcMethod } from "./grpc-call.js";
import { failed } from "./grpc-failure.js";
import { frameMessage } from "./grpc-frames.js";

/** A server of gRPC, with one connection for all its methods. */
export type GrpcServer = Pick<GrpcMethod, "connect">;

/** The server whose address, host and port, is in the environment variable `variable`. */
export function grpcServer(variable: string, tls: TlsSetting): GrpcServer {
  const origin = (): string => originOf(variable, tls);
  if (typeof tls === "boolean") return { connect: keepConnection({ origin }) };
  return { connect: keepConnection({ origin, tls: typeof tls === "function" ? tls : () => tls }) };
}

/** An RPC of a server: its codecs, and the printer of details of errors. */
export interface ProxiedRpc<Request, Reply> {
  readonly encode: (request: Request) => Uint8Array;
  readonly decode: (reply: Uint8Array) => Reply;
  readonly print?: DetailPrinter;
}

/** The handler of a unary RPC; `path` is `/acme.library.v1.LibraryService/GetShelf`. */
export function proxyUnary<Request, Reply>(
  { connect }: GrpcServer,
  path: string,
  rpc: ProxiedRpc<Request, Reply>,
): UnaryHandler<Request, Reply> {
  return (request, context) => onlyReply(replies({ connect, path }, [rpc.encode(request)], rpc, context));
}

/** The handler of an RPC that streams its replies. */
export function proxyServerStream<Request, Reply>(
  { connect }: GrpcServer,
  path: string,
  rpc: ProxiedRpc<Request, Reply>,
): ServerStreamingHandler<Request, Reply> {
  return (request, context) => replies({ connect, path }, [rpc.encode(request)], rpc, context);
}

/** The handler of an RPC that streams its requests. */
export function proxyClientStream<Request, Reply>(
  { connect }: GrpcServer,
  path: string,
  rpc: ProxiedRpc<Request, Reply>,
): ClientStreamingHandler<Request, Reply> {
  return async (requests, context) =>
    onlyReply(replies({ connect, path }, await encodeAll(requests, rpc), rpc, context));
}

/** The handler of an RPC that streams both. */
export function proxyBidiStream<Request, Reply>(
  { connect }: GrpcServer,
  path: string,
  rpc: ProxiedRpc<Request, Reply>,
): BidiStreamingHandler<Request, Reply> {
  return async function* (requests, context) {
    yield* replies({ connect, path }, await encodeAll(requests, rpc), rpc, context);
  };
}

async function encodeAll<Request, Reply>(
  requests: AsyncIterable<Request>,
  { encode }: ProxiedRpc<Request, Reply>,
): Promise<Uint8Array[]> {
  const messages: Uint8Array[] = [];
  for await (const request of requests) messages.push(encode(request));
  return messages;
}

async function* replies<Request, Reply>(
  method: GrpcMethod,
  messages: readonly Uint8Array[],
  { decode, print }: ProxiedRpc<Request, Reply>,
  context: Context,
): AsyncGenerator<Reply, void, undefined> {
  try {
    for await (const message of callGrpc(method, messages.map(frameMessage), context))
      yield decodeReply(decode, message);
  } catch (error) {
    throw toUnaryError(error, print);
  }
}

function decodeReply<Reply>(decode: (reply: Uint8Array) => Reply, message: Uint8Array): Reply {
  try {
    return decode(message);
  } catch (error) {
    throw failed("INTERNAL", "failed to unmarshal the received message", error);
  }
}

/** Reads to the end: the trailer decides whether there is an error instead. */
async function onlyReply<Reply>(all: AsyncIterable<Reply>): Promise<Reply> {
  const received: Reply[] = [];
  for await (const reply of all) {
    if (received.length === 1)
      throw failed("INTERNAL", "cardinality violation: expected one reply of a non-server-streaming RPC");
    received.push(reply);
  }
  const [only] = received;
  if (received.length === 0)
    throw failed("INTERNAL", "cardinality violation: received no response message from non-server-streaming RPC");
  return only as Reply;
}
