/** Reads a running server by gRPC reflection. @grpc/grpc-js is loaded with this module. */
import { Client, type ClientDuplexStream, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { WireFormatError } from "../../proto/descriptor-set/wire-record.js";
import { collectFiles, type ReflectedApi, ReflectionError } from "./collect-files.js";
import { type ReflectionResponse, readReflectionResponse, writeReflectionRequest } from "./reflection-messages.js";

/** A server and the way to it. */
export interface ReflectedServer {
  /** `host:port`. */
  readonly address: string;
  /** Certificates in PEM; undefined for a connection without TLS. */
  readonly tls?: { readonly ca?: Buffer; readonly certificate?: Buffer; readonly key?: Buffer };
  /** Name to ask for, and to find in the server's certificate, where it is another than the host. */
  readonly authority?: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Milliseconds for all questions together. */
  readonly timeout: number;
}

/** An API with the version of reflection that described it. */
export interface Reflection extends ReflectedApi {
  readonly version: string;
}

/** The newest first: servers of years ago have v1alpha alone. */
const versions = ["grpc.reflection.v1", "grpc.reflection.v1alpha"] as const;

/** Bytes of one answer: a file with all that it imports. */
const maxMessageBytes = 64 * 1024 * 1024;

/** Asks the server for everything. Throws ReflectionError, whose message says what to do, if that is not possible. */
export async function reflectServer(server: ReflectedServer): Promise<Reflection> {
  const client = openClient(server);
  const deadline = Date.now() + server.timeout;
  try {
    for (const version of versions) {
      const found = await askAll(client, version, server, deadline);
      if (found !== undefined) return { ...found, version };
    }
  } finally {
    client.close();
  }
  throw new ReflectionError(
    `${server.address} has no reflection, neither ${versions.join(" nor ")}: add it to the server (reflection.Register in Go, @grpc/reflection in Node), or name its .proto files`,
  );
}

function openClient({ address, tls, authority }: ReflectedServer): Client {
  const name = authority === undefined ? {} : { "grpc.default_authority": authority };
  const certified = authority === undefined ? {} : { "grpc.ssl_target_name_override": authority };
  const { ca = null, key = null, certificate = null } = tls ?? {};
  try {
    const secured = tls === undefined ? credentials.createInsecure() : credentials.createSsl(ca, key, certificate);
    return new Client(address, secured, {
      "grpc.max_receive_message_length": maxMessageBytes,
      ...name,
      ...(tls === undefined ? {} : certified),
    });
  } catch (error) {
    throw new ReflectionError(`the certificate or key cannot be used: ${(error as Error).message}`);
  }
}

/** Undefined if the server does not have this version. */
async function askAll(
  client: Client,
  version: string,
  server: ReflectedServer,
  deadline: number,
): Promise<ReflectedApi | undefined> {
  const metadata = metadataOf(server.headers);
  const stream = client.makeBidiStreamRequest(
    `/${version}.ServerReflection/ServerReflectionInfo`,
    writeReflectionRequest,
    (bytes) => bytes,
    metadata,
    { deadline },
  );
  try {
    return await collectFiles((request) => {
      const answer = nextAnswer(stream);
      stream.write(request);
      return answer;
    });
  } catch (error) {
    if (isServiceError(error) && error.code === status.UNIMPLEMENTED) return undefined;
    throw isServiceError(error) ? new ReflectionError(explain(error, server)) : error;
  } finally {
    stream.cancel();
    stream.on("error", () => {});
  }
}

function metadataOf(headers: ReflectedServer["headers"]): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of headers) {
    try {
      metadata.add(name, name.toLowerCase().endsWith("-bin") ? Buffer.from(value, "base64") : value);
    } catch {
      throw new ReflectionError(`header ${name}: its value has characters that gRPC does not send`);
    }
  }
  return metadata;
}

/** The server answers questions in their order, so one is open at a time. */
function nextAnswer<Request>(stream: ClientDuplexStream<Request, Buffer>): Promise<ReflectionResponse> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new ReflectionError("the server ended the stream without an answer"));
    const failed = (error: Error): void => reject(error);
    stream.once("error", failed).once("end", ended);
    stream.once("data", (bytes: Buffer) => {
      stream.off("error", failed).off("end", ended);
      try {
        resolve(readReflectionResponse(bytes));
      } catch (error) {
        if (!(error instanceof WireFormatError)) throw error;
        reject(new ReflectionError(`the server's answer is no message of reflection: ${error.message}`));
      }
    });
  });
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && "code" in error && "details" in error;
}

function explain({ code, details }: ServiceError, { address, tls, timeout }: ReflectedServer): string {
  switch (code) {
    case status.UNAVAILABLE:
      return `${address} cannot be reached ${tls === undefined ? "without" : "with"} TLS: ${details}; ${tls === undefined ? "grpcs:// in front of it asks for TLS" : "grpc:// in front of it does without TLS"}`;
    case status.DEADLINE_EXCEEDED:
      return `${address} did not answer all questions within ${timeout / 1000} s`;
    case status.UNAUTHENTICATED:
    case status.PERMISSION_DENIED:
      return `${address} refuses reflection: ${details}; --reflect-header "authorization: env:TOKEN" sends credentials`;
    default:
      return `${address} answered with code ${code}: ${details}`;
  }
}
