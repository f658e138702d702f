/**
 * Runs methods whose messages are those of generated code (google-protobuf and others), through the serializers of the definition that the
 * server registers them with: what goes between is protobuf's binary form.
 */
import type { BidiStreamingHandler, ClientStreamingHandler, ServerStreamingHandler, UnaryHandler } from "../rpc.js";
import { RpcError } from "../status.js";
import { registrationOf } from "./registrations.js";

/** Makes binary of a message, or a message of binary. */
export interface BridgeCodec<Request, Reply> {
  readonly encode: (request: Request) => Uint8Array;
  readonly decode: (reply: Uint8Array) => Reply;
}

/** Makes the handler of a unary method; `path` is `/acme.v1.Shop/Get`. */
export function bridgeUnary<Request, Reply>(
  path: string,
  handler: UnaryHandler<unknown, unknown>,
  codec: BridgeCodec<Request, Reply>,
): UnaryHandler<Request, Reply> {
  return async (request, context) => {
    const { toOwn, toReply } = await bridge(path, codec);
    return toReply(await handler(toOwn(request), context));
  };
}

/** Makes the handler of a method that streams its replies. */
export function bridgeServerStream<Request, Reply>(
  path: string,
  handler: ServerStreamingHandler<unknown, unknown>,
  codec: BridgeCodec<Request, Reply>,
): ServerStreamingHandler<Request, Reply> {
  return async function* (request, context) {
    const { toOwn, toReply } = await bridge(path, codec);
    for await (const reply of handler(toOwn(request), context)) yield toReply(reply);
  };
}

/** Makes the handler of a method that streams its requests. */
export function bridgeClientStream<Request, Reply>(
  path: string,
  handler: ClientStreamingHandler<unknown, unknown>,
  codec: BridgeCodec<Request, Reply>,
): ClientStreamingHandler<Request, Reply> {
  return async (requests, context) => {
    const { toOwn, toReply } = await bridge(path, codec);
    return toReply(await handler(each(requests, toOwn), context));
  };
}

/** Makes the handler of a method that streams both. */
export function bridgeBidiStream<Request, Reply>(
  path: string,
  handler: BidiStreamingHandler<unknown, unknown>,
  codec: BridgeCodec<Request, Reply>,
): BidiStreamingHandler<Request, Reply> {
  return async function* (requests, context) {
    const { toOwn, toReply } = await bridge(path, codec);
    for await (const reply of handler(each(requests, toOwn), context)) yield toReply(reply);
  };
}

async function* each<From, To>(items: AsyncIterable<From>, convert: (item: From) => To): AsyncGenerator<To> {
  for await (const item of items) yield convert(item);
}

/** The part of a method's definition that converts messages. */
interface Serializers {
  readonly path: string;
  readonly requestDeserialize: (bytes: Buffer) => unknown;
  readonly responseSerialize: (reply: unknown) => Uint8Array;
}

/** Waits for the server to register, and finds the method. Errors of its serializers are what grpc-js makes of them. */
async function bridge<Request, Reply>(path: string, { encode, decode }: BridgeCodec<Request, Reply>) {
  const name = path.split("/")[1] ?? "";
  const registration = await registrationOf(name);
  if (registration === undefined)
    throw new Error(`the server does not register ${name}: the log of its start says why`);
  const methods = Object.values(registration.definition ?? {}) as readonly Partial<Serializers>[];
  const own = methods.find((method) => method.path === path);
  return {
    toOwn: (request: Request): unknown => {
      const bytes = encode(request);
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return converted("Error deserializing request", () => own?.requestDeserialize?.(buffer));
    },
    toReply: (reply: unknown): Reply => {
      const serialize = own?.responseSerialize;
      if (serialize === undefined)
        throw new Error(`the definition that the server registers has no responseSerialize for ${path}`);
      return decode(converted("Error serializing response", () => serialize(reply)));
    },
  };
}

function converted<T>(failed: string, convert: () => T): T {
  try {
    return convert();
  } catch (error) {
    console.error(`${failed}:`, error);
    throw new RpcError("INTERNAL", failed, { cause: error });
  }
}
