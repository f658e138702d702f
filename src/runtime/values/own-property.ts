/** The own property of a message under a name that every object inherits, such as `hasOwnProperty`. */
export function ownProperty<Message extends object, Name extends keyof Message>(
  message: Message,
  name: Name,
): Message[Name] | undefined {
  return Object.hasOwn(message, name) ? message[name] : undefined;
}

/** The own property of a message that is a list or map; it is made if it is missing. */
export function ownOr<Message extends object, Name extends keyof Message>(
  message: Message,
  name: Name,
  empty: NonNullable<Message[Name]>,
): NonNullable<Message[Name]> {
  const own = ownProperty(message, name) ?? empty;
  message[name] = own;
  return own;
}
