/** The API that is attacked: every kind of field, binding and body that generated functions read, behind handlers that give back what they got. */

const scalars = [
  ..."int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 float double bool string bytes".split(
    " ",
  ),
];
const wellKnown = [
  ..."Timestamp Duration FieldMask Struct Value ListValue Any Empty Int64Value StringValue BytesValue DoubleValue".split(
    " ",
  ),
];
const keys = ["int32", "uint32", "int64", "uint64", "bool", "string"];

/** `google.protobuf.Int64Value` is the field `int64_value`. */
const fieldName = (type: string): string => type.replace(/(?!^)[A-Z]/g, "_$&").toLowerCase();

let number = 0;
const line = (type: string, name: string): string => `  ${type} ${name} = ${++number};`;

const fields = [
  ...scalars.flatMap((type) => [line(type, `a_${type}`), line(`repeated ${type}`, `list_${type}`)]),
  ...wellKnown.flatMap((type) => [
    line(`google.protobuf.${type}`, `a_${fieldName(type)}`),
    line(`repeated google.protobuf.${type}`, `list_${fieldName(type)}`),
  ]),
  ...keys.map((key) => line(`map<${key}, string>`, `by_${key}`)),
  line("map<string, Small>", "small_by_name"),
  line("map<string, All>", "named"),
  line("map<string, google.protobuf.Value>", "value_by_name"),
  line("Kind", "a_kind"),
  line("repeated Kind", "list_kind"),
  line("All", "one"),
  line("repeated All", "many"),
  line("Small", "small"),
  line("repeated Small", "smalls"),
  line("optional string", "maybe"),
];

/** The messages and the service. */
export const hostileApi = `syntax = "proto3";
package hostile.v1;
import "google/api/annotations.proto";
import "google/api/httpbody.proto";
import "google/protobuf/any.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/empty.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
enum Kind { KIND_UNSPECIFIED = 0; ONE = 1; }
message Small { string text = 1; int32 number = 2; }
message Flat { string text = 1; double number = 2; Small small = 3; repeated Small smalls = 4; repeated int64 numbers = 5; }
message All {
${fields.join("\n")}
  oneof choice { string left = ${number + 1}; All right = ${number + 2}; }
}
message Patch { All all = 1; google.protobuf.FieldMask update_mask = 2; }
service Hostile {
  rpc Echo(All) returns (All) { option (google.api.http) = { post: "/v1/echo" body: "*" additional_bindings { get: "/v1/echo" } }; }
  rpc EchoFlat(Flat) returns (Flat) { option (google.api.http) = { post: "/v1/flat" body: "*" }; }
  rpc Field(All) returns (All) { option (google.api.http) = {
    post: "/v1/fields" body: "one" response_body: "one"
    additional_bindings { post: "/v1/fields/value" body: "a_value" response_body: "a_value" }
    additional_bindings { post: "/v1/fields/list" body: "list_string" response_body: "list_string" }
    additional_bindings { post: "/v1/fields/bare" }
  }; }
  rpc Path(All) returns (All) { option (google.api.http) = {
    get: "/v1/paths/{a_string}/{a_double}/{a_int64}/{a_bytes}/{a_timestamp}"
    additional_bindings { get: "/v1/deep/{a_string=**}:verb" }
    additional_bindings { get: "/v1/{a_string=many/*/parts/**}" }
  }; }
  rpc Update(Patch) returns (All) { option (google.api.http) = { patch: "/v1/patch" body: "all" }; }
  rpc Collect(stream All) returns (Flat) { option (google.api.http) = { post: "/v1/collect" body: "*" }; }
  rpc CollectSmall(stream Small) returns (Flat) { option (google.api.http) = { post: "/v1/smalls" body: "*" }; }
  rpc CollectValues(stream google.protobuf.Value) returns (Flat) { option (google.api.http) = { post: "/v1/values" body: "*" }; }
  rpc Raw(google.api.HttpBody) returns (google.api.HttpBody) { option (google.api.http) = { post: "/v1/raw" body: "*" }; }
  rpc Replies(All) returns (stream All) { option (google.api.http) = { post: "/v1/replies" body: "*" }; }
}
`;

const echo = (name: string): string => `export const ${name} = async (request: never) => request;\n`;
const count = (name: string): string =>
  `export const ${name} = async (requests: AsyncIterable<unknown>) => { let number = 0; for await (const _ of requests) number++; return { number }; };\n`;

/** Handlers by the file that generated code imports them from. */
export const hostileHandlers: Readonly<Record<string, string>> = {
  "echo.ts": echo("echo"),
  "echo-flat.ts": echo("echoFlat"),
  "field.ts": echo("field"),
  "path.ts": echo("path"),
  "update.ts": "export const update = async (request: { all?: never }) => request.all ?? {};\n",
  "collect.ts": count("collect"),
  "collect-small.ts": count("collectSmall"),
  "collect-values.ts": count("collectValues"),
  "raw.ts": echo("raw"),
  "replies.ts": "export const replies = async function* (request: never) { yield request; yield request; };\n",
};
