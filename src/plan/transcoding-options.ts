/** JSON and HTTP behaviour: what the configuration says, and what follows from it. */
import type { Profile } from "../runtime/routing/profile.js";

/** JSON and HTTP behaviour that is fixed at generation. See docs/transcoding.md. */
export interface TranscodingOptions {
  readonly profile: "grpc-gateway" | "spec";
  /** The generation of grpc-gateway that the profile of that name imitates. Default: the newest. */
  readonly gateway?: GatewayVersion;
  /** Single behaviours that differ from the profile's. Default: none. */
  readonly behaviour?: BehaviourOptions;
  /** Print fields that hold their default. */
  readonly emitDefaults: boolean;
  /** Print field names as declared instead of lowerCamelCase. */
  readonly originalNames: boolean;
  /** Print enum values as numbers. */
  readonly enumsAsNumbers: boolean;
  /** Bodies may be protobuf binary (application/x-protobuf), both ways. Default: false. */
  readonly binary?: boolean;
  /** Bodies that are messages may be forms: application/x-www-form-urlencoded, multipart/form-data. Default: false. */
  readonly formBodies?: boolean;
  /** Unknown JSON members (and enum names) and query parameters. */
  readonly unknownFields: "ignore" | "reject";
  /** RPCs that stream their requests, where nothing is said of one. Default: refuse. */
  readonly clientStreaming?: ClientStreaming;
}

/**
 * Versions of grpc-gateway between which answers differ: `2.30` is that and what was before, `2.33` is that and what came after. Between
 * them the differences came one by one.
 */
export type GatewayVersion = "2.30" | "2.33";

/** An RPC that streams its requests gets no binding, or gets the messages of one HTTP body: at most 10,000, or as many as stated. */
export type ClientStreaming = "refuse" | "collect" | { readonly maxMessages: number };

/** Single behaviours; absent ones are the profile's. See docs/transcoding.md. */
export interface BehaviourOptions {
  /** The precedence of several matching templates. */
  readonly precedence?: Profile["precedence"];
  /** The way of percent-decoding a path; see the runtime's path-unescaping.ts. */
  readonly pathUnescaping?: "legacy" | "allExceptReserved" | "allExceptSlash" | "all";
  readonly methodNotAllowed?: Profile["methodNotAllowed"];
  readonly headFromGet?: boolean;
  readonly optionsFromRoutes?: boolean;
  /** Form-encoded POST requests: method override, and fields as query parameters. */
  readonly formPost?: boolean;
  /**
   * The treatment of `Grpc-Metadata-` headers: dropped, or forwarded as metadata, without or with names that handlers
   * take for checked (`authorization`, `grpcgateway-…`).
   */
  readonly grpcMetadata?: "drop" | "forward" | "forwardAll";
  /** Whether the query sets what a body `*` left out. */
  readonly queryWithBodyStar?: "ignore" | "bind";
  readonly mediaTypes?: "ignore" | "check";
  /** google.api.HttpBody as a request or its body: JSON of the message, or the bytes as they come. */
  readonly httpBodyRequests?: "json" | "raw";
  /** Separators in a stream of google.api.HttpBody: a newline after each message, or nothing. */
  readonly httpBodyStreams?: "lines" | "raw";
  /** The form of server streams: lines of `{"result"}`, lines of messages, one array, or server-sent events. */
  readonly streaming?: "resultLines" | "ndjson" | "jsonArray" | "sse";
  /** Whether the Accept header can choose another form of a stream. */
  readonly streamingByAccept?: boolean;
}

/**
 * Rules of reading and printing messages in which profiles and versions of grpc-gateway differ, and which no option
 * sets.
 */
export interface TranscodingRules {
  /** Maps and structs are printed in the order of their keys. */
  readonly sortsKeys: boolean;
  /** JSON may have no other numbers of a closed enum than those that are declared. */
  readonly closesEnums: boolean;
  /** The first JSON value of a body is read, and what follows it ignored. */
  readonly readsFirstValue: boolean;
  /** An empty body sets a field whose absence would show. */
  readonly fillsEmptyBody: boolean;
  /** A `response_body` that is a scalar with presence is null where it is not set. */
  readonly printsNull: boolean;
  /** The text of a FieldMask in a path or query: as in JSON, paths as they are, or those with empty ones among them. */
  readonly maskText: "json" | "paths" | "everyPath";
  /** The generation of grpc-gateway that texts of parameters are read as. */
  readonly gateway: GatewayVersion;
}
