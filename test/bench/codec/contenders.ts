/** What `npm run bench:codec` compares: the same messages in every library's own form, and the four conversions of each. */
import { readFileSync } from "node:fs";
import { fromBinary, fromJson, fromJsonString, type JsonValue, toBinary, toJsonString } from "@bufbuild/protobuf";
import protobufjs from "protobufjs";
import protojson from "protobufjs/ext/protojson.js";
import { emitBinaryCodec } from "../../../src/emit/binary/binary-codec.js";
import { emitJsonCodec } from "../../../src/emit/json/json-codec.js";
import { indexEmission } from "../../../src/emit/objects/emit-scope.js";
import { emitMessageTypes } from "../../../src/emit/objects/message-types.js";
import { loadEmitted } from "../../support/load-emitted.js";
import { planFromProto } from "../../support/plan-from-proto.js";
import { loadTsProto, type TsProtoType } from "../../support/ts-proto.js";
import { registryFromProto } from "../../support/proto-registry.js";

/** The conversions of one library for one message; a library may lack some. */
export interface Contender {
  readonly decodeJson?: (text: string) => unknown;
  readonly encodeJson?: () => string;
  readonly decodeBinary?: (bytes: Uint8Array) => unknown;
  readonly encodeBinary?: () => Uint8Array;
}

/** A message and everyone who converts it. The bytes are a Buffer, as a Lambda's decoded body is. */
export interface Subject {
  readonly name: string;
  readonly json: string;
  readonly bytes: Uint8Array;
  readonly contenders: Readonly<Record<string, Contender>>;
}

type Make = (type: string, json: string, bytes: Uint8Array) => Contender;

/**
 * Small (about 100 B of JSON), medium (about 5 kB) and large (1 MB); sparse, objects with optional members, and spaced, with a space
 * behind every colon and comma as Python prints. Each is made, and so decoded, when it is asked for.
 */
export async function* makeSubjects(): AsyncGenerator<Subject> {
  const registry = registryFromProto({ "bench.proto": readFileSync("test/bench/codec/bench.proto", "utf8") });
  const makers = Object.entries(await makeMakers(registry));
  for (const [name, [type, document]] of Object.entries(documents())) {
    const schema = registry.getMessage(`bench.${type}`);
    if (schema === undefined) throw new Error(`no message ${type}`);
    const json = JSON.stringify(document);
    const bytes = Buffer.from(toBinary(schema, fromJson(schema, document)));
    const contenders = makers.map(([maker, make]) => [maker, make(type, json, bytes)] as const);
    yield { name, json, bytes, contenders: Object.fromEntries(contenders) };
    if (name !== "medium") continue;
    const spaced = contenders.map(([maker, { decodeJson }]) => [maker, decodeJson === undefined ? {} : { decodeJson }]);
    yield { name: "spaced", json: withSpaces(json), bytes, contenders: Object.fromEntries(spaced) };
  }
}

function withSpaces(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|[:,]/g, (part, string) => string ?? `${part} `);
}

function documents(): Record<string, [string, JsonValue]> {
  const shelf = (count: number): JsonValue => ({
    name: "shelves/7",
    theme: "Travels through time and space",
    books: Array.from({ length: count }, (_, index) => book(index)),
    nextPageToken: "b3BhcXVl",
  });
  return {
    small: ["Author", { givenName: "Ursula Kroeber", familyName: "Le Guin of Portland, Oregon", birthYear: 1929 }],
    medium: ["Shelf", shelf(12)],
    large: ["Shelf", shelf(2600)],
    sparse: ["Shelf", { books: Array.from({ length: 800 }, (_, index) => sparseBook(index)) }],
  };
}

/** Half of the members of a book, other ones in every book: what objects with optional fields look like. */
function sparseBook(index: number): JsonValue {
  const members = Object.entries(book(index) as object);
  return Object.fromEntries(members.filter((_, member) => ((index * 2654435761) >>> (member + 8)) % 2 === 0));
}

function book(index: number): JsonValue {
  return {
    name: `shelves/7/books/${1000 + index}`,
    title: index % 5 === 0 ? "Los cuentos del año que viene" : "A wizard of the northern sea",
    authors: [
      { givenName: "Ursula", familyName: "Le Guin", birthYear: 1929 },
      { givenName: "Stanisław", familyName: "Lem", birthYear: 1921 },
    ],
    genre: "FICTION",
    copiesSold: String(1_234_567 + index),
    pages: 200 + (index % 300),
    price: (1299 + index * 37) / 100,
    available: true,
    createTime: `2024-03-0${1 + (index % 9)}T12:34:56.789Z`,
    labels: { language: "en", binding: "paperback" },
    ratings: [5, 4, 5, 3, 1],
    shelfNumber: index,
  };
}

async function makeMakers(registry: ReturnType<typeof registryFromProto>): Promise<Record<string, Make>> {
  return {
    floor: (_, json) => {
      const value: unknown = JSON.parse(json);
      return { decodeJson: JSON.parse, encodeJson: () => JSON.stringify(value) };
    },
    grpc2lambda: await ours(),
    "protobuf-es": protobufEs(registry),
    "ts-proto": await tsProto(),
    protobufjs: protobufJs(),
    "protobufjs protojson": protoJson(),
  };
}

async function ours(): Promise<Make> {
  const plan = planFromProto({ "bench.proto": readFileSync("test/bench/codec/bench.proto", "utf8") });
  const scope = indexEmission(plan);
  const files = [...emitMessageTypes(scope), ...emitJsonCodec(scope), ...emitBinaryCodec(scope)];
  const [json, binary, parser] = await loadEmitted(files, [
    "gen/bench.json",
    "gen/bench.binary",
    "gen/runtime/json/parse-json",
  ]);
  return (type, _, bytes) => {
    const decode = binary?.[`decode${type}Binary`] as (bytes: Uint8Array) => unknown;
    const encode = binary?.[`encode${type}Binary`] as (message: unknown) => Uint8Array;
    const decodeJson = json?.[`decode${type}`] as (json: unknown) => unknown;
    const encodeJson = json?.[`encode${type}`] as (message: unknown) => string;
    const parse = parser?.decodeJson as (text: string, decode: (json: unknown) => unknown) => unknown;
    const message = decode(bytes);
    return {
      decodeJson: (text) => parse(text, decodeJson),
      encodeJson: () => encodeJson(message),
      decodeBinary: decode,
      encodeBinary: () => encode(message),
    };
  };
}

function protobufEs(registry: ReturnType<typeof registryFromProto>): Make {
  return (type, _, bytes) => {
    const schema = registry.getMessage(`bench.${type}`);
    if (schema === undefined) throw new Error(`no message ${type}`);
    const message = fromBinary(schema, bytes);
    return {
      decodeJson: (text) => fromJsonString(schema, text),
      encodeJson: () => toJsonString(schema, message),
      decodeBinary: (input) => fromBinary(schema, input),
      encodeBinary: () => toBinary(schema, message),
    };
  };
}

/**
 * The code that protobufjs generates at run time has the statements that `pbjs -t static-module` prints (compared with pbjs 2.7.1), but
 * not its speed at every size: the static module takes 0.97 to 1.07 of the time for 48 B, 0.83 for decoding 470 kB and 0.91 for encoding
 * them. What is shown here is therefore too kind to us at 470 kB. pbjs itself is no dependency: it brings 53 packages.
 */
function protobufJs(): Make {
  const root = new protobufjs.Root().loadSync("test/bench/codec/bench.proto");
  return (name, json, bytes) => {
    const type = root.lookupType(`bench.${name}`);
    const message = type.decode(bytes);
    const isConvertible = !json.includes("createTime");
    return {
      decodeBinary: (input) => type.decode(input),
      encodeBinary: () => type.encode(message).finish(),
      ...(isConvertible && {
        decodeJson: (text: string) => type.fromObject(JSON.parse(text) as object),
        encodeJson: () => JSON.stringify(type.toObject(message, { longs: String, enums: String })),
      }),
    };
  };
}

function protoJson(): Make {
  const root = new protobufjs.Root().loadSync("test/bench/codec/bench.proto");
  return (name, _, bytes) => {
    const type = root.lookupType(`bench.${name}`);
    const message = type.decode(bytes);
    return {
      decodeJson: (text) => protojson.fromJsonString(type, text),
      encodeJson: () => protojson.toJsonString(type, message),
    };
  };
}

async function tsProto(): Promise<Make> {
  const source = readFileSync("test/bench/codec/bench.proto", "utf8");
  const types = await loadTsProto(source, ["forceLong=bigint", "useDate=false", "stringEnums=true"]);
  return (name, _, bytes) => {
    const type = types[name] as TsProtoType;
    const message = type.decode(bytes);
    return {
      decodeJson: (text) => type.fromJSON(JSON.parse(text)),
      encodeJson: () => JSON.stringify(type.toJSON(message)),
      decodeBinary: (input) => type.decode(input),
      encodeBinary: () => type.encode(message).finish(),
    };
  };
}
