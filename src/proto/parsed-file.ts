/**
 * The content of one .proto file as written: type names are unresolved, options are uninterpreted, and every name has
 * its place. `read-proto-source.ts` makes these, linking turns them into `FileDescriptor`s (descriptor.ts).
 */
import type { Span } from "../diagnostics.js";
import type { Edition, ImportDescriptor, Located, ScalarType } from "./descriptor.js";

/** One .proto file. Lists are in declaration order. */
export interface ParsedFile {
  /** Import path: `acme/library/v1/library.proto`, forward slashes on every system. */
  readonly path: string;
  /** Path to show in diagnostics. */
  readonly displayPath: string;
  /** The value; `proto2` when the file has no syntax statement. The span is the string, or 1:1 without a statement. */
  readonly edition: Located<Edition>;
  /** Dotted, no leading dot; absent without a package statement. */
  readonly package?: Located<string>;
  /** The span is the text between the quotes. */
  readonly imports: readonly ImportDescriptor[];
  readonly messages: readonly ParsedMessage[];
  readonly enums: readonly ParsedEnum[];
  readonly services: readonly ParsedService[];
  /** Fields of the top-level `extend` blocks. */
  readonly extensions: readonly ParsedField[];
  /** `option …;` statements at file level. */
  readonly options: readonly ParsedOption[];
  /** One of the files that the tool brings along, which may be of another version than what the user's files were written for. */
  readonly supplied?: boolean;
}

/** The common part of every declaration. */
export interface ParsedDeclaration {
  /** The simple name. */
  readonly name: string;
  /** The place of the name. */
  readonly span: Span;
  /** The leading comment with protoc's rules and text: exactly `SourceCodeInfo.Location.leading_comments`, or "". */
  readonly comment: string;
  readonly options: readonly ParsedOption[];
}

/** A message; also the message that a `group` field defines (name as written, capitalised). */
export interface ParsedMessage extends ParsedDeclaration {
  /** Includes the fields inside oneofs, where they stand, map fields, and the field of each group. */
  readonly fields: readonly ParsedField[];
  readonly oneofs: readonly ParsedDeclaration[];
  /** Includes the messages of groups (also of groups in `extend` blocks), where they stand. */
  readonly messages: readonly ParsedMessage[];
  readonly enums: readonly ParsedEnum[];
  /** Fields of the `extend` blocks inside this message. */
  readonly extensions: readonly ParsedField[];
  readonly extensionRanges: readonly ParsedExtensionRange[];
  readonly reservedRanges: readonly ParsedRange[];
  readonly reservedNames: readonly Located<string>[];
  /** True for the message of a `group` field. */
  readonly isGroup: boolean;
}

/** Numbers [from, to); `to max` gives 536870912 in messages, 2147483648 in enums. */
export interface ParsedRange {
  readonly from: number;
  readonly to: number;
  /** Written as `to max`. */
  readonly isMax: boolean;
  readonly span: Span;
}

/** One range of an `extensions` statement; the options in brackets apply to every range of the statement. */
export interface ParsedExtensionRange extends ParsedRange {
  readonly options: readonly ParsedOption[];
}

/** A scalar keyword, or a type name as written, a leading dot included. */
export type ParsedTypeName =
  | { readonly kind: "scalar"; readonly scalar: ScalarType; readonly span: Span }
  | { readonly kind: "named"; readonly name: string; readonly span: Span };

/** A group's `name` is that of the message beside the field. */
export type ParsedFieldType =
  | ParsedTypeName
  | { readonly kind: "group"; readonly name: string; readonly span: Span }
  | { readonly kind: "map"; readonly key: ParsedTypeName; readonly value: ParsedTypeName; readonly span: Span };

/** A field or an extension. The name of a group's field is the lower-cased group name. */
export interface ParsedField extends ParsedDeclaration {
  readonly number: Located<number>;
  readonly type: ParsedFieldType;
  /** Label as written; `singular` without a label. Maps are `repeated`. */
  readonly label: "singular" | "optional" | "required" | "repeated";
  /** The place of the label keyword, when there is one. */
  readonly labelSpan?: Span;
  /** Name of the enclosing `oneof` block. */
  readonly oneof?: string;
  /** Name of the extended message as written, including a leading dot; only in `extend` blocks. */
  readonly extendee?: Located<string>;
}

export interface ParsedEnum extends ParsedDeclaration {
  readonly values: readonly ParsedEnumValue[];
  readonly reservedRanges: readonly ParsedRange[];
  readonly reservedNames: readonly Located<string>[];
}

export interface ParsedEnumValue extends ParsedDeclaration {
  readonly number: Located<number>;
}

export interface ParsedService extends ParsedDeclaration {
  readonly methods: readonly ParsedMethod[];
}

/** Type names as written, a leading dot included. */
export interface ParsedMethod extends ParsedDeclaration {
  readonly input: Located<string>;
  readonly output: Located<string>;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
}

/** One option: `option name = value;`, or `name = value` in brackets (`default` and `json_name` included). */
export interface ParsedOption {
  /** `(google.api.http).custom.kind` has three parts. */
  readonly name: readonly OptionNamePart[];
  readonly value: OptionValue;
  /** From the first character of the name to the last of the value. */
  readonly span: Span;
}

/** `text` is without parentheses, white space and comments; an extension name may keep its leading dot. */
export interface OptionNamePart {
  readonly text: string;
  readonly isExtension: boolean;
  readonly span: Span;
}

/** The value of an option, or of a field in a message literal (https://protobuf.dev/reference/protobuf/textformat-spec). */
export type OptionValue =
  | OptionString
  /** `text` as written, without the sign: `0x1F`, `017`, `1e3`, `.5`, `1.5f`. */
  | { readonly kind: "number"; readonly text: string; readonly negative: boolean; readonly span: Span }
  /** `true`, an enum value name, `inf`, `nan`; `negative` for `-inf`. */
  | { readonly kind: "identifier"; readonly name: string; readonly negative: boolean; readonly span: Span }
  | OptionMessage
  | { readonly kind: "list"; readonly items: readonly OptionValue[]; readonly span: Span };

/** Adjacent literals joined, escapes decoded to bytes. */
export interface OptionString {
  readonly kind: "string";
  /** The bytes as UTF-8; malformed sequences become U+FFFD. */
  readonly text: string;
  /** The bytes as latin1, one character each. */
  readonly bytes: string;
  /** The text between the quotes for one literal; from first to last quote for adjacent ones. */
  readonly span: Span;
  /** True for one literal without escapes: character n of `text` stands at `span.column + n`. */
  readonly verbatim: boolean;
}

/** `{ … }` or `< … >`. */
export interface OptionMessage {
  readonly kind: "message";
  readonly fields: readonly OptionField[];
  readonly span: Span;
}

/** One `name: value`. A name that is written twice is here twice. */
export interface OptionField {
  readonly name: OptionFieldName;
  readonly value: OptionValue;
  /** From the name to the end of the value. */
  readonly span: Span;
}

/** `name`, `[pkg.extension]` or `[type.googleapis.com/pkg.Message]`. */
export interface OptionFieldName {
  readonly kind: "field" | "extension" | "any";
  /** Without brackets, white space and comments. */
  readonly text: string;
  readonly span: Span;
}
