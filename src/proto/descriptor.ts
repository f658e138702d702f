/**
 * The declarations of a .proto file as plain data: names are resolved, the options that this tool understands are
 * interpreted, and every declaration has its place. Both readers (source text, FileDescriptorSet) end here with equal
 * values; the differential test over googleapis compares exactly these structures.
 */
import type { Span } from "../diagnostics.js";

/** `proto2` and `proto3` are the two syntaxes that editions generalise. */
export type Edition = "proto2" | "proto3" | "2023" | "2024" | "2026";

/** https://protobuf.dev/programming-guides/proto3/#scalar */
export type ScalarType =
  | "double"
  | "float"
  | "int32"
  | "int64"
  | "uint32"
  | "uint64"
  | "sint32"
  | "sint64"
  | "fixed32"
  | "fixed64"
  | "sfixed32"
  | "sfixed64"
  | "bool"
  | "string"
  | "bytes";

/** A value with the place it was written at. On the descriptor path the span covers the option statement. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}

/** One .proto file. */
export interface FileDescriptor {
  /** Import path: `acme/library/v1/library.proto`, forward slashes on every system. */
  readonly path: string;
  /** Path to show in diagnostics: the file on disk relative to the working directory, or the import path. */
  readonly displayPath: string;
  /** `acme.library.v1`; empty without a package statement. */
  readonly package: string;
  readonly edition: Edition;
  readonly imports: readonly ImportDescriptor[];
  readonly messages: readonly MessageDescriptor[];
  readonly enums: readonly EnumDescriptor[];
  readonly services: readonly ServiceDescriptor[];
  readonly extensions: readonly FieldDescriptor[];
  readonly features: FeatureOverrides;
}

export interface ImportDescriptor {
  readonly path: string;
  readonly kind: "plain" | "public" | "weak" | "option";
  readonly span: Span;
}

/** The common part of every named declaration. `comment` is the leading comment, without markers, or "". */
export interface Declaration {
  readonly name: string;
  /** `acme.library.v1.Shelf.Meta`, no leading dot. */
  readonly fullName: string;
  readonly comment: string;
  readonly deprecated: boolean;
  /** The declared name. */
  readonly span: Span;
}

export interface MessageDescriptor extends Declaration {
  /** Declaration order. Map entries are not messages here: see `FieldType` map. */
  readonly fields: readonly FieldDescriptor[];
  /** Without the synthetic oneofs of proto3 `optional` fields. */
  readonly oneofs: readonly Declaration[];
  readonly messages: readonly MessageDescriptor[];
  readonly enums: readonly EnumDescriptor[];
  readonly extensions: readonly FieldDescriptor[];
  readonly messageSetWireFormat: boolean;
  /** Closed-open ranges of extension numbers: [from, to). */
  readonly extensionRanges: readonly (readonly [number, number])[];
  readonly features: FeatureOverrides;
}

/** The type of one value. `fullName` is resolved. */
export type ElementType =
  | { readonly kind: "scalar"; readonly scalar: ScalarType }
  | { readonly kind: "enum"; readonly fullName: string }
  | { readonly kind: "message"; readonly fullName: string }
  /** proto2 `group`, or an editions message field written with delimited encoding is `message` plus a feature. */
  | { readonly kind: "group"; readonly fullName: string };

export type FieldType = ElementType | { readonly kind: "map"; readonly key: ScalarType; readonly value: ElementType };

export interface FieldDescriptor extends Declaration {
  readonly number: number;
  readonly type: FieldType;
  /**
   * Label as written; `singular` is a field without a label (proto3, editions, oneof members). Maps are `repeated`.
   */
  readonly label: "singular" | "optional" | "required" | "repeated";
  /** Always set: the `json_name` option, or the lowerCamelCase name (for an extension `[full.name]`). */
  readonly jsonName: string;
  /** Name of the oneof it belongs to; not set for proto3 `optional`. */
  readonly oneof?: string;
  /** `[packed = …]` as written. */
  readonly packed?: boolean;
  /** `[default = …]` as text: numbers as written in canonical decimal, strings decoded, bytes as latin1, enum value names. */
  readonly defaultValue?: string;
  /** Full name of the extended message; only on extensions. */
  readonly extendee?: string;
  /** `debug_redact = true`: values stay out of logs; absent otherwise. */
  readonly redacted?: true;
  readonly features: FeatureOverrides;
}

export interface EnumDescriptor extends Declaration {
  readonly values: readonly EnumValueDescriptor[];
  readonly allowAlias: boolean;
  readonly features: FeatureOverrides;
}

export interface EnumValueDescriptor extends Declaration {
  readonly number: number;
  /** Name in JSON if it is different: `(pb.enumvalue.json).string`, from edition 2026 on. */
  readonly jsonName?: string;
}

export interface ServiceDescriptor extends Declaration {
  readonly methods: readonly MethodDescriptor[];
}

export interface MethodDescriptor extends Declaration {
  /** Full name of the request message. */
  readonly input: Located<string>;
  /** Full name of the reply message. */
  readonly output: Located<string>;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
  /** The `google.api.http` option. */
  readonly http?: HttpRule;
  /** `idempotency_level = NO_SIDE_EFFECTS`; absent otherwise. */
  readonly noSideEffects?: true;
  /** The `google.longrunning.operation_info` option, where one of its types is set. */
  readonly operation?: OperationInfo;
}

/**
 * google.longrunning.OperationInfo: what the Any fields of the google.longrunning.Operation that a method returns hold. Names as
 * written: full, or relative to the package of the service.
 */
export interface OperationInfo {
  readonly responseType?: string;
  readonly metadataType?: string;
}

/** google.api.HttpRule as written (google/api/http.proto), before any meaning is given to it. */
export interface HttpRule {
  /** Only in service configuration; ignored in annotations. */
  readonly selector?: Located<string>;
  /** Absent when no pattern was set: such a rule binds nothing by itself. */
  readonly pattern?: HttpPattern;
  readonly body?: Located<string>;
  readonly responseBody?: Located<string>;
  readonly additionalBindings: readonly HttpRule[];
  readonly span: Span;
}

export interface HttpPattern {
  readonly kind: "get" | "put" | "post" | "delete" | "patch" | "custom";
  /** Upper-case for the five verbs; as written for `custom`. */
  readonly httpMethod: string;
  /** The path template; the span is the text inside the quotes where the source is at hand. */
  readonly path: Located<string>;
}

/** The editions features that change what this tool generates, where a declaration sets them itself. */
export interface FeatureOverrides {
  readonly fieldPresence?: "explicit" | "implicit" | "legacy_required";
  readonly enumType?: "open" | "closed";
  readonly repeatedFieldEncoding?: "packed" | "expanded";
  readonly messageEncoding?: "length_prefixed" | "delimited";
  readonly jsonFormat?: "allow" | "legacy_best_effort";
  readonly utf8Validation?: "verify" | "none";
}
