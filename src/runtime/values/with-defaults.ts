/**
 * A message of @bufbuild/protobuf's proto2 and editions: what a field without a value reads as is on the prototype, and a field is
 * set when the message has it itself.
 */
export function withDefaults<Message extends object>(members: object, defaults: object): Message {
  return Object.assign(Object.create(defaults), members) as Message;
}
