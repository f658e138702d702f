/** The formats of a stream of replies. Each is a constant, so that bundles contain only those that a profile names. */

/** One format; the texts that it makes are concatenated. */
export interface StreamFormat {
  readonly contentType: string;
  /**
   * Whether an error before the first reply is written like a later one, with the status of an error but no header of its own, as in
   * grpc-gateway; otherwise it is an ordinary error response.
   */
  readonly framesFirstError: boolean;
  readonly reply: (json: string, isFirst: boolean) => string;
  /** Writes an error, which is the last piece before `end`. */
  readonly error: (json: string) => string;
  /** Writes the text after the last piece. */
  readonly end: (isEmpty: boolean) => string;
}

/** A line per message: `{"result":…}`, and `{"error":…}` at the end. */
export const resultLines: StreamFormat = {
  contentType: "application/json",
  framesFirstError: true,
  reply: (json) => `{"result":${json}}\n`,
  error: (json) => `{"error":${json}}\n`,
  end: () => "",
};

/** A line per message. `application/x-ndjson`. */
export const ndjson: StreamFormat = {
  contentType: "application/x-ndjson",
  framesFirstError: false,
  reply: (json) => `${json}\n`,
  error: (json) => `{"error":${json}}\n`,
  end: () => "",
};

/** One JSON array. */
export const jsonArray: StreamFormat = {
  contentType: "application/json",
  framesFirstError: false,
  reply: (json, isFirst) => (isFirst ? `[${json}` : `,\n${json}`),
  error: (json) => `,\n{"error":${json}}`,
  end: (isEmpty) => (isEmpty ? "[]" : "]"),
};

/** Server-sent events. `text/event-stream`. */
export const sse: StreamFormat = {
  contentType: "text/event-stream",
  framesFirstError: false,
  reply: (json) => `data: ${json}\n\n`,
  error: (json) => `event: error\ndata: ${json}\n\n`,
  end: () => "",
};
