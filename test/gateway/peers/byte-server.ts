/** The gRPC server behind the gateway: grpc-js with bytes in and out, so that no codec of JavaScript has a part in the answers. */

import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServiceDefinition,
  type ServiceError,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { type Binding, streamsReplies, streamsRequests } from "../requests/api.js";
import type { MetadataPair, MetadataValue } from "../requests/request-case.js";
import type { CallOutcome, Handlers } from "./handlers.js";

/** A server that was started. */
export interface GrpcServer {
  /** `127.0.0.1:port`. */
  readonly address: string;
  stop(): void;
}

/** Methods of a service by the names that its definition has. */
export type Implementation = Readonly<Record<string, AnyMethod>>;

/** Services with what does their work. */
export type Services = readonly { readonly definition: ServiceDefinition; readonly implementation: Implementation }[];

/** Starts a grpc-js server on a free port. */
export async function startGrpcServer(services: Services): Promise<GrpcServer> {
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  for (const { definition, implementation } of services)
    server.addService(definition, implementation as unknown as UntypedServiceImplementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

const asIs = (bytes: Buffer): Buffer => bytes;

/** The services of an API, with handlers that take and give bytes. */
export function byteServices(handlers: Handlers): Services {
  const bindings = [...handlers.api.rpcs.values()];
  return [...new Set(bindings.map(({ service }) => service))].map((service) => {
    const methods = bindings.filter((binding) => binding.service === service);
    return {
      definition: Object.fromEntries(methods.map((binding) => [binding.method, methodDefinition(binding)])),
      implementation: Object.fromEntries(methods.map((binding) => [binding.method, byteMethod(binding, handlers)])),
    };
  });
}

function methodDefinition(binding: Binding) {
  return {
    path: binding.rpc,
    requestStream: streamsRequests(binding),
    responseStream: streamsReplies(binding),
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
    originalName: binding.method,
  };
}

/** Any kind of call of grpc-js; which it is, the binding says. */
export type AnyCall = ServerUnaryCall<unknown, unknown> & ServerDuplexStream<unknown, unknown>;

/** Any kind of handler of grpc-js. */
export type AnyMethod = (call: AnyCall, callback: sendUnaryData<unknown>) => void;

/**
 * Tells whether a call has no time: its caller has been answered by the time it arrives, and the next case may be under way. What is left
 * of a timeout of 1 ms begins to count on arrival.
 */
function hasNoTime(call: AnyCall): boolean {
  const left = Number(call.getDeadline()) - Date.now();
  return left < 2 && left > -1_000;
}

function byteMethod(binding: Binding, handlers: Handlers): AnyMethod {
  return async (call, callback) => {
    const { turn } = handlers;
    const requests = await receivedRequests(binding, call);
    if (requests === undefined || handlers.turn !== turn || hasNoTime(call)) return;
    const metadata = call.metadata.toJSON() as Record<string, (string | Buffer)[]>;
    const facts = { requests: requests as Buffer[], metadata, deadline: call.getDeadline() };
    const outcome = handlers.perform(binding.rpc, facts);
    await outcome.ready;
    answer(binding, outcome, call, callback, (bytes) => bytes);
  };
}

/** All requests of a call; undefined when the gateway has given it up. Not by iteration: that destroys a call that streams both ways. */
export async function receivedRequests(binding: Binding, call: AnyCall): Promise<unknown[] | undefined> {
  if (!streamsRequests(binding)) return [call.request];
  const requests: unknown[] = [];
  return new Promise((resolve) => {
    call.on("data", (request: unknown) => requests.push(request));
    call.on("end", () => resolve(requests));
    call.on("error", () => resolve(undefined));
  });
}

/** Does to a call what the outcome says; `decode` makes the objects that the service's serializer takes. */
export function answer(
  binding: Binding,
  outcome: CallOutcome,
  call: AnyCall,
  callback: sendUnaryData<unknown>,
  decode: (bytes: Buffer) => unknown,
): void {
  if (outcome.header.length > 0) call.sendMetadata(metadataOf(outcome.header));
  const trailer = metadataOf(outcome.trailer);
  const { replies, failure } = decodedReplies(outcome, decode);
  const error = failure ?? (outcome.throws ? new Error("boom") : plannedError(outcome));
  if (!streamsReplies(binding)) {
    if (error === undefined) callback(null, replies[0], trailer);
    else callback(error);
    return;
  }
  for (const reply of replies) call.write(reply);
  if (error === undefined) call.end(trailer);
  else call.emit("error", error);
}

/** A library may refuse bytes that lack a required field: its handler could not send such a reply. */
function decodedReplies(
  { replies }: CallOutcome,
  decode: (bytes: Buffer) => unknown,
): { readonly replies: readonly unknown[]; readonly failure?: Partial<ServiceError> } {
  try {
    return { replies: replies.map(decode) };
  } catch (error) {
    return { replies: [], failure: { code: 13, details: (error as Error).message } };
  }
}

/** A planned value as Metadata takes it. */
export function metadataValue(value: MetadataValue): string | Buffer {
  return typeof value === "string" ? value : Buffer.from(value.bytes, "base64");
}

function metadataOf(pairs: readonly MetadataPair[]): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of pairs) metadata.add(name, metadataValue(value));
  return metadata;
}

function plannedError({ error, trailer }: CallOutcome): ServiceError | undefined {
  if (error === undefined) return undefined;
  const { code, message, packed } = error;
  const metadata = metadataOf([...trailer, ...(error.metadata ?? [])]);
  if (packed.length > 0) {
    const writer = new BinaryWriter();
    writer.tag(1, WireType.Varint).int32(code).tag(2, WireType.LengthDelimited).string(message);
    for (const { typeUrl, value } of packed) {
      writer.tag(3, WireType.LengthDelimited).fork();
      writer.tag(1, WireType.LengthDelimited).string(typeUrl).tag(2, WireType.LengthDelimited).bytes(value).join();
    }
    metadata.set("grpc-status-details-bin", Buffer.from(writer.finish()));
  }
  return { name: "Error", code, details: message, message, metadata };
}
