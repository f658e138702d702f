/** Protos and styles for tests of what an attacker, or an unlucky name, can do to generated codecs. */
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";

/** Every preset, and the options of proto-loader that change most. */
export const hostileStyles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "proto-loader": protoLoaderDefaults,
  "proto-loader, filled": {
    ...protoLoaderDefaults,
    ...({ names: "proto", longs: "String", enums: "String", defaults: true, oneofs: "virtual" } as const),
  },
  "ts-proto": tsProtoStyle,
  "protobuf-es": protobufEsStyle,
};

/** Text that ends comments, templates, strings, regular expressions, scripts and lines. */
export const breakout =
  "*/ `${process.exit(9)}` </script> \u2028\u2029 \\u0041 \\\" ' // --> $& \u0001\u007f\ufeff {{x}}";

const quoted = JSON.stringify(breakout)
  .slice(1, -1)
  .replace(/[\u2028\u2029\u007f\ufeff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });

/** Names of Object.prototype and of JavaScript everywhere that a name can stand. */
export const hostileNames = `
  edition = "2026";
  package hostile;
  import option "google/protobuf/json_enumvalue_options.proto";
  option features.field_presence = IMPLICIT;
  // ${breakout.replace(/\p{Cc}|\p{Zl}|\p{Zp}/gu, "")} @deprecated
  enum Word {
    option features.enum_type = OPEN;
    WORD_UNSPECIFIED = 0;
    constructor = 1;
    toString = 2;
    hasOwnProperty = 3;
    __proto__ = 4;
    prototype = 5;
    null = 6;
    undefined = 7;
    ODD = 8 [(pb.enumvalue.json).string = "${quoted}"];
  }
  message Names {
    string constructor = 1;
    string __proto__ = 2;
    string to_string = 3;
    Names prototype = 4;
    map<string, string> hasOwnProperty = 5;
    repeated string __defineGetter__ = 6;
    oneof valueOf { string isPrototypeOf = 7; Names toLocaleString = 8; }
    oneof __lookupGetter__ { Word in = 9; string this = 10; }
    Word word = 11;
    repeated Word words = 12;
    map<string, Word> by_word = 13;
    string then = 14;
    string to_json = 15;
    string odd = 16 [features.field_presence = EXPLICIT, json_name = "${quoted}", default = "${quoted}"];
    string proto_again = 17 [json_name = "toJSON"];
    string case = 18;
    string value = 19;
  }
`;

/** Every kind of nesting and of scalar. */
export const hostileShapes = `
  edition = "2023";
  package hostile.shapes;
  import "google/protobuf/any.proto";
  import "google/protobuf/duration.proto";
  import "google/protobuf/field_mask.proto";
  import "google/protobuf/struct.proto";
  import "google/protobuf/timestamp.proto";
  import "google/protobuf/wrappers.proto";
  option features.field_presence = IMPLICIT;
  enum Kind { KIND_UNSPECIFIED = 0; ONE = 1; }
  message Shape {
    Shape one = 1;
    repeated Shape many = 2;
    map<string, Shape> named = 3;
    google.protobuf.Struct struct = 4;
    google.protobuf.Value value = 5;
    google.protobuf.ListValue list = 6;
    google.protobuf.Any any = 7;
    Shape group = 8 [features.message_encoding = DELIMITED];
    int64 i64 = 9;
    uint64 u64 = 10;
    int32 i32 = 11;
    uint32 u32 = 12;
    string text = 13;
    bytes data = 14;
    repeated int32 numbers = 15;
    google.protobuf.Timestamp time = 16;
    google.protobuf.Duration duration = 17;
    google.protobuf.FieldMask mask = 18;
    map<int64, string> by_number = 19;
    map<bool, string> by_bool = 20;
    double ratio = 21;
    float small = 22;
    Kind kind = 23;
    oneof choice { string a = 24; Shape b = 25; }
    repeated sint64 zigzags = 26;
    fixed64 fixed = 27;
    google.protobuf.Int64Value wrapped = 28;
    bool flag = 29;
  }
`;
