/** An object that prints itself as a decimal integer, such as a Long of the `long` package. */
export interface LongLike {
  readonly low: number;
  readonly high: number;
  toString(): string;
}

/**
 * What a handler may return for a message of type T, as protobufjs' `fromObject` has it: every property may be missing or
 * null, 64-bit integers may be numbers, strings, bigints or Longs, enum values names or numbers, bytes also base64 text.
 */
export type MessageInput<T> = T extends string
  ? string | number | bigint | LongLike | Uint8Array
  : T extends number
    ? number | string | bigint | LongLike
    : T extends bigint | LongLike
      ? number | string | bigint | LongLike
      : T extends boolean
        ? boolean
        : T extends Uint8Array
          ? Uint8Array | string | readonly number[]
          : T extends readonly (infer Item)[]
            ? readonly MessageInput<Item>[]
            : string extends keyof T
              ? { readonly [Name in keyof T]: MessageInput<T[Name]> }
              : T extends object
                ? { readonly [Name in keyof T]?: MessageInput<T[Name]> | null | undefined }
                : T;
