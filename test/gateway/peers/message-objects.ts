/** Objects of each message style, from bytes and back, by the library that the style is named after. */
import { join } from "node:path";
import { type DescMessage, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { Edition } from "@bufbuild/protobuf/wkt";
import type { MethodDefinition, ServiceDefinition } from "@grpc/grpc-js";
import { loadSync, type Options } from "@grpc/proto-loader";
import { fromIdiomatic, toIdiomatic } from "../messages/idiomatic-objects.js";
import { encodeMessage } from "../messages/wire-encode.js";
import { decodeMessage } from "../messages/wire-message.js";
import type { Api, Binding } from "../requests/api.js";
import { loadTsProtoMethods, type TsProtoMethod } from "./ts-proto-services.js";

/** The styles that handlers may have. */
export const messageStyles = ["idiomatic", "proto-loader", "ts-proto", "protobuf-es"] as const;

/** One of them. */
export type StyleName = (typeof messageStyles)[number];

/** What a style makes of the messages of an RPC. */
export interface MessageObjects {
  requestBytes(rpc: Binding, request: unknown): Buffer;
  replyObject(rpc: Binding, bytes: Buffer): unknown;
}

/** Definitions of services by full name, as grpc-js takes them. */
export type ServiceDefinitions = Readonly<Record<string, ServiceDefinition>>;

/** What proto-loader is called with where service objects are moved: as most examples do it. */
export const loaderOptions = { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true } as const;

/** Definitions of proto-loader, from the text, as servers load it. Undefined for protos that it cannot parse. */
export function loadDefinitions(api: Api, protos: string, options: Options): ServiceDefinitions | undefined {
  try {
    const loaded = loadSync([...api.set.files], { ...options, includeDirs: [join(protos, api.set.name)] });
    const services = [...api.rpcs.values()].map(({ service }) => service);
    return Object.fromEntries(services.map((service) => [service, loaded[service] as ServiceDefinition]));
  } catch {
    return undefined;
  }
}

/** The objects of a style; a text says why a set has none. */
export async function messageObjects(style: StyleName, api: Api, protos: string): Promise<MessageObjects | string> {
  switch (style) {
    case "idiomatic":
      return {
        requestBytes: ({ input }, request) => encodeMessage(fromIdiomatic(input, request)),
        replyObject: ({ output }, bytes) => toIdiomatic(decodeMessage(output, bytes)),
      };
    case "protobuf-es":
      return {
        requestBytes: ({ input }, request) => bytesOf(input, request),
        replyObject: ({ output }, bytes) => fromBinary(output, bytes),
      };
    case "proto-loader": {
      const definitions = loadDefinitions(api, protos, {});
      return definitions === undefined ? "proto-loader cannot parse its protos" : loaderObjects(definitions);
    }
    case "ts-proto":
      return tsProtoObjects(await loadTsProtoMethods(api, protos));
    default:
      return style satisfies never;
  }
}

/** Its writer refuses a message that lacks a required field; what the handler got is then told by what is left. */
function bytesOf(type: DescMessage, request: unknown): Buffer {
  return Buffer.from(toBinary(type, request as Message));
}

function tsProtoObjects(methods: ReadonlyMap<string, TsProtoMethod>): MessageObjects {
  const of = ({ rpc }: Binding): TsProtoMethod => {
    const method = methods.get(rpc);
    if (method === undefined) throw new Error(`ts-proto has no ${rpc}`);
    return method;
  };
  return {
    requestBytes: (rpc, request) => {
      const { requestType } = of(rpc);
      return Buffer.from(requestType.encode(isEditions(rpc) ? requestType.fromPartial(request) : request).finish());
    },
    replyObject: (rpc, bytes) => of(rpc).responseType.decode(bytes),
  };
}

/** ts-proto takes editions for proto3: to its writer a field that is not set is a fault, and to `fromPartial` its zero. */
function isEditions({ input }: Binding): boolean {
  return input.file.edition >= Edition.EDITION_2023;
}

function loaderObjects(definitions: ServiceDefinitions): MessageObjects {
  return {
    requestBytes: (rpc, request) => definitionOf(definitions, rpc).requestSerialize(withoutPrototypes(request)),
    replyObject: (rpc, bytes) => withTextKeys(definitionOf(definitions, rpc).responseDeserialize(bytes)),
  };
}

/** protobufjs takes what an object inherits for a field's value, where the field is called `constructor` or `valueOf`. */
function withoutPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  if (!isPlain(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [key, withoutPrototypes(member)] as const);
  return Object.assign(Object.create(null), Object.fromEntries(members));
}

/** protobufjs reads 64-bit keys of maps as eight letters, and writes them from numbers in text. */
function withTextKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTextKeys);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [textKey(key), withTextKeys(member)]));
}

function textKey(key: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the letters are bytes.
  if (!/^[\u0000-\u00ff]{8}$/.test(key) || !/[\u0000\u00ff]/.test(key)) return key;
  return Buffer.from(key, "latin1").readBigInt64LE().toString();
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The definition of an RPC. Libraries name methods in their own ways; the path is the same in all. */
export function definitionOf(
  definitions: ServiceDefinitions,
  { service, rpc }: Binding,
): MethodDefinition<unknown, unknown> {
  const found = Object.values(definitions[service] ?? {}).find(({ path }) => path === rpc);
  if (found === undefined) throw new Error(`no definition of ${rpc}`);
  return found;
}
