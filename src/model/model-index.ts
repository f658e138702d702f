/** Look-ups by full name over an ApiModel. */
import type { ApiModel, Enum, Message, ProtoFile, Service } from "./api-model.js";

/** Every declaration of a model by full name (files by import path). */
export interface ModelIndex {
  readonly files: ReadonlyMap<string, ProtoFile>;
  readonly messages: ReadonlyMap<string, Message>;
  readonly enums: ReadonlyMap<string, Enum>;
  readonly services: ReadonlyMap<string, Service>;
}

/** Indexes a model once; nested declarations included. */
export function indexModel(model: ApiModel): ModelIndex {
  const messages = new Map<string, Message>();
  const enums = new Map<string, Enum>();
  const services = new Map<string, Service>();
  const addMessage = (message: Message): void => {
    messages.set(message.fullName, message);
    for (const nested of message.messages) addMessage(nested);
    for (const nested of message.enums) enums.set(nested.fullName, nested);
  };
  for (const file of model.files) {
    for (const message of file.messages) addMessage(message);
    for (const declared of file.enums) enums.set(declared.fullName, declared);
    for (const service of file.services) services.set(service.fullName, service);
  }
  return { files: new Map(model.files.map((file) => [file.path, file])), messages, enums, services };
}
