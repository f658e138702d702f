/** What the handlers of a generated project call: they do what the plan says, with messages of the project's style. */
import { metadataValue } from "../peers/byte-server.js";
import type { CallOutcome, Handlers, PackedDetail } from "../peers/handlers.js";
import { rpcOf } from "../peers/handlers.js";
import type { MessageObjects } from "../peers/message-objects.js";
import type { Binding } from "../requests/api.js";
import type { MetadataPair, PlannedError } from "../requests/request-case.js";

interface SentMetadata {
  add(name: string, value: string | Uint8Array): void;
}

/** What of a handler's context is looked at. */
interface Context {
  readonly service: string;
  readonly method: string;
  readonly metadata: { toJSON(): Readonly<Record<string, readonly (string | Uint8Array)[]>> };
  readonly deadline?: Date | number;
  readonly header: SentMetadata;
  readonly trailer: SentMetadata;
}

/** What a handler imports from its project. */
interface Runtime {
  readonly RpcError: new (code: string, message: string, options: object) => Error;
  readonly Metadata: new () => SentMetadata;
  readonly packedDetail: (detail: PackedDetail) => unknown;
}

/** gRPC's codes by number. */
const codeNames = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
];

/** The functions that project.ts writes calls of. */
export function scaffoldedHandlers(handlers: Handlers, objects: MessageObjects): object {
  const begin = async (requests: readonly unknown[], context: Context): Promise<CallOutcome> => {
    const name = `/${context.service}/${context.method}`;
    const rpc = rpcOf(handlers.api, name);
    const facts = {
      requests: requests.map((request) => objects.requestBytes(rpc, request)),
      metadata: context.metadata.toJSON(),
      deadline: context.deadline,
    };
    const outcome = handlers.perform(name, facts);
    await outcome.ready;
    addAll(context.header, outcome.header);
    addAll(context.trailer, outcome.trailer);
    if (outcome.throws) throw new Error("boom");
    return outcome;
  };
  const one = async (requests: readonly unknown[], context: Context, runtime: Runtime): Promise<unknown> => {
    const { rpc, error, replies } = await begin(requests, context);
    if (error !== undefined) throw thrownError(error, runtime);
    return replyOf(objects, rpc, replies[0] ?? Buffer.alloc(0), runtime);
  };
  async function* many(requests: readonly unknown[], context: Context, runtime: Runtime): AsyncGenerator<unknown> {
    const { rpc, error, replies } = await begin(requests, context);
    for (const reply of replies) yield replyOf(objects, rpc, reply, runtime);
    if (error !== undefined) throw thrownError(error, runtime);
  }
  return {
    unary: (request: unknown, context: Context, runtime: Runtime) => one([request], context, runtime),
    serverStream: (request: unknown, context: Context, runtime: Runtime) => many([request], context, runtime),
    clientStream: async (requests: AsyncIterable<unknown>, context: Context, runtime: Runtime) =>
      one(await listOf(requests), context, runtime),
    bidiStream: async function* (requests: AsyncIterable<unknown>, context: Context, runtime: Runtime) {
      yield* many(await listOf(requests), context, runtime);
    },
  };
}

/** A library may refuse bytes that lack a required field: its handler could not make such a reply. */
function replyOf(objects: MessageObjects, rpc: Binding, bytes: Buffer, runtime: Runtime): unknown {
  try {
    return objects.replyObject(rpc, bytes);
  } catch (error) {
    throw new runtime.RpcError("INTERNAL", (error as Error).message, {});
  }
}

function addAll(metadata: SentMetadata, pairs: readonly MetadataPair[]): void {
  for (const [name, value] of pairs) metadata.add(name, metadataValue(value));
}

async function listOf(requests: AsyncIterable<unknown>): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const request of requests) list.push(request);
  return list;
}

/** Codes that gRPC has no name for come as grpc-js errors have them. */
function thrownError(error: PlannedError & { readonly packed: readonly PackedDetail[] }, runtime: Runtime): Error {
  const { code, message, packed, metadata } = error;
  const name = codeNames[code];
  if (name === undefined) return Object.assign(new Error(message), { code, details: message });
  const sent = new runtime.Metadata();
  addAll(sent, metadata ?? []);
  return new runtime.RpcError(name, message, {
    details: packed.map((detail) => runtime.packedDetail(detail)),
    ...(metadata === undefined ? {} : { metadata: sent }),
  });
}
