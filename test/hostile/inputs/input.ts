/**
 * What a client may send: long, deep, wide and repeated, for every reader of every format. An input is made for a size, which is about the
 * number of its bytes, so that the same input can be sent at several sizes.
 */

/** A request before it is given a door's form. */
export interface HostileRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** One row of the table. */
export interface HostileInput {
  readonly name: string;
  /** Its largest size, in bytes. */
  readonly most: number;
  readonly request: (size: number) => HostileRequest;
}

/** What Lambda takes in one event, as text. */
export const largestBody = 5_900_000;

/** And in base64. */
export const largestBytes = 4_400_000;

/** Headers and paths end earlier at every door: a load balancer takes 64 kB of them. */
export const largestHeader = 60_000;

/** What a compressed body may inflate to. */
export const largestInflated = 63_000_000;

/** As often as fits, once at least. */
export const repeat = (text: string, size: number): string => text.repeat(Math.max(1, Math.floor(size / text.length)));

/** `open` and `close` around nothing, as often as fits. */
export const nest = (open: string, close: string, size: number, inside = ""): string => {
  const depth = Math.max(1, Math.floor(size / (open.length + close.length)));
  return open.repeat(depth) + inside + close.repeat(depth);
};

/** Members or items that differ by a number, as many as fit. */
export const numbered = (size: number, item: (index: number) => string): string => {
  const items: string[] = [];
  for (let length = 0, index = 0; length < size; index++) {
    const text = item(index);
    items.push(text);
    length += text.length + 1;
  }
  return items.join();
};

/** The bytes again and again, as often as they fit whole. */
export const fill = (hex: string, size: number): Buffer =>
  Buffer.alloc(Math.max(1, size - (size % (hex.length / 2))), hex, "hex");

/** Headers of a body in JSON. */
export const json = { "Content-Type": "application/json" };
