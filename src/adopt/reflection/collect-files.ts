/** The files behind a server's services with all that they import, collected by questions one after the other. */
import { textOf, textsOf, readRecord } from "../../proto/descriptor-set/wire-record.js";
import { bytesField } from "../../proto/descriptor-set/write-fields.js";
import { qualifyNames } from "./qualify-names.js";
import type { ReflectionRequest, ReflectionResponse } from "./reflection-messages.js";

/** Asks the server one question. Throws what makes further questions useless. */
export type AskServer = (request: ReflectionRequest) => Promise<ReflectionResponse>;

/** An API as a server describes it. */
export interface ReflectedApi {
  /** Full names, without those of gRPC itself, such as its health check. */
  readonly services: readonly string[];
  /** Import paths of the files that declare them. */
  readonly targets: readonly string[];
  /** A FileDescriptorSet, imports first. */
  readonly descriptorSet: Buffer;
  /** The server has rebuilt its descriptors from objects, as protobufjs does: without options, imports and declared names of fields. */
  readonly isRebuilt: boolean;
  /** Imports that the server does not know, each with a file that names it. */
  readonly missing: readonly { readonly path: string; readonly importer: string }[];
}

/** A description that is not usable; the message is for the user. */
export class ReflectionError extends Error {
  override readonly name = "ReflectionError";
}

/** All of googleapis are 40 MB without comments. */
const maxBytes = 64 * 1024 * 1024;
const maxFiles = 10_000;

interface ReflectedFile {
  readonly bytes: Uint8Array;
  readonly imports: readonly string[];
}

/** The files so far, by import path, and their size. */
interface Collected {
  readonly files: Map<string, ReflectedFile>;
  size: number;
}

/** Collects the files of every service. Throws ReflectionError for a server whose answers are too large or make no sense. */
export async function collectFiles(ask: AskServer): Promise<ReflectedApi> {
  const listed = await ask({ kind: "services" });
  if (listed.kind !== "services") throw new ReflectionError(unexpected("the list of services", listed));
  const services = listed.names.filter((name) => !name.startsWith("grpc.")).sort();
  const collected: Collected = { files: new Map(), size: 0 };
  const targets = new Set<string>();
  for (const name of services) targets.add(await addService(ask, name, collected));
  const missing = await addImports(ask, collected);
  const { files, wereRelative } = qualifyNames(inOrder(collected.files).map(({ bytes }) => bytes));
  const descriptorSet = Buffer.concat(files.map((bytes) => bytesField(1, bytes)));
  return { services, targets: [...targets].sort(), descriptorSet, missing, isRebuilt: wereRelative };
}

/** The file of a service; the first one of an answer is that which declares it. */
async function addService(ask: AskServer, name: string, collected: Collected): Promise<string> {
  const response = await ask({ kind: "fileOfSymbol", name });
  if (response.kind !== "files") throw new ReflectionError(unexpected(`the file of ${name}`, response));
  const paths = response.files.map((bytes) => addFile(bytes, collected));
  const declaring = paths.find((path) => declares(collected.files.get(path), name)) ?? paths[0];
  if (declaring === undefined) throw new ReflectionError(`the server has no file for its service ${name}`);
  return declaring;
}

/** FileDescriptorProto: name = 1, package = 2, dependency = 3, service = 6; ServiceDescriptorProto: name = 1. */
function declares(file: ReflectedFile | undefined, service: string): boolean {
  if (file === undefined) return false;
  const record = readRecord(file.bytes);
  const packageName = textOf(record, 2) ?? "";
  const [simple = ""] = service.split(".").slice(-1);
  const own = record.values.filter((_, at) => record.numbers[at] === 6);
  const names = own.map((value) => (value instanceof Uint8Array ? textOf(readRecord(value), 1) : undefined));
  return names.includes(simple) && service === (packageName === "" ? simple : `${packageName}.${simple}`);
}

async function addImports(ask: AskServer, collected: Collected): Promise<ReflectedApi["missing"]> {
  const { files } = collected;
  const missing = new Map<string, string>();
  // A Map visits entries that are added on the way.
  for (const [importer, { imports }] of files) {
    for (const path of imports) {
      if (files.has(path) || missing.has(path)) continue;
      const response = await ask({ kind: "file", name: path });
      if (response.kind === "files") for (const bytes of response.files) addFile(bytes, collected);
      if (!files.has(path)) missing.set(path, importer);
    }
  }
  return [...missing].map(([path, importer]) => ({ path, importer }));
}

function addFile(bytes: Uint8Array, collected: Collected): string {
  const record = readRecord(bytes);
  const path = textOf(record, 1) ?? "";
  if (collected.files.has(path)) return path;
  collected.size += bytes.length;
  if (collected.files.size === maxFiles || collected.size > maxBytes)
    throw new ReflectionError(`the server describes more than ${maxFiles} files or 64 MB`);
  collected.files.set(path, { bytes, imports: textsOf(record, 3) });
  return path;
}

/** Imports before what imports them, as protoc writes a set. */
function inOrder(files: ReadonlyMap<string, ReflectedFile>): ReflectedFile[] {
  const ordered = new Map<string, ReflectedFile>();
  const begun = new Set<string>();
  const open = [...files.keys()].reverse();
  for (let path = open.at(-1); path !== undefined; path = open.at(-1)) {
    const file = files.get(path);
    const waiting = begun.has(path) ? [] : (file?.imports ?? []).filter((one) => files.has(one) && !begun.has(one));
    begun.add(path);
    if (waiting.length > 0) {
      open.push(...waiting);
      continue;
    }
    open.pop();
    if (file !== undefined) ordered.set(path, file);
  }
  return [...ordered.values()];
}

function unexpected(wanted: string, response: ReflectionResponse): string {
  if (response.kind !== "error") return `asked for ${wanted}, the server answered with something else`;
  return `asked for ${wanted}, the server answered with code ${response.code}: ${response.message}`;
}
