/** An object that prints itself as a decimal integer, such as a Long of the `long` package. */
export interface LongLike {
  readonly low: number;
  readonly high: number;
  toString(): string;
}

/**
 * The values that a handler may return for a message of type T, as with protobufjs' `fromObject`: every property may be
 * missing or null, 64-bit integers may be numbers, strings, bigints or Longs, enum values names or numbers, bytes also
 * base64 text.
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
                ? ObjectInput<T>
                : T;

/** An object: a message, or a oneof's `{ case, value }`, which needs both. */
type ObjectInput<T> = T extends { readonly case: infer Case extends string; readonly value: infer Value }
  ? string extends Case
    ? LooseMessage<T>
    : { readonly case: Case; readonly value: MessageInput<Value> }
  : LooseMessage<T>;

type LooseMessage<T> = { readonly [Name in keyof T]?: MessageInput<T[Name]> | null | undefined };

/**
 * The values that a handler may return for a message of type T, as with protobuf-es' `create`: every property may be
 * missing, and messages need no `$typeName`.
 */
export type MessageInit<T> = T extends { readonly $typeName: string }
  ? { readonly [Name in keyof T]?: MessageInit<T[Name]> | undefined }
  : T extends { readonly case: infer Case extends string; readonly value: infer Value }
    ? { readonly case: Case; readonly value: MessageInit<Value> }
    : T extends readonly (infer Item extends { readonly $typeName: string })[]
      ? readonly MessageInit<Item>[]
      : T extends { readonly [key: string]: infer Value extends { readonly $typeName: string } }
        ? { readonly [key: string]: MessageInit<Value> }
        : T;
