/** Folders of the message styles. */
import { createHash } from "node:crypto";
import { styleKey } from "../../plan/style-options.js";
import { idiomaticStyle, type MessageStyle, protobufEsStyle, tsProtoStyle } from "../message-style.js";

/** Folders of the further styles: `proto-loader`, with a hash of the style where two would have the same. */
export function styleFolders(styles: readonly MessageStyle[]): ReadonlyMap<MessageStyle, string> {
  const words = styles.map(styleWord);
  return new Map(
    styles.map((style) => {
      const word = styleWord(style);
      const hash = createHash("sha256").update(styleText(style)).digest("hex").slice(0, 6);
      return [style, words.filter((other) => other === word).length === 1 ? word : `${word}-${hash}`];
    }),
  );
}

/** The name of the style that readers know. */
function styleWord(style: MessageStyle): "idiomatic" | "proto-loader" | "ts-proto" | "protobuf-es" | "messages" {
  if (styleKey(style) === styleKey(idiomaticStyle)) return "idiomatic";
  if (styleKey(style) === styleKey(tsProtoStyle)) return "ts-proto";
  if (styleKey(style) === styleKey(protobufEsStyle)) return "protobuf-es";
  return (style.names === "proto" || style.names === "protobufjs") && style.wellKnownTypes === "message"
    ? "proto-loader"
    : "messages";
}

/** The text whose hash is in the names of folders: its order is part of the output. */
function styleText(style: MessageStyle): string {
  const { names, longs, enums, bytes, defaults, absentMessages, arrays, objects, oneofs, wellKnownTypes } = style;
  const values = [names, longs, enums, bytes, defaults, absentMessages, arrays, objects, oneofs, wellKnownTypes];
  return [...values, ...(style.typeNames ? ["typeNames"] : [])].join();
}
