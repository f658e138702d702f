/** Profiles: how requests are routed and read. `transcoding.profile` chooses one at generation. */
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
  /** The precedence of several matching templates. */
  readonly precedence: "lastDeclared" | "specificity";
  /**
   * The order in which routes are tried. It is the comparison itself, so that functions without it do not contain the
   * code.
   */
  readonly order: "reverse" | ((a: Orderable, b: Orderable) => number);
  /**
   * The percent-decoding of a path: `legacy` decodes it before it is split, so that an escaped slash separates
   * segments; others are functions of path-unescaping.ts.
   */
  readonly pathUnescaping: "legacy" | ((path: string) => SplitPath);
  /**
   * Tells whether the search ends with 404 at a template that a path does not match; `false`: it never does. A
   * function, like others below, so that bundles contain only the one in use.
   */
  readonly endsSearch: false | ((pattern: PathPattern, path: SplitPath) => boolean);
  /** The answer to a path that exists for other methods: gRPC's UNIMPLEMENTED, or 405 with Allow. */
  readonly methodNotAllowed: "501" | "405";
  /** Whether a GET binding answers HEAD, too. */
  readonly headFromGet: boolean;
  /** Whether a path answers OPTIONS with its methods, if no binding does. */
  readonly optionsFromRoutes: boolean;
  /**
   * Support of X-HTTP-Method-Override, of POST instead of GET, and of fields in form-encoded bodies; only in
   * form-encoded POST requests. The function gives the part of a Content-Type that has to be a form's type, for the
   * first two.
   */
  readonly formPost: false | ((contentType: string) => string);
  /** Reads the metadata of a request, if the API has no matcher of its own. */
  readonly readMetadata: MetadataReader;
  /** Reads a Grpc-Timeout in milliseconds; undefined for no timeout. Throws INVALID_ARGUMENT. */
  readonly readTimeout: (text: string) => number | undefined;
  /**
   * Treatment of bodies that are not JSON and of clients that do not accept JSON: none, or a check that answers 415 and
   * 406. It is the check itself, so that functions without it do not contain the code.
   */
  readonly mediaTypes: "ignore" | CheckMediaTypes;
}

/** grpc-gateway v2.33 with its defaults. */
export const grpcGateway: Profile = {
  precedence: "lastDeclared",
  order: "reverse",
  pathUnescaping: "legacy",
  endsSearch: false,
  methodNotAllowed: "501",
  headFromGet: false,
  optionsFromRoutes: false,
  formPost: mediaType,
  readMetadata: permanentMetadata,
  readTimeout: parseTimeout,
  mediaTypes: "ignore",
};

/** https://github.com/googleapis/googleapis/blob/master/google/api/http.proto with routing by specificity. */
export const spec: Profile = {
  precedence: "specificity",
  order: compareSpecificity,
  pathUnescaping: unescapeVariablesExceptSlash,
  endsSearch: isBareVerb,
  methodNotAllowed: "405",
  headFromGet: true,
  optionsFromRoutes: true,
  formPost: false,
  readMetadata: permanentMetadata,
  readTimeout: parseTimeout,
  mediaTypes: refuseMediaTypes,
};
