/** Compares the messages that a server's generated code makes with those that its functions were generated for. */

/** A request in which nothing is set, by the path of its method. */
export type EmptyRequests = Readonly<Record<string, object>>;

/**
 * Has the definition of a service read empty requests. What differs from `empty` is in the log, because it would be lost
 * without a word: a oneof that is a union, an integer of another type.
 */
export function checkMessages(name: string, file: string, definition: object, empty: EmptyRequests): void {
  for (const { path, requestDeserialize } of Object.values(definition) as readonly Partial<Method>[]) {
    const expected = path === undefined ? undefined : empty[path];
    if (expected === undefined || requestDeserialize === undefined) continue;
    const difference = differenceOf(expected, read(requestDeserialize));
    if (difference !== undefined)
      console.error(
        `${file}: requests of ${path} have ${difference}: set bridge: true beside server, or the options of the generator under services, ${name}, messages`,
      );
  }
}

interface Method {
  readonly path: string;
  readonly requestDeserialize: (bytes: Buffer) => unknown;
}

/** Messages that an empty one is not valid for have nothing to compare. */
function read(requestDeserialize: Method["requestDeserialize"]): object {
  try {
    return Object(requestDeserialize(Buffer.alloc(0)));
  } catch {
    return {};
  }
}

function differenceOf(expected: object, actual: object): string | undefined {
  const members = new Map(Object.entries(actual));
  for (const name of members.keys()) if (!(name in expected)) return `${name}, which the functions do not know`;
  if (members.size === 0) return undefined;
  for (const [name, value] of Object.entries(expected)) {
    if (value == null) continue;
    const [found, known] = [kindOf(members.get(name)), kindOf(value)];
    if (found !== known) return `${found} for ${name}, where the functions have ${known}`;
  }
  return undefined;
}

/** The type of a value, for texts; classes are told apart from plain objects, and not by names, which are minified. */
function kindOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return typeof value;
  if (Array.isArray(value)) return "list";
  if (Buffer.isBuffer(value)) return "Buffer";
  if (value instanceof Uint8Array) return "Uint8Array";
  if (value instanceof Map) return "Map";
  return [Object.prototype, null].includes(Object.getPrototypeOf(value)) ? "object" : "class";
}
