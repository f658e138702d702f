/**
 * Metadata with the interface of nice-grpc's `Metadata`: a key has one text, because several are joined, or several
 * values as bytes. https://github.com/deeplay-io/nice-grpc/tree/master/packages/nice-grpc-common
 */
import { Metadata, type MetadataSource } from "../metadata.js";

/** Text, or bytes for keys that end in `-bin`. */
export type NiceValue = string | Uint8Array;

/** Metadata of a call, as nice-grpc's context has them. Throws for a key or value that gRPC doesn't allow. */
export class NiceMetadata {
  readonly #values = new Map<string, NiceValue[]>();

  set(key: string, value: NiceValue | readonly NiceValue[]): this {
    this.delete(key);
    for (const each of Array.isArray(value) ? value : [value]) this.append(key, each);
    return this;
  }

  append(key: string, value: NiceValue): this {
    const name = key.toLowerCase();
    new Metadata().set(name, typeof value === "string" ? value : Buffer.from(value));
    const values = [...(this.#values.get(name) ?? []), value];
    this.#values.set(name, name.endsWith("-bin") ? values : [values.join(", ")]);
    return this;
  }

  delete(key: string): void {
    this.#values.delete(key.toLowerCase());
  }

  get(key: string): NiceValue | undefined {
    return this.#values.get(key.toLowerCase())?.[0];
  }

  getAll(key: string): NiceValue[] {
    return [...(this.#values.get(key.toLowerCase()) ?? [])];
  }

  has(key: string): boolean {
    return this.#values.has(key.toLowerCase());
  }

  [Symbol.iterator](): IterableIterator<[string, NiceValue[]]> {
    return this.#values.entries();
  }
}

/** Metadata of a request as nice-grpc gives them. */
export function toNice(source: MetadataSource): NiceMetadata {
  const metadata = new NiceMetadata();
  for (const key of Object.keys(source.getMap())) metadata.set(key, source.get(key));
  return metadata;
}

/** Adds metadata of nice-grpc to those that go out. */
export function addNice(target: Metadata, source: Iterable<readonly [string, readonly NiceValue[]]>): void {
  for (const [key, values] of source)
    for (const value of values) target.add(key, typeof value === "string" ? value : Buffer.from(value));
}
