/**
 * The shape that messages have in the user's code. The configuration speaks in @grpc/proto-loader's own options
 * (https://github.com/grpc/grpc-node/tree/master/packages/proto-loader#usage); this is what they come to, so that a
 * handler written for proto-loader gets the objects it expects, plus what the idiomatic style needs beyond them.
 */
import type { StyleOptions } from "../plan/style-options.js";

/** One shape of message objects. Two services with equal styles share the emitted modules. An alias, because an interface is no `StyleOptions`. */
export type MessageStyle = {
  /**
   * Property names. `proto`: as declared (keepCase). `protobufjs`: protobufjs' camel case, which leaves an underscore before
   * digits and single letters. `lowerCamel`: the casing rule of ProtoJSON (without `json_name`). `ts-proto`, `protobuf-es`:
   * theirs, which differ in names that begin with an underscore or in capitals, and in those of Object.prototype.
   */
  readonly names: "proto" | "protobufjs" | "lowerCamel" | "ts-proto" | "protobuf-es";
  /** 64-bit integers. `Long` needs the `long` package of the user's project, `Number` loses precision past 2^53. */
  readonly longs: "BigInt" | "String" | "Number" | "Long";
  /** Enum values: names (an unknown number stays a number) or numbers. */
  readonly enums: "String" | "Number";
  /** `Uint8Array`, Node's `Buffer`, base64 text, or an array of numbers. */
  readonly bytes: "Uint8Array" | "Buffer" | "String" | "Array";
  /** Set absent fields outside oneofs to their default when decoding. */
  readonly defaults: boolean;
  /**
   * The value of an absent field under `defaults`, if it has no default of its own. `null` (proto-loader): messages are
   * null, members of oneofs no property. `undefined`: no property. `property`: a property that is undefined (ts-proto).
   */
  readonly absentMessages: "null" | "undefined" | "property";
  /** Set absent repeated fields to []. Implied by `defaults`. */
  readonly arrays: boolean;
  /** Set absent map fields to {}. Implied by `defaults`. */
  readonly objects: boolean;
  /**
   * `flat`: members are ordinary optional properties. `virtual`: the same plus a property named after the oneof that
   * holds the member's name (proto-loader's `oneofs: true`). `union`: one property named after the oneof that holds
   * `{ case, value }` or is undefined. `cases`: the same, but it always holds an object, `{ case: undefined }` when no member
   * is set (protobuf-es).
   */
  readonly oneofs: "flat" | "virtual" | "union" | "cases";
  /**
   * `message`: google.protobuf.* as declared (`{ seconds, nanos }`, `{ fields: … }`, `{ value }`). `native`: Struct, Value and
   * ListValue are plain JSON values, wrappers are the bare value or undefined; Timestamp, Duration, FieldMask and Any stay messages.
   * `ts-proto`: the same, and a Timestamp is a Date, a FieldMask a list of paths. `protobuf-es`: a Struct is a plain JSON object and
   * a wrapper in a singular field outside oneofs is the bare value; elsewhere, and where they stand alone, they are messages.
   */
  readonly wellKnownTypes: "message" | "native" | "ts-proto" | "protobuf-es";
  /** Every message has its full name as `$typeName` (protobuf-es). */
  readonly typeNames: boolean;
};

/**
 * The style of scaffolded handlers: lossless (bigint, enum names with unknown numbers kept, nanoseconds), and checked by the
 * compiler (a oneof is one property; every implicit-presence field is there; an absent one is undefined, never null).
 */
export const idiomaticStyle: MessageStyle = {
  names: "lowerCamel",
  longs: "BigInt",
  enums: "String",
  bytes: "Uint8Array",
  defaults: true,
  absentMessages: "undefined",
  arrays: true,
  objects: true,
  oneofs: "union",
  wellKnownTypes: "native",
  typeNames: false,
};

/** proto-loader's own defaults: what `loadSync(file)` without options gives. */
export const protoLoaderDefaults: MessageStyle = {
  names: "protobufjs",
  longs: "Long",
  enums: "Number",
  bytes: "Buffer",
  defaults: false,
  absentMessages: "null",
  arrays: false,
  objects: false,
  oneofs: "flat",
  wellKnownTypes: "message",
  typeNames: false,
};

/** The style of ts-proto (https://github.com/stephenh/ts-proto) without options. */
export const tsProtoStyle: MessageStyle = {
  names: "ts-proto",
  longs: "Number",
  enums: "Number",
  bytes: "Uint8Array",
  defaults: true,
  absentMessages: "property",
  arrays: true,
  objects: true,
  oneofs: "flat",
  wellKnownTypes: "ts-proto",
  typeNames: false,
};

/** The messages of @bufbuild/protobuf, version 2 (https://github.com/bufbuild/protobuf-es). */
export const protobufEsStyle: MessageStyle = {
  names: "protobuf-es",
  longs: "BigInt",
  enums: "Number",
  bytes: "Uint8Array",
  defaults: true,
  absentMessages: "undefined",
  arrays: true,
  objects: true,
  oneofs: "cases",
  wellKnownTypes: "protobuf-es",
  typeNames: true,
};

/** The values of every option. */
const values: { readonly [Option in keyof MessageStyle]: readonly MessageStyle[Option][] } = {
  names: ["proto", "protobufjs", "lowerCamel", "ts-proto", "protobuf-es"],
  longs: ["BigInt", "String", "Number", "Long"],
  enums: ["String", "Number"],
  bytes: ["Uint8Array", "Buffer", "String", "Array"],
  defaults: [true, false],
  absentMessages: ["null", "undefined", "property"],
  arrays: [true, false],
  objects: [true, false],
  oneofs: ["flat", "virtual", "union", "cases"],
  wellKnownTypes: ["message", "native", "ts-proto", "protobuf-es"],
  typeNames: [true, false],
};

/** The style of options. Options of another language are a bug: it throws. */
export function messageStyle(options: StyleOptions): MessageStyle {
  if (!isMessageStyle(options)) throw new Error(`no message style: ${JSON.stringify(options)}`);
  return options;
}

function isMessageStyle(options: StyleOptions): options is MessageStyle {
  return Object.entries(values).every(([option, known]) => known.some((value) => value === options[option]));
}
