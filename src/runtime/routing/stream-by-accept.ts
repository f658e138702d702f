/** The choice of a stream's format by Accept. https://www.rfc-editor.org/rfc/rfc9110#name-accept */
import { acceptedTypes } from "./accept.js";
import { jsonArray, ndjson, type StreamFormat, sse } from "./stream-format.js";

/** Chooses the format of a stream of replies: by the values of Accept, or else the API's own. */
export interface StreamChoice {
  /** Every media type that can be chosen. */
  readonly types: readonly string[];
  readonly choose: (accept: readonly string[], standard: StreamFormat) => StreamFormat;
}

/**
 * The format that Accept asks for, or else the API's own; one document for clients that want application/json.
 */
export const streamByAccept: StreamChoice = {
  types: ["application/json", "text/event-stream", "application/x-ndjson", "application/ndjson", "application/jsonl"],
  choose(accept, standard) {
    for (const type of acceptedTypes(accept)) {
      const format = formatOf(type);
      if (format !== undefined) return format;
      if (type === "*/*" || type === "application/*") break;
      if (type === "application/json") return standard.contentType === type ? standard : jsonArray;
    }
    return standard;
  },
};

function formatOf(type: string): StreamFormat | undefined {
  switch (type) {
    case "text/event-stream":
      return sse;
    case "application/x-ndjson":
    case "application/ndjson":
    case "application/jsonl":
      return ndjson;
    default:
      return undefined;
  }
}
