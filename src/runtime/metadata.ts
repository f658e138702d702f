/**
 * gRPC metadata with the interface of grpc-js' class of the same name, so that existing handlers can read it.
 * https://grpc.github.io/grpc/node/grpc.Metadata.html
 */

/** Text, or bytes for keys that end in `-bin`. */
export type MetadataValue = string | Buffer;

/** Metadata to read: this class, or that of the grpc-js in the user's code. */
export interface MetadataSource {
  getMap(): { readonly [key: string]: MetadataValue };
  get(key: string): readonly MetadataValue[];
}

/** Metadata of a call. Keys are case-insensitive; a key may have several values. */
export class Metadata implements MetadataSource {
  /** Made with the first value: every call has two of these maps, and most stay empty. */
  #values: Map<string, MetadataValue[]> | undefined;

  /** Replaces all values of a key. Throws for a key or value that gRPC doesn't allow. */
  set(key: string, value: MetadataValue): void {
    const name = validKey(key, value);
    this.#values ??= new Map();
    this.#values.set(name, [value]);
  }

  /** Adds a value. Throws for a key or value that gRPC doesn't allow. */
  add(key: string, value: MetadataValue): void {
    const name = validKey(key, value);
    this.#values ??= new Map();
    const values = this.#values.get(name);
    if (values === undefined) this.#values.set(name, [value]);
    else values.push(value);
  }

  remove(key: string): void {
    this.#values?.delete(key.toLowerCase());
  }

  /** All values of a key; [] if there are none. */
  get(key: string): MetadataValue[] {
    return [...(this.#values?.get(key.toLowerCase()) ?? [])];
  }

  /** The first value of every key. */
  getMap(): { [key: string]: MetadataValue } {
    const map: { [key: string]: MetadataValue } = Object.create(null);
    for (const [key, [first]] of this.#values ?? []) if (first !== undefined) map[key] = first;
    return map;
  }

  clone(): Metadata {
    const copy = new Metadata();
    copy.merge(this);
    return copy;
  }

  /** Adds all values of other metadata. */
  merge(other: MetadataSource): void {
    for (const key of Object.keys(other.getMap())) for (const value of other.get(key)) this.add(key, value);
  }

  /** Ignores call options of gRPC transports; there is no transport here. */
  setOptions(_options: object): void {}

  getOptions(): object {
    return {};
  }

  toJSON(): { [key: string]: MetadataValue[] } {
    const json: { [key: string]: MetadataValue[] } = Object.create(null);
    for (const key of this.#values?.keys() ?? []) json[key] = this.get(key);
    return json;
  }
}

/**
 * Tells whether a text is a key, Header-Name of
 * https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests.
 */
export function isMetadataKey(key: string): boolean {
  return /^[0-9a-z_.-]+$/i.test(key);
}

/** Tells whether a text is an ASCII-Value: printable characters and spaces. */
export function isMetadataText(value: string): boolean {
  return /^[ -~]*$/.test(value);
}

function validKey(key: string, value: MetadataValue): string {
  if (!isMetadataKey(key)) throw new TypeError(`Metadata key "${key}" contains illegal characters`);
  const name = key.toLowerCase();
  if (name.endsWith("-bin")) {
    if (typeof value === "string") throw new TypeError("keys that end with '-bin' must have Buffer values");
  } else if (typeof value !== "string") {
    throw new TypeError("keys that don't end with '-bin' must have String values");
  } else if (!isMetadataText(value)) {
    throw new TypeError(`Metadata string value "${value}" contains illegal characters`);
  }
  return name;
}
