/** The protos of the matrix: one RPC for each field kind, with a binding for each place in which a field can be. */
import { type Extent, type FieldKind, kindsIn } from "./kinds.js";

/** They differ in presence, in how messages are delimited and in enums. */
export const allDialects = ["proto3", "proto2", "editions"] as const;

/** One of them. */
export type Dialect = (typeof allDialects)[number];

/** Path variables and body fields of a kind, as `matrix.<dialect>.<name>Case` declares them. */
export const singularFields = ["plain", "maybe", "chosen"] as const;

/** Fields that hold several. */
export const manyFields = ["many", "by_name"] as const;

const imports = [
  ...["google/api/annotations.proto", "google/protobuf/any.proto", "google/protobuf/duration.proto"],
  ...["google/protobuf/empty.proto", "google/protobuf/field_mask.proto", "google/protobuf/struct.proto"],
  ...["google/protobuf/timestamp.proto", "google/protobuf/wrappers.proto", "matrix/types.proto"],
].map((path) => `import "${path}";\n`);

function head(dialect: Dialect, name: string): string {
  const syntax = { proto3: 'syntax = "proto3";', proto2: 'syntax = "proto2";', editions: 'edition = "2023";' }[dialect];
  return `${syntax}\npackage matrix.${name};\n${imports.join("")}`;
}

/** The kinds of a dialect. */
export function kindsOf(dialect: Dialect, extent: Extent): readonly FieldKind[] {
  const kinds = kindsIn(extent);
  if (dialect === "proto3") return kinds;
  const closed: FieldKind = {
    name: "Closed",
    type: "Closed",
    texts: ["TWO", "1", "9", "x"],
    json: ['"TWO"', "1", "9", "null", '"NO_SUCH"'],
  };
  return [...kinds, closed];
}

function text(dialect: Dialect, extent: Extent): string {
  const kinds = kindsOf(dialect, extent);
  const closed = {
    proto3: "",
    proto2: "enum Closed { ONE = 1; TWO = 2; }\n",
    editions: "enum Closed { option features.enum_type = CLOSED; ONE = 1; TWO = 2; }\n",
  }[dialect];
  const rpcs = kinds.map(
    (kind) => `  rpc ${kind.name}(${kind.name}Case) returns (${kind.name}Case) ${rule(dialect, kind)}\n`,
  );
  return `${head(dialect, dialect)}${closed}${kinds.map((kind) => message(dialect, kind)).join("")}service ${serviceName(dialect)} {\n${rpcs.join("")}}\n`;
}

/** `Proto3Matrix`. */
export function serviceName(dialect: Dialect): string {
  return `${dialect.charAt(0).toUpperCase()}${dialect.slice(1)}Matrix`;
}

/** What each dialect has in a place of its own: a default, a group, an implicit or required field. */
function extra(dialect: Dialect, kind: FieldKind): string {
  const isMessage = kind.type.startsWith("google.protobuf.") && kind.name !== "Null";
  if (dialect === "editions" && !isMessage && kind.name !== "Part" && kind.name !== "Closed")
    return ` ${kind.type} implied = 9 [features.field_presence = IMPLICIT];`;
  if (dialect === "editions" && (isMessage || kind.name === "Part"))
    return ` ${kind.type} implied = 9 [features.message_encoding = DELIMITED];`;
  if (dialect === "proto2" && kind.name === "Part")
    return " optional group Implied = 9 { optional string name = 1; optional int64 size = 2; }";
  return "";
}

function message(dialect: Dialect, kind: FieldKind): string {
  const { name, type } = kind;
  const label = dialect === "proto2" ? "optional " : "";
  const maybe = dialect === "editions" ? "" : "optional ";
  // A closed enum that has no zero cannot be the value of a map.
  const value = name === "Closed" ? "Level" : type;
  // They are a Map in ts-proto's styles.
  const keyed = name === "Part" ? " map<bool, Part> by_flag = 20; map<int64, fixed64> by_long = 21;" : "";
  return `message ${name}Case {
  ${label}${type} plain = 1; ${maybe}${type} maybe = 2; oneof choice { ${type} chosen = 3; string other = 4; }
  repeated ${type} many = 5; map<string, ${value}> by_name = 6; ${label}${name}Inner inner = 7; ${label}string tag = 8;${extra(dialect, kind)}${keyed}
}
message ${name}Inner { ${label}${type} plain = 1; oneof choice { ${type} chosen = 2; string other = 3; } }
`;
}

/** Whether a field of the kind can be a path variable. */
export function isPathKind({ name, isWellKnown, inner }: FieldKind): boolean {
  if (name === "Part" || name === "Any" || name === "Empty") return false;
  return isWellKnown !== true || name === "Timestamp" || name === "Duration" || inner?.[0]?.[0] === "value";
}

/** The path variables of a kind, dotted. */
export function pathVariables(kind: FieldKind): string[] {
  const fields = [...singularFields, "inner.plain", "inner.chosen"];
  const whole = isPathKind(kind) ? [...fields, ...(kind.isWellKnown === true ? [] : ["many"])] : [];
  const below = (kind.inner ?? []).flatMap(([name]) => fields.map((field) => `${field}.${name}`));
  return [...whole, ...below];
}

/** `/v1/proto3/int32/path/plain`. */
export function pathOf(dialect: string, kind: FieldKind, ...more: readonly string[]): string {
  return ["", dialect, kind.name, ...more].join("/");
}

function rule(dialect: Dialect, kind: FieldKind): string {
  const at = (...more: readonly string[]): string => pathOf(dialect, kind, ...more);
  const fields = [...singularFields, ...manyFields, "inner", ...(extra(dialect, kind) === "" ? [] : ["implied"])];
  const bindings = [
    `post: "${at()}" body: "*"`,
    `get: "${at("query")}"`,
    ...pathVariables(kind).flatMap((variable) => [
      `get: "${at("path", variable, `{${variable}}`)}"`,
      `put: "${at("path", variable, `{${variable}}`)}" body: "*"`,
    ]),
    ...(kind.inner ?? []).slice(1).map(([name]) => {
      const first = kind.inner?.[0]?.[0];
      return `get: "${at("two", name, `{plain.${first}}`, `{plain.${name}}`)}"`;
    }),
    ...fields.map((field) => `put: "${at("body", field)}" body: "${field}"`),
    ...fields.map((field) => `post: "${at("reply", field)}" body: "*" response_body: "${field}"`),
  ];
  return ruleText(bindings);
}

function ruleText([first, ...more]: readonly string[]): string {
  const additional = more.map((binding) => `      additional_bindings { ${binding} }\n`).join("");
  return `{\n    option (google.api.http) = {\n      ${first}\n${additional}    };\n  }`;
}

/** The fields of each well-known type that a body or a reply can be. */
export const wellKnownFields: Readonly<Record<string, readonly string[]>> = {
  ...{ Timestamp: ["seconds", "nanos"], Duration: ["seconds", "nanos"], FieldMask: ["paths"], Empty: [] },
  ...{ Struct: ["fields"], ListValue: ["values"], Any: ["type_url", "value"] },
  Value: ["null_value", "number_value", "string_value", "bool_value", "struct_value", "list_value"],
};

/** The fields of a well-known type. */
export function fieldsOf(kind: FieldKind): readonly string[] {
  return wellKnownFields[kind.name] ?? ["value"];
}

/** Well-known types that are whole requests and replies. */
function aloneText(extent: Extent): string {
  const rpcs = kindsIn(extent)
    .filter(({ isWellKnown }) => isWellKnown === true)
    .map((kind) => {
      const at = (...more: readonly string[]): string => pathOf("alone", kind, ...more);
      const bindings = [
        `post: "${at()}" body: "*"`,
        `get: "${at("query")}"`,
        ...(kind.inner ?? []).flatMap(([name]) => [
          `get: "${at("path", name, `{${name}}`)}"`,
          `put: "${at("path", name, `{${name}}`)}" body: "*"`,
        ]),
        ...fieldsOf(kind).map((field) => `put: "${at("body", field)}" body: "${field}"`),
        ...fieldsOf(kind).map((field) => `post: "${at("reply", field)}" body: "*" response_body: "${field}"`),
      ];
      return `  rpc ${kind.name}(${kind.type}) returns (${kind.type}) ${ruleText(bindings)}\n`;
    });
  return `${head("proto3", "alone")}${oddMessages}service AloneMatrix {\n${rpcs.join("")}${oddRpcs}}\n`;
}

/** Messages whose setters need neither a value nor the message. */
const oddMessages = "message Refused { repeated Part message = 1; }\nmessage Descended { Part part = 1; }\n";
const oddRpcs = `  rpc Refuse(Refused) returns (Refused) { option (google.api.http) = { get: "/alone/refused" }; }
  rpc Descend(Descended) returns (Descended) { option (google.api.http) = { get: "/alone/descended" }; }
`;

/** An RPC that has to be planned for itself: no other one needs what is below a Value. */
const onlyText = `${head("proto3", "only")}message Holder { google.protobuf.Value plain = 1; }
service OnlyMatrix { rpc Value(Holder) returns (Holder) ${ruleText(['get: "/only/value"'])} }
`;

/** .proto texts by path, one for each dialect, and one with whole well-known types. */
export function matrixProtos(dialects: readonly Dialect[], extent: Extent): Readonly<Record<string, string>> {
  return {
    "matrix/types.proto": `syntax = "proto3";
package matrix;
enum Level { LOW = 0; HIGH = 1; }
message Part { string name = 1; int64 size = 2; Part part = 3; }
`,
    ...Object.fromEntries(dialects.map((each) => [`matrix/${each}.proto`, text(each, extent)])),
    "matrix/alone.proto": aloneText(extent),
    "matrix/only.proto": onlyText,
  };
}
