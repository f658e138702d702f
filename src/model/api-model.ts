/**
 * ApiModel: what the API is, with no Lambda in it. Plain readonly data, JSON-serialisable; declarations refer to each
 * other by full name (`indexModel` gives the look-ups).
 */
import type { Location } from "../diagnostics.js";
import type { PathTemplate } from "../http-rule/path-template.js";
import type { Edition, ScalarType } from "../proto/descriptor.js";

export type { Edition, ScalarType } from "../proto/descriptor.js";

export interface ApiModel {
  /** Every file that was loaded, imports included, in dependency order (imports first), ties by path. */
  readonly files: readonly ProtoFile[];
}

export interface ProtoFile {
  /** Import path. */
  readonly path: string;
  readonly package: string;
  readonly edition: Edition;
  /** Named by the user, as against pulled in by an import. Only targets get wrappers. */
  readonly target: boolean;
  /** Import paths. */
  readonly imports: readonly string[];
  /** Top-level messages; nested ones hang below them. */
  readonly messages: readonly Message[];
  readonly enums: readonly Enum[];
  readonly services: readonly Service[];
  readonly extensions: readonly Field[];
}

/** The common part of every named declaration. */
interface Named {
  readonly name: string;
  readonly fullName: string;
  /** Leading comment without markers, lines separated by \n, "" when there is none. */
  readonly comment: string;
  readonly deprecated: boolean;
  readonly location: Location;
}

export interface Message extends Named {
  /** Import path of the declaring file. */
  readonly file: string;
  readonly fields: readonly Field[];
  readonly oneofs: readonly Oneof[];
  readonly messages: readonly Message[];
  readonly enums: readonly Enum[];
  readonly extensions: readonly Field[];
  /** Set for the google.protobuf.* types that have a JSON form of their own. */
  readonly wellKnown?: WellKnownType;
  readonly messageSetWireFormat: boolean;
}

export interface Oneof extends Named {
  /** Names of the member fields, in declaration order. */
  readonly fields: readonly string[];
}

/** https://protobuf.dev/programming-guides/json/ : the messages whose JSON is not an object of their fields. */
export type WellKnownType =
  | "Any"
  | "Duration"
  | "Empty"
  | "FieldMask"
  | "ListValue"
  | "Struct"
  | "Timestamp"
  | "Value"
  | "BoolValue"
  | "BytesValue"
  | "DoubleValue"
  | "FloatValue"
  | "Int32Value"
  | "Int64Value"
  | "StringValue"
  | "UInt32Value"
  | "UInt64Value";

export interface Field extends Named {
  readonly number: number;
  /** The JSON name (`json_name` or lowerCamelCase). */
  readonly jsonName: string;
  readonly shape: FieldShape;
  /**
   * `implicit`: the zero value is not told apart from absence (proto3 scalars). `explicit`: absence is visible
   * (`optional`, messages, oneof members, proto2, editions default). `required`: proto2 / LEGACY_REQUIRED.
   * Lists and maps are `implicit`.
   */
  readonly presence: "implicit" | "explicit" | "required";
  /** Name of the (real) oneof. */
  readonly oneof?: string;
  /** Declared `optional` in proto3. */
  readonly proto3Optional: boolean;
  /** The declared default as text: decimal numbers, `inf`/`-inf`/`nan`, `true`/`false`, decoded string, bytes as latin1, enum value name. */
  readonly defaultValue?: string;
  /** Full name of the extended message; extensions only. */
  readonly extendee?: string;
  /** Declared `debug_redact`: values stay out of logs and reports. Absent otherwise. */
  readonly redacted?: true;
}

/** One value. */
export type ElementShape =
  | { readonly kind: "scalar"; readonly scalar: ScalarType /** string only */; readonly utf8: boolean }
  | { readonly kind: "enum"; readonly fullName: string; readonly closed: boolean }
  | { readonly kind: "message"; readonly fullName: string /** wire types 3 and 4 */; readonly delimited: boolean };

/** Computed once per field; every emitter switches on it exhaustively. */
export type FieldShape =
  | ElementShape
  | { readonly kind: "list"; readonly item: ElementShape; readonly packed: boolean }
  | { readonly kind: "map"; readonly key: ScalarType; readonly value: ElementShape };

export interface Enum extends Named {
  readonly file: string;
  readonly values: readonly EnumValue[];
  readonly closed: boolean;
  readonly allowAlias: boolean;
}

export interface EnumValue extends Named {
  readonly number: number;
  /** Name in JSON if it is different. */
  readonly jsonName?: string;
}

export interface Service extends Named {
  readonly file: string;
  readonly methods: readonly Method[];
}

export interface Method extends Named {
  /** Full name of the request message. */
  readonly input: string;
  /** Full name of the reply message. */
  readonly output: string;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
  /** Empty for an unbound method. The primary binding first, then `additional_bindings` in order. */
  readonly bindings: readonly Binding[];
  /** Declared `idempotency_level = NO_SIDE_EFFECTS`. Absent otherwise. */
  readonly noSideEffects?: true;
  /**
   * Full names of the loaded messages that google.longrunning.operation_info names: what the Operation in the reply holds. Absent
   * without the option.
   */
  readonly operationTypes?: readonly string[];
}

/** One HTTP endpoint of an RPC. */
export interface Binding {
  /** 0 for the rule itself, 1… for `additional_bindings`. */
  readonly index: number;
  /** `GET` …; a `custom` kind as written; `*` matches every method. */
  readonly httpMethod: string;
  readonly template: PathTemplate;
  readonly pathParams: readonly PathParam[];
  readonly body: Body;
  /** The reply field that is the whole HTTP body; undefined for the whole reply. */
  readonly responseBody?: Field;
  /** `annotation`, `serviceConfig` (google.api.Service YAML), or `unbound` (POST /pkg.Service/Method on request). */
  readonly origin: "annotation" | "serviceConfig" | "unbound";
  readonly location: Location;
}

/** A template variable together with the field it is bound to. */
export interface PathParam {
  /** Index into `template.variables`. */
  readonly variable: number;
  /** The fields from the request message down to the leaf; every one but the last is a singular message. */
  readonly fields: readonly Field[];
}

/** The use of the HTTP request body. */
export type Body =
  /** No mapping: the body is not read, fields that the path does not bind come from the query. */
  | { readonly kind: "none" }
  /** `body: "*"`: the body is the message, apart from what the path binds. */
  | { readonly kind: "all" }
  /**
   * `body: "shelf"`: the body is one field; the others come from path and query. `above`: the fields, singular messages all of
   * them, that lead to it from the request, for `body: "shelf.theme"`.
   */
  | { readonly kind: "field"; readonly field: Field; readonly above: readonly Field[] };
