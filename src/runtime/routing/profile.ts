/** How requests are routed and read; fixed at generation by `transcoding.profile`. */
import { parseTimeout } from "../headers/timeout.js";
import { mediaType } from "../http.js";
import { type MetadataReader, permanentMetadata } from "../request-metadata.js";
import { isBareVerb } from "./bare-verb.js";
import { compareSpecificity, type Orderable } from "./compare-specificity.js";
import type { PathPattern, SplitPath } from "./match-path.js";
import { type CheckMediaTypes, refuseMediaTypes } from "./media-types.js";
import { unescapeVariablesExceptSlash } from "./path-unescaping.js";

/** Behaviour that differs between the transcoders that users come from. */
export interface Profile {
  /** Which of several matching templates answers. */
  readonly precedence: "lastDeclared" | "specificity";
  /** How routes are put into that order. The comparison itself, so that a function that does without does not carry it. */
  readonly order: "reverse" | ((a: Orderable, b: Orderable) => number);
  /**
   * How a path is percent-decoded: as a whole before it is split, so that an escaped slash separates segments, or by a function of
   * path-unescaping.ts.
   */
  readonly unescaping: "legacy" | ((path: string) => SplitPath);
  /**
   * Whether no other template is tried after one that a path does not match, and the answer is 404; `false` never. A function, as those
   * below, so that others are not carried.
   */
  readonly endsSearch: false | ((pattern: PathPattern, path: SplitPath) => boolean);
  /** The path matches with another method: gRPC's UNIMPLEMENTED, or 405 with Allow. */
  readonly methodNotAllowed: "501" | "405";
  /** A GET binding answers HEAD, too. */
  readonly headFromGet: boolean;
  /** A path that is there answers OPTIONS with its methods, where no binding does. */
  readonly optionsFromRoutes: boolean;
  /**
   * X-HTTP-Method-Override, GET as POST, and fields in form-encoded bodies; only for form-encoded POST requests. For the first two it is
   * the part of a Content-Type that has to be that of a form.
   */
  readonly forms: false | ((contentType: string) => string);
  /** The metadata of a request, where the API has no matcher of its own. */
  readonly readMetadata: MetadataReader;
  /** Grpc-Timeout in milliseconds; undefined for none. Throws INVALID_ARGUMENT. */
  readonly readTimeout: (text: string) => number | undefined;
  /**
   * Bodies that are not JSON and clients that do not take JSON: taken all the same, or refused with 415 and 406. The check
   * itself, so that a function that ignores them does not carry it.
   */
  readonly mediaTypes: "ignore" | CheckMediaTypes;
  /** How server streams are written where the request's Accept asks for no format. */
  readonly stream: StreamFormat;
}

/** What a server stream looks like; each is chosen by a media type in Accept, too. */
export type StreamFormat =
  /** A line per message: `{"result":…}`, and `{"error":…}` at the end. */
  | "resultLines"
  /** A line per message. `application/x-ndjson`. */
  | "ndjson"
  /** One JSON array. */
  | "jsonArray"
  /** Server-sent events. `text/event-stream`. */
  | "sse";

/** grpc-gateway v2.33 with its defaults. */
export const grpcGateway: Profile = {
  precedence: "lastDeclared",
  order: "reverse",
  unescaping: "legacy",
  endsSearch: false,
  methodNotAllowed: "501",
  headFromGet: false,
  optionsFromRoutes: false,
  forms: mediaType,
  readMetadata: permanentMetadata,
  readTimeout: parseTimeout,
  mediaTypes: "ignore",
  stream: "resultLines",
};

/** https://github.com/googleapis/googleapis/blob/master/google/api/http.proto with routing by specificity. */
export const spec: Profile = {
  precedence: "specificity",
  order: compareSpecificity,
  unescaping: unescapeVariablesExceptSlash,
  endsSearch: isBareVerb,
  methodNotAllowed: "405",
  headFromGet: true,
  optionsFromRoutes: true,
  forms: false,
  readMetadata: permanentMetadata,
  readTimeout: parseTimeout,
  mediaTypes: refuseMediaTypes,
  stream: "resultLines",
};
