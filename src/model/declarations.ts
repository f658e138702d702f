/** The messages and enums that a .proto file declares, at any depth. */
import type { Enum, Message, ProtoFile } from "./api-model.js";

/** Every message and enum of a file, nested ones after the message that holds them. */
export function declarationsOf(file: ProtoFile): {
  readonly messages: readonly Message[];
  readonly enums: readonly Enum[];
} {
  const withNested = (message: Message): Message[] => [message, ...message.messages.flatMap(withNested)];
  const messages = file.messages.flatMap(withNested);
  return { messages, enums: [...file.enums, ...messages.flatMap((message) => message.enums)] };
}
