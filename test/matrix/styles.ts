/** The message styles of the matrix: every preset, and every option of one away from it. */
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";

/** The style that the others are held against. */
export const referenceStyle = "idiomatic";

/** What `npm test` runs. */
export const presetStyles: Readonly<Record<string, MessageStyle>> = {
  [referenceStyle]: idiomaticStyle,
  "ts-proto": tsProtoStyle,
  "protobuf-es": protobufEsStyle,
  "proto-loader": protoLoaderDefaults,
  "proto-loader-full": {
    ...protoLoaderDefaults,
    ...({
      names: "proto",
      longs: "String",
      enums: "String",
      bytes: "String",
      defaults: true,
      oneofs: "virtual",
    } as const),
  },
};

/** What `npm run test:matrix` runs. */
export const allStyles: Readonly<Record<string, MessageStyle>> = {
  ...presetStyles,
  "proto-loader-arrays": { ...protoLoaderDefaults, longs: "Number", bytes: "Array", arrays: true, objects: true },
  "proto-loader-union": { ...protoLoaderDefaults, oneofs: "union", defaults: true },
  "idiomatic-flat": { ...idiomaticStyle, oneofs: "flat", longs: "String", enums: "Number" },
  "idiomatic-virtual": { ...idiomaticStyle, oneofs: "virtual", defaults: false, bytes: "Buffer", longs: "Number" },
  "idiomatic-arrays": { ...idiomaticStyle, names: "proto", defaults: false, bytes: "Array", longs: "Long" },
  "ts-proto-bigint": { ...tsProtoStyle, longs: "BigInt", enums: "String", oneofs: "union" },
  "ts-proto-bare": {
    ...tsProtoStyle,
    defaults: false,
    longs: "String",
    bytes: "String",
    arrays: false,
    objects: false,
  },
  "protobuf-es-string": { ...protobufEsStyle, longs: "String", enums: "String", oneofs: "flat" },
};
