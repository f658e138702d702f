/** The types of google.api.http path templates. See https://github.com/googleapis/googleapis/blob/master/google/api/http.proto */

/** A parsed path template. `/v1/{name=shelves/*}:merge` has the segments v1, shelves, * and the verb `merge`. */
export interface PathTemplate {
  /** Text as written. */
  readonly source: string;
  readonly segments: readonly Segment[];
  /** Text after the colon; "" without one. */
  readonly verb: string;
  /** In order of appearance. */
  readonly variables: readonly Variable[];
}

export type Segment =
  | { readonly kind: "literal"; readonly text: string }
  /** `*`: exactly one path segment. */
  | { readonly kind: "wildcard" }
  /** `**`: zero or more path segments. */
  | { readonly kind: "deepWildcard" };

/** `{fieldPath=…}` captures the segments [start, end) into a request field. */
export interface Variable {
  /** Proto field names: `["shelf", "name"]` for `{shelf.name}`. */
  readonly fieldPath: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Offset of the field path in `source`, for diagnostics. */
  readonly offset: number;
}
