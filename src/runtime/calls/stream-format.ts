/** The formats of a stream of replies. */
import { acceptedTypes } from "../routing/accept.js";
import type { StreamFormat } from "../routing/profile.js";

/** One format; the texts that it makes are concatenated. */
export interface StreamWriter {
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

const writers: Readonly<Record<StreamFormat, StreamWriter>> = {
  resultLines: {
    contentType: "application/json",
    framesFirstError: true,
    reply: (json) => `{"result":${json}}\n`,
    error: (json) => `{"error":${json}}\n`,
    end: () => "",
  },
  ndjson: {
    contentType: "application/x-ndjson",
    framesFirstError: false,
    reply: (json) => `${json}\n`,
    error: (json) => `{"error":${json}}\n`,
    end: () => "",
  },
  jsonArray: {
    contentType: "application/json",
    framesFirstError: false,
    reply: (json, isFirst) => (isFirst ? `[${json}` : `,\n${json}`),
    error: (json) => `,\n{"error":${json}}`,
    end: (isEmpty) => (isEmpty ? "[]" : "]"),
  },
  sse: {
    contentType: "text/event-stream",
    framesFirstError: false,
    reply: (json) => `data: ${json}\n\n`,
    error: (json) => `event: error\ndata: ${json}\n\n`,
    end: () => "",
  },
};

const formats: ReadonlyMap<string, StreamFormat> = new Map([
  ["text/event-stream", "sse"],
  ["application/x-ndjson", "ndjson"],
  ["application/ndjson", "ndjson"],
  ["application/jsonl", "ndjson"],
]);

/**
 * The format that the values of Accept ask for, or else the API's own; one document for clients that want
 * application/json.
 */
export function streamWriter(accept: readonly string[], standard: StreamFormat): StreamWriter {
  for (const type of acceptedTypes(accept)) {
    const format = formats.get(type);
    if (format !== undefined) return writers[format];
    if (type === "*/*" || type === "application/*") break;
    if (type === "application/json") return writers[writers[standard].contentType === type ? standard : "jsonArray"];
  }
  return writers[standard];
}
