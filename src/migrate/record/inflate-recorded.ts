/** Recorded bodies without their compression. */
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Header } from "../requests/recorded-request.js";

/** The headers and the body of a request or an answer. */
export interface RecordedBody {
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

type Decode = (body: Uint8Array, options: { readonly maxOutputLength: number }) => Buffer;

const decoders: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ["gzip", gunzipSync],
  ["x-gzip", gunzipSync],
  ["deflate", inflateSync],
  ["br", brotliDecompressSync],
]);

/** Undoes the compression; undefined for one that is unknown, broken, or makes more than `longest` bytes. */
export function inflateRecorded({ headers, body }: RecordedBody, longest: number): RecordedBody | undefined {
  const isEncoding = ([name]: Header): boolean => /^content-encoding$/i.test(name);
  const encodings = headers
    .filter(isEncoding)
    .flatMap(([, value]) => value.split(","))
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value !== "" && value !== "identity");
  if (encodings.length === 0 || body.length === 0) return { headers, body };
  try {
    let plain = body;
    for (const encoding of encodings.reverse()) {
      const decode = decoders.get(encoding);
      if (decode === undefined) return undefined;
      plain = decode(plain, { maxOutputLength: longest });
    }
    return { headers: headers.filter((header) => !isEncoding(header)), body: plain };
  } catch {
    return undefined;
  }
}
