/** JSON documents as TypeScript types. */

/** A value for JSON.stringify. A member that is undefined is left out. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [name: string]: JsonValue | undefined;
}

/**
 * A parsed document: like JsonValue, but an integer that a number cannot hold exactly is a bigint. undefined is an
 * absent value.
 */
export type JsonInput = undefined | null | boolean | number | bigint | string | readonly JsonInput[] | JsonInputObject;

/** An object of a parsed document. */
export interface JsonInputObject {
  readonly [name: string]: JsonInput;
}
