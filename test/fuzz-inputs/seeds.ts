/** Valid inputs to begin with: small, and with something of every kind that the generator reads. */

/** .proto files by import path. */
export type Protos = Readonly<Record<string, string>>;

const proto3 = `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
import "google/protobuf/any.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
import "two.proto";
// Shelves and what is on them.
service Shelves {
  // Returns one.
  rpc GetShelf(GetShelfRequest) returns (Shelf) {
    option (google.api.http) = { get: "/v1/{name=shelves/*}" additional_bindings { get: "/v1/shelf/{id.number}" } };
  }
  rpc UpdateShelf(UpdateShelfRequest) returns (Shelf) {
    option (google.api.http) = { patch: "/v1/{shelf.name=shelves/*}" body: "shelf" };
  }
  rpc ListShelves(GetShelfRequest) returns (stream Shelf) { option (google.api.http).get = "/v1/shelves:list"; }
  rpc Move(stream Shelf) returns (Shelf) { option (google.api.http) = { post: "/v1/move" body: "*" response_body: "name" }; }
  rpc Unbound(Shelf) returns (acme.two.Old);
}
message Id { int64 number = 1; }
message GetShelfRequest { string name = 1; Id id = 2; Kind kind = 3; repeated int32 pages = 4; google.protobuf.Timestamp since = 5; }
message UpdateShelfRequest { Shelf shelf = 1; google.protobuf.FieldMask update_mask = 2; }
/* A shelf. */
message Shelf {
  string name = 1;
  optional int32 size = 2;
  map<string, Book> books = 3;
  map<int64, bytes> raw = 4;
  oneof owner { string person = 5; Id number = 6; google.protobuf.StringValue other = 7; }
  repeated Kind kinds = 8 [packed = false];
  google.protobuf.Any any = 9;
  google.protobuf.Struct struct = 10;
  acme.two.Old old = 11;
  Shelf inner = 12 [deprecated = true];
  double price = 13 [json_name = "cost"];
  reserved 20 to 30, 40;
  reserved "gone";
  message Book { string title = 1; Kind kind = 2; uint64 copies = 3; fixed32 f = 4; sint64 s = 5; bool lent = 6; }
  enum Kind { KIND_UNSPECIFIED = 0; NOVEL = 1; ATLAS = 5; }
}
enum Kind { option allow_alias = true; NONE = 0; SOME = 1; FEW = 1; }
`;

const proto2 = `syntax = "proto2";
package acme.two;
import "google/protobuf/descriptor.proto";
message Old {
  required string id = 1;
  optional Size size = 2 [default = LARGE];
  optional int64 stock = 3 [default = -5];
  optional bytes tag = 4 [default = "\\001a"];
  optional group Fit = 5 { optional string cut = 1; }
  repeated float numbers = 6 [packed = true];
  optional double ratio = 7 [default = inf];
  extensions 100 to 199, 500 to max;
}
extend Old { optional string brand = 100; repeated Size sizes = 101; }
enum Size { SMALL = 1; LARGE = 2; }
extend google.protobuf.MessageOptions { optional Old about = 50001; }
message Told { option (about) = { id: "x" size: SMALL [acme.two.brand]: "b" numbers: [1, 2.5] }; optional string a = 1; }
`;

const editions = `edition = "2023";
package acme.v3;
import "google/api/annotations.proto";
option features.field_presence = IMPLICIT;
service Editions { rpc Ask(Question) returns (Answer) { option (google.api.http) = { post: "/v3/ask/{topic}" body: "*" }; } }
message Question { string topic = 1; Answer answer = 2 [features.message_encoding = DELIMITED]; repeated int32 n = 3 [features.repeated_field_encoding = EXPANDED]; }
message Answer { string text = 1 [features.field_presence = EXPLICIT]; Closed closed = 2 [features.field_presence = EXPLICIT]; }
enum Closed { option features.enum_type = CLOSED; A = 1; B = 2; }
`;

/** The files of the text fuzzer and, built, of the one for descriptor sets. */
export const protoSeed: Protos = { "one.proto": proto3, "two.proto": proto2, "three.proto": editions };

/** A configuration for these files that has a value of every kind. */
export const configSeed = `# All of it
protos: [one.proto, "three.proto"]
include:
  - .
out: gen
handlers: src/handlers
template: template.yaml
only:
  - acme.v1.Shelves
skip: [acme.v1.Shelves.ListShelves]
unbound: bind
anyTypes:
  - acme.v1.Shelf
messages: { preset: proto-loader, keepCase: true, longs: String, defaults: true, oneofs: true }
methods:
  acme.v1.Shelves.GetShelf: { status: 203 }
services:
  acme.v1.Shelves:
    messages: ts-proto
    environment: { NAME: value, TABLE: { ref: TableName } }
    policies:
      - arn:aws:iam::aws:policy/ReadOnlyAccess
      - actions: [dynamodb:GetItem]
        resources: ['*']
transcoding:
  profile: spec
  emitDefaults: false
  unknownFields: reject
  binary: true
  formBodies: true
  pathUnescaping: all
  streaming: ndjson
  clientStreaming: { maxMessages: 5 }
deployment:
  frontDoor: rest-api
  functions: { reads: [acme.v1.Shelves.GetShelf, acme.v1.Shelves.Move] }
  runtime: nodejs22.x
  memorySize: 1024
  timeout: 20
  auth: jwt
  environment: { STAGE: dev }
  cors: { origins: ["https://a.example"], headers: [content-type], maxAge: 600, credentials: true }
  compression: { minBytes: 1000 }
  largePayloads: { responses: envelope, uploads: true }
`;

/** A service configuration for the RPC of these files that has no rule. */
export const serviceConfigSeed = `type: google.api.Service
config_version: 3
name: acme.example.com
http:
  fully_decode_reserved_expansion: true
  rules:
  - selector: acme.v1.Shelves.Unbound
    post: /v1/{name=unbound/*}:do
    body: "*"
    additional_bindings:
    - get: "/v1/unbound"
      response_body: id
  - selector: acme.v1.Shelves.GetShelf
    custom: { kind: HEAD, path: /v1/head }
`;
