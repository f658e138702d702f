/** Folders of the message styles. */
import { createHash } from "node:crypto";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  styleKey,
  tsProtoStyle,
} from "../../model/message-style.js";

/** Folders of the further styles: `proto-loader`, with a hash of the style where two would have the same. */
export function styleFolders(styles: readonly MessageStyle[]): ReadonlyMap<MessageStyle, string> {
  const words = styles.map(styleWord);
  return new Map(
    styles.map((style) => {
      const word = styleWord(style);
      const hash = createHash("sha256").update(styleKey(style)).digest("hex").slice(0, 6);
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
