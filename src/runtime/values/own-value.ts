/** What a message has itself under a name that every object inherits something under, such as `hasOwnProperty`. */
export function ownValue<Message extends object, Name extends keyof Message>(
  message: Message,
  name: Name,
): Message[Name] | undefined {
  return Object.hasOwn(message, name) ? message[name] : undefined;
}

/** The same of a list or map, which is made when there is none. */
export function ownOr<Message extends object, Name extends keyof Message>(
  message: Message,
  name: Name,
  empty: NonNullable<Message[Name]>,
): NonNullable<Message[Name]> {
  const own = ownValue(message, name) ?? empty;
  message[name] = own;
  return own;
}
