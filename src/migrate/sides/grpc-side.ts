/**
 * The old gRPC server itself as a side. A request becomes a message by the generated binding, and the reply becomes JSON by the generated
 * encoder, so this side judges handlers and replies, not how HTTP becomes messages. @grpc/grpc-js and @grpc/proto-loader are loaded with
 * the first server.
 */
import type { Client, Metadata, ServiceError } from "@grpc/grpc-js";
import type { AnyDefinition, Options, PackageDefinition } from "@grpc/proto-loader";
import { codeNumber, httpStatus } from "../../runtime/status.js";
import type { Header, RecordedRequest } from "../requests/recorded-request.js";
import type { RequestLabel } from "../requests/request-label.js";
import type { Side, SideAnswer } from "./side.js";

/** A call that a request stands for. */
export interface GrpcCall {
  /** Full name of the service, and the method's own name. */
  readonly service: string;
  readonly method: string;
  readonly streams: boolean;
  /** The request in proto-loader's form. */
  readonly message: object;
  /** Pairs of key and value; bytes for keys that end in `-bin`. */
  readonly metadata: readonly (readonly [key: string, value: string | Buffer])[];
  /** The body of a reply in proto-loader's form. */
  readonly encode: (reply: object) => { readonly contentType: string; readonly body: Uint8Array };
}

/** Makes the call of a request; a text says why there is none. */
export type ToGrpcCall = (request: RecordedRequest, label: RequestLabel) => Promise<GrpcCall | string>;

/** Address and messages of a server. */
export interface GrpcServer {
  /** `host:port` */
  readonly address: string;
  readonly tls: boolean;
  /** Milliseconds for one call. */
  readonly timeout: number;
  /** .proto files with the folders of their imports, or a descriptor set. */
  readonly protos:
    | { readonly kind: "files"; readonly files: readonly string[]; readonly includeDirs: readonly string[] }
    | { readonly kind: "set"; readonly bytes: Buffer };
  readonly toCall: ToGrpcCall;
}

/** Options of proto-loader that give the objects that the bindings of this side are generated for. */
export const loaderOptions = { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true } as const;

/** Connects at the first call. Throws where the protos cannot be loaded. */
export async function grpcSide(server: GrpcServer): Promise<Side> {
  const [grpc, loader] = await Promise.all([import("@grpc/grpc-js"), import("@grpc/proto-loader")]);
  const definitions = await loadDefinitions(loader, server.protos);
  const credentials = server.tls ? grpc.credentials.createSsl() : grpc.credentials.createInsecure();
  const client = new grpc.Client(server.address, credentials, {
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  return {
    name: `${server.tls ? "grpcs" : "grpc"}://${server.address}`,
    hasNoHeaders: true,
    ask: async (request, label) => {
      const call = await server.toCall(request, label);
      if (typeof call === "string") return { kind: "unasked", reason: call };
      const definition = methodOf(definitions, call);
      if (definition === undefined)
        return { kind: "unasked", reason: `the protos have no ${call.service}.${call.method}` };
      const metadata = new grpc.Metadata();
      for (const [key, value] of call.metadata) metadata.add(key, value);
      return send(client, definition, call, metadata, server.timeout);
    },
    close: async () => client.close(),
  };
}

type Loader = typeof import("@grpc/proto-loader");

async function loadDefinitions(loader: Loader, protos: GrpcServer["protos"]): Promise<PackageDefinition> {
  const options: Options = { ...loaderOptions };
  switch (protos.kind) {
    case "files":
      return loader.load([...protos.files], { ...options, includeDirs: [...protos.includeDirs] });
    case "set":
      return loader.loadFileDescriptorSetFromBuffer(protos.bytes, options);
    default:
      return protos satisfies never;
  }
}

/** Path of a method, and how its messages become bytes. */
interface MethodDefinition {
  readonly path: string;
  readonly requestSerialize: (value: object) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => object;
}

function methodOf(definitions: PackageDefinition, { service, method }: GrpcCall): MethodDefinition | undefined {
  const found: AnyDefinition | undefined = Object.hasOwn(definitions, service) ? definitions[service] : undefined;
  const methods = found as Readonly<Record<string, MethodDefinition | undefined>> | undefined;
  return methods !== undefined && Object.hasOwn(methods, method) ? methods[method] : undefined;
}

async function send(
  client: Client,
  definition: MethodDefinition,
  call: GrpcCall,
  metadata: Metadata,
  timeout: number,
): Promise<SideAnswer> {
  const start = performance.now();
  const elapsed = (): number => performance.now() - start;
  try {
    const replies = await callMethod(client, definition, call, metadata, timeout);
    const parts = replies.map((reply) => call.encode(reply));
    const [first] = parts;
    const bytes = Buffer.concat(
      call.streams
        ? parts.flatMap(({ body }) => [Buffer.from('{"result":'), body, Buffer.from("}\n")])
        : parts.map(({ body }) => body),
    );
    return answer(200, first?.contentType ?? "application/json", bytes, elapsed());
  } catch (error) {
    const { code, details } = error as Partial<ServiceError>;
    if (code === undefined) return { kind: "failed", reason: String((error as Error).message), ms: elapsed() };
    // What the server never answered is a failure of the connection, as over HTTP.
    if (code === codeNumber("UNAVAILABLE")) {
      return { kind: "failed", reason: details ?? "unavailable", ms: elapsed() };
    }
    const status = { code, message: details ?? "", details: [] };
    return answer(httpStatus(code), "application/json", Buffer.from(JSON.stringify(status)), elapsed());
  }
}

function answer(status: number, contentType: string, bytes: Buffer, ms: number): SideAnswer {
  const headers: readonly Header[] = [["content-type", contentType]];
  return { kind: "answer", status, headers, body: { kind: "bytes", bytes }, ms };
}

function callMethod(
  client: Client,
  { path, requestSerialize, responseDeserialize }: MethodDefinition,
  { streams, message }: GrpcCall,
  metadata: Metadata,
  timeout: number,
): Promise<object[]> {
  const options = { deadline: Date.now() + timeout };
  return new Promise((resolve, reject) => {
    if (!streams) {
      client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        message,
        metadata,
        options,
        (error, reply) => (error === null ? resolve(reply === undefined ? [] : [reply]) : reject(error)),
      );
      return;
    }
    const replies: object[] = [];
    client
      .makeServerStreamRequest(path, requestSerialize, responseDeserialize, message, metadata, options)
      .on("data", (reply: object) => replies.push(reply))
      .on("error", reject)
      .on("end", () => resolve(replies));
  });
}
