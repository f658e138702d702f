/** How requests are routed and read; fixed at generation by `transcoding.profile`. */

/** What is percent-decoded in a path, and when. */
export type PathUnescaping =
  /** The whole path, before it is split: an escaped slash separates segments. */
  | "legacy"
  /** After the split. `**` keeps the escapes of characters that RFC 6570 reserves. */
  | "allExceptReserved"
  /** After the split. `**` keeps escaped slashes. */
  | "allExceptSlash"
  /** After the split, which `%2F` takes part in. */
  | "all";

/** Behaviour that differs between the transcoders that users come from. */
export interface Profile {
  /** Which of several matching templates answers. */
  readonly precedence: "lastDeclared" | "specificity";
  readonly unescaping: PathUnescaping;
  /** The path matches with another method: gRPC's UNIMPLEMENTED, or 405 with Allow. */
  readonly methodNotAllowed: "501" | "405";
  /** A GET binding answers HEAD, too. */
  readonly headFromGet: boolean;
  /** X-HTTP-Method-Override, GET as POST, and fields in form-encoded bodies; only for form-encoded POST requests. */
  readonly forms: boolean;
}

/** grpc-gateway v2 with its defaults. */
export const grpcGateway: Profile = {
  precedence: "lastDeclared",
  unescaping: "legacy",
  methodNotAllowed: "501",
  headFromGet: false,
  forms: true,
};

/** https://github.com/googleapis/googleapis/blob/master/google/api/http.proto with routing by specificity. */
export const spec: Profile = {
  precedence: "specificity",
  unescaping: "allExceptSlash",
  methodNotAllowed: "405",
  headFromGet: true,
  forms: false,
};
