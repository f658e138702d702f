/** Names of messages in the text of a method, and those of another RPC in their places. */
import type { WantedMethod } from "./wanted-service.js";

/** A text, and the types that it names without a qualifier. */
export interface Substituted {
  readonly text: string;
  readonly types: readonly NewType[];
}

/** A type that has to be in scope, and the one whose place it takes. */
export interface NewType {
  readonly name: string;
  /** Import path of the .proto file that declares it. */
  readonly proto: string;
  readonly like: string;
  readonly likeProto: string;
}

/** Puts the messages of `to` where those of `from` are named; where both messages of `from` are one, the first is the request. */
export function substituteMessages(text: string, from: WantedMethod, to: WantedMethod): Substituted {
  const types: NewType[] = [];
  let isFirst = true;
  const pattern = new RegExp(`(\\.?)\\b(${nameOf(from.request.name)}|${nameOf(from.reply.name)})(__Output)?\\b`, "g");
  const replaced = text.replace(pattern, (found: string, dot: string, name: string, suffix = "") => {
    const plain = name.replaceAll(".", "_");
    const isRequest = from.request.name === from.reply.name ? isFirst : plain === from.request.name;
    isFirst = false;
    const [old, made] = isRequest ? [from.request, to.request] : [from.reply, to.reply];
    const type = (name.includes(".") ? made.name.replaceAll("_", ".") : made.name) + suffix;
    if (dot === "") types.push({ name: type, proto: made.proto, like: found, likeProto: old.proto });
    return dot + type;
  });
  return { text: replaced, types };
}

/** Nested messages are `Shelf_Book` or `Shelf.Book`, by the generator. */
function nameOf(name: string): string {
  return name.replaceAll("_", "[._]");
}
