/**
 * Makes a message as @bufbuild/protobuf does for proto2 and editions: defaults are on the prototype, and a field is set
 * if the message has it as its own property.
 */
export function withDefaults<Message extends object>(members: object, defaults: object): Message {
  return Object.assign(Object.create(defaults), members) as Message;
}
