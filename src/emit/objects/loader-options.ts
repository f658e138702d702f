/** The options of @grpc/proto-loader (https://github.com/grpc/grpc-node/tree/master/packages/proto-loader#usage) behind a style. */
import type { MessageStyle } from "../message-style.js";
import { isProtobufEsStyle, isProtoLoaderStyle } from "./value-form.js";

/** The options that give messages of a style, false for the library's default; undefined for styles of other libraries. */
export function loaderOptions(style: MessageStyle): Readonly<Record<string, string | boolean>> | undefined {
  if (style.wellKnownTypes !== "message" || isProtobufEsStyle(style) || !isProtoLoaderStyle(style)) return undefined;
  const { names, longs, enums, bytes, defaults, arrays, objects, oneofs } = style;
  return {
    keepCase: names === "proto",
    longs: longs === "Long" ? false : longs,
    enums: enums === "String" ? enums : false,
    bytes: bytes === "Buffer" ? false : bytes,
    defaults,
    arrays: arrays && !defaults,
    objects: objects && !defaults,
    oneofs: oneofs === "virtual",
  };
}
