/**
 * Query parameters and path variables in every message style and for both versions of grpc-gateway: a row for each request, with what 2.33
 * and 2.30 make of it (`transcoding.gateway`).
 */
import { beforeAll, describe, expect, test } from "vitest";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";
import { type Echo, type EchoRequest, loadEcho } from "./echo-service.js";

const proto = `
syntax = "proto3";
package test;
import "google/api/annotations.proto";
import "google/protobuf/empty.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";

service Zoo {
  rpc Get(Animal) returns (Animal) { option (google.api.http) = { get: "/v1/query" }; }
  rpc GetBySize(Animal) returns (Animal) { option (google.api.http) = { get: "/v1/size/{small}" }; }
  rpc GetByKind(Animal) returns (Animal) { option (google.api.http) = { get: "/v1/kind/{kind}" }; }
  rpc GetBySizes(Animal) returns (Animal) { option (google.api.http) = { get: "/v1/sizes/{sizes}" }; }
  rpc GetByWeight(Animal) returns (Animal) { option (google.api.http) = { get: "/v1/weight/{weight}" }; }
  rpc GetByPhoto(Animal) returns (Animal) { option (google.api.http) = { get: "/v1/photo/{photo}" }; }
  rpc GetByCount(Animal) returns (Animal) { option (google.api.http) = { get: "/v1/count/{count}" }; }
  rpc GetByLegs(Animal) returns (Animal) { option (google.api.http) = { get: "/v1/legs/{body_plan.leg_count}" }; }
  rpc GetByBirth(Animal) returns (Animal) { option (google.api.http) = { get: "/v1/birth/{birth_time.seconds}" }; }
  rpc GetByNick(Animal) returns (Animal) { option (google.api.http) = { get: "/v1/nick/{nick.value}" }; }
  rpc GetByExtra(Animal) returns (Animal) { option (google.api.http) = { get: "/v1/extra/{extra.string_value}" }; }
  rpc GetName(Name) returns (Name) { option (google.api.http) = { get: "/v1/names/{name}" }; }
  rpc UpdateWild(Wildness) returns (Wildness) { option (google.api.http) = { patch: "/v1/wild" body: "wild" }; }
  rpc Update(Change) returns (Change) { option (google.api.http) = { patch: "/v1/animals" body: "animal" }; }
}
message Wildness { google.protobuf.Struct wild = 1; google.protobuf.FieldMask update_mask = 2; }
message Name { string name = 1; }
message Change { Animal animal = 1; google.protobuf.FieldMask update_mask = 2; }
enum Kind { UNKNOWN = 0; CAT = 1; DOG = 8; }
message BodyPlan { int32 leg_count = 1; string first_name = 2; google.protobuf.Empty hollow = 3; }
message Animal {
  string given_name = 1;
  int32 small = 2;
  repeated int64 sizes = 3;
  double weight = 4;
  float ratio = 5;
  bytes photo = 6;
  Kind kind = 7;
  BodyPlan body_plan = 8;
  map<string, string> tag_texts = 9;
  google.protobuf.Empty vet_note = 10;
  repeated google.protobuf.Empty visits = 11;
  map<string, google.protobuf.Empty> stays = 12;
  google.protobuf.FieldMask seen_parts = 13;
  google.protobuf.Timestamp birth_time = 14;
  google.protobuf.UInt64Value count = 15;
  google.protobuf.StringValue nick = 16;
  google.protobuf.DoubleValue speed = 17;
  google.protobuf.BytesValue cry = 18;
  google.protobuf.Struct wild = 19;
  google.protobuf.Value extra = 20;
  string old_name = 21 [json_name = "formerName"];
  oneof home { string cage_name = 22; BodyPlan pond = 23; }
  bool legs = 24;
  repeated string nick_names = 25;
}
`;

/** The echoed request, or the status of what was refused. */
type Outcome = number | object;
type Row = readonly [title: string, request: string | EchoRequest, newer: Outcome, older?: Outcome];

const fields: readonly Row[] = [
  ["one spelling twice", "/v1/query?given_name=a&given_name=b", 400],
  ["both spellings", "/v1/query?givenName=a&given_name=b", 400, { givenName: "b" }],
  ["both spellings, far apart", `/v1/query?givenName=a${"&x=1".repeat(20)}&given_name=b`, 400, { givenName: "b" }],
  ["a list", "/v1/query?sizes=1&sizes=2", { sizes: ["1", "2"] }],
  ["both spellings of a list", "/v1/query?nick_names=a&nickNames=b", 400, { nickNames: ["a", "b"] }],
  [
    "both spellings of what holds a field",
    "/v1/query?bodyPlan.legCount=1&body_plan.leg_count=2",
    400,
    { bodyPlan: { legCount: 2 } },
  ],
  [
    "both spellings of what holds two fields",
    "/v1/query?bodyPlan.legCount=1&body_plan.first_name=a",
    { bodyPlan: { legCount: 1, firstName: "a" } },
  ],
  ["both spellings of a map", "/v1/query?tagTexts[a]=1&tag_texts[a]=2", 400, { tagTexts: { a: "2" } }],
  ["both spellings of a map, other keys", "/v1/query?tagTexts[a]=1&tag_texts[b]=2", { tagTexts: { a: "1", b: "2" } }],
  ["a name in JSON that is declared", "/v1/query?formerName=a&old_name=b", 400, { formerName: "b" }],
  ["a name in JSON that is declared, once", "/v1/query?old_name=b", { formerName: "b" }],
  ["a name in JSON that would follow", "/v1/query?oldName=b", {}],
  [
    "both spellings of what no field is",
    "/v1/query?bodyPlan.deepDown=1&body_plan.deep_down=2&not_there=1&notThere=1",
    { bodyPlan: {} },
  ],
  ["brackets behind a field", "/v1/query?given_name[a]=x", 400],
  ["empty brackets behind a field", "/v1/query?given_name[]=x", 400, { givenName: "x" }],
  ["brackets behind a list", "/v1/query?sizes[a]=1", 400],
  ["empty brackets behind a list", "/v1/query?sizes[]=1&sizes[]=2", 400, { sizes: ["1", "2"] }],
  ["empty brackets behind a map", "/v1/query?tag_texts[]=x", { tagTexts: { "": "x" } }],
  ["no brackets behind a map", "/v1/query?tag_texts=x", 400],
  ["brackets behind what no field is", "/v1/query?x[a]=x&x[]=y", {}],
  ["a second member of a oneof", "/v1/query?cage_name=a&pond.leg_count=1", 400],
  [
    "two fields of a member of a oneof",
    "/v1/query?pond.first_name=a&pond.legCount=1",
    { pond: { firstName: "a", legCount: 1 } },
  ],
];

const values: readonly Row[] = [
  ["NaN", "/v1/query?weight=NaN&ratio=NaN&speed=NaN", { weight: "NaN", ratio: "NaN", speed: "NaN" }],
  ["infinity", "/v1/query?weight=Infinity&speed=-Infinity", { weight: "Infinity", speed: "-Infinity" }],
  ...["nan", "NAN"].map(
    (text): Row => [
      text,
      `/v1/query?weight=${text}&ratio=${text}&speed=${text}`,
      400,
      { weight: "NaN", ratio: "NaN", speed: "NaN" },
    ],
  ),
  ...["inf", "%2BInfinity", "infinity", "INF"].map(
    (text): Row => [text, `/v1/query?weight=${text}&ratio=${text}`, 400, { weight: "Infinity", ratio: "Infinity" }],
  ),
  ["a hexadecimal float", "/v1/query?weight=0x1p-2&ratio=-0X.8p1", 400, { weight: 0.25, ratio: -1 }],
  ["a float with underscores", "/v1/query?weight=1_000.5", 400, { weight: 1000.5 }],
  ["a float with misplaced underscores", "/v1/query?weight=_1", 400],
  ["a float with two underscores", "/v1/query?weight=1__0", 400],
  ["a float that ends with an underscore", "/v1/query?weight=1_", 400],
  ["floats as ever", "/v1/query?weight=%2B.5e1&ratio=5.", { weight: 5, ratio: 5 }],
  ["a float out of range", "/v1/query?weight=1e400", 400],
  ["a float in a path", "/v1/weight/0x1p3", 400, { weight: 8 }],
  ["bytes", "/v1/query?photo=QUI%3D&cry=QUI%3D", { photo: "QUI=", cry: "QUI=" }],
  ["bytes without padding", "/v1/query?photo=QUI&cry=QUI", { photo: "QUI=", cry: "QUI=" }, 400],
  ["bytes for URLs", "/v1/query?photo=_-8%3D", { photo: "/+8=" }],
  ["bytes for URLs without padding", "/v1/query?photo=_-8", { photo: "/+8=" }, 400],
  ["bytes of both alphabets", "/v1/query?photo=_%2B8%3D", 400],
  ["bytes with line breaks", "/v1/query?photo=QUJD%0AREVG%0D%0A", { photo: "QUJDREVG" }],
  ["bytes with a line break and padding", "/v1/query?photo=QU%0AI%3D", 400, { photo: "QUI=" }],
  ["bytes with half a padding", "/v1/query?photo=QQ%3D", 400],
  ["a single character for bytes", "/v1/query?photo=Q", 400],
  ["bytes in a path without padding", "/v1/photo/QUI", { photo: "QUI=" }, 400],
  ["an Empty", "/v1/query?vet_note=", { vetNote: {} }, 400],
  [
    "an Empty in braces",
    "/v1/query?vet_note=%7B%7D&body_plan.hollow={}",
    { vetNote: {}, bodyPlan: { hollow: {} } },
    400,
  ],
  ["an Empty that is not", "/v1/query?vet_note=x", 400],
  ["Empties in a list", "/v1/query?visits=&visits={}", { visits: [{}, {}] }, 400],
  ["an Empty in a map", "/v1/query?stays[a]=", { stays: { a: {} } }, 400],
  ["a field of an Empty", "/v1/query?vet_note.x=1", { vetNote: {} }],
  ["no mask", "/v1/query?seen_parts=", { seenParts: "" }, 500],
  ["a mask", "/v1/query?seen_parts=given_name,small", { seenParts: "givenName,small" }],
  ["decimal integers", "/v1/query?small=007&kind=008", { small: 7, kind: "DOG" }],
  ["integers of another base in a query", "/v1/query?small=0x10", 400],
];

const paths: readonly Row[] = [
  ["a leading zero in a path", "/v1/size/010", { small: 10 }, { small: 8 }],
  ["an integer that is not octal", "/v1/size/08", { small: 8 }, 400],
  ["a hexadecimal integer in a path", "/v1/size/-0X1f", 400, { small: -31 }],
  ["a binary integer in a path", "/v1/size/0b11", 400, { small: 3 }],
  ["a decimal integer with underscores", "/v1/size/1_000", 400, { small: 1000 }],
  ["a misplaced underscore", "/v1/size/1_", 400],
  ["a sign", "/v1/size/+5", { small: 5 }],
  ["integers in a path", "/v1/sizes/010,0x10", 400, { sizes: ["8", "16"] }],
  ["a wrapper in a path", "/v1/count/0o17", 400, { count: "15" }],
  ["the number of an enum value in a path", "/v1/kind/010", 400, { kind: "DOG" }],
  ["the number of an enum value in a path, decimal", "/v1/kind/08", { kind: "DOG" }, 400],
  ["the name of an enum value in a path", "/v1/kind/CAT", { kind: "CAT" }],
  ["a nested integer in a path", "/v1/legs/010", { bodyPlan: { legCount: 10 } }],
];

/** What a path binds is not for a query to replace, whatever name it goes by. */
const bound: readonly Row[] = [
  [
    "the message that holds the variable",
    "/v1/birth/5?birth_time=2020-01-01T00:00:00Z",
    { birthTime: "1970-01-01T00:00:05Z" },
  ],
  ["the same in JSON's spelling", "/v1/birth/5?birthTime=2020-01-01T00:00:00Z", { birthTime: "1970-01-01T00:00:05Z" }],
  ["the variable", "/v1/birth/5?birthTime.seconds=7", { birthTime: "1970-01-01T00:00:05Z" }],
  ["a field beside the variable", "/v1/birth/5?birthTime.nanos=7000000", { birthTime: "1970-01-01T00:00:05.007Z" }],
  ["a wrapper that holds the variable", "/v1/nick/a?nick=b", { nick: "a" }],
  ["what a wrapper does not have", "/v1/nick/a?nick.x=b", { nick: "a" }],
  ["a Value that holds the variable", "/v1/extra/a?extra=1", { extra: "a" }],
  ["another member of the Value", "/v1/extra/a?extra.number_value=1", 400],
  ["a message that holds the variable", "/v1/legs/4?body_plan=x", { bodyPlan: { legCount: 4 } }],
  ["a message that holds the variable, with brackets", "/v1/legs/4?body_plan[a]=x", { bodyPlan: { legCount: 4 } }],
  ["a name that goes on in letters", "/v1/legs/4?body_plan.leg_counts=1&body=2", { bodyPlan: { legCount: 4 } }],
  ["a field whose name begins the variable's path", "/v1/legs/4?legs=true", { bodyPlan: { legCount: 4 }, legs: true }],
  [
    "the field that the body is",
    { method: "PATCH", target: "/v1/animals?animal.small=1&animal=2", body: '{"kind":"CAT"}' },
    { animal: { kind: "CAT" }, updateMask: "kind" },
  ],
];

/** Fields of well-known types, the same whether handlers see messages or plain values. */
const below: readonly Row[] = [
  [
    "the seconds of a Timestamp",
    "/v1/query?birth_time.seconds=5&birthTime.nanos=1000000",
    { birthTime: "1970-01-01T00:00:05.001Z" },
  ],
  ["what a Timestamp does not have", "/v1/query?birth_time.x=1", { birthTime: "1970-01-01T00:00:00Z" }],
  ["a name that ends with a dot", "/v1/query?birth_time.=1", { birthTime: "1970-01-01T00:00:00Z" }],
  ["what a wrapper does not have", "/v1/query?count.x=1&nick.=1", { count: "0", nick: "" }],
  ["the value of a wrapper", "/v1/query?count.value=1", { count: "1" }],
  ["a wrapper and its value", "/v1/query?count=2&count.value=1", { count: "1" }],
  ["what is below the value of a wrapper", "/v1/query?count.value.x=1", 400],
  ["the paths of a mask", "/v1/query?seen_parts.paths=small&seenParts.paths=kind", 400, { seenParts: "small,kind" }],
  ["the fields of a Struct", "/v1/query?wild.fields[a]=1&wild.fields[b]=%22x%22", { wild: { a: 1, b: "x" } }],
  ["what a Struct does not have", "/v1/query?wild.x=1", { wild: {} }],
  ["a member of a Value", "/v1/query?extra.string_value=a", { extra: "a" }],
  ["two members of a Value", "/v1/query?extra.string_value=a&extra.number_value=1", 400],
  ["brackets in a name without a map", "/v1/query?given_name.x[a]=1", 400],
];

const malformed: readonly Row[] = [
  ["a semicolon where nothing is bound", "/v1/names/a?x=1&amp;y=2", { name: "a" }],
  ["half an escape where nothing is bound", "/v1/names/a?discount=100%", { name: "a" }],
  ["bytes that are no UTF-8 where nothing is bound", "/v1/names/a?q=caf%E9", { name: "a" }],
  ["a semicolon where something is bound", "/v1/query?x=1;y=2", 400],
  ["half an escape where something is bound", "/v1/query?x=100%", 400],
  ["bytes that are no UTF-8 in what no field is", "/v1/query?q=caf%E9&given_name=a", { givenName: "a" }],
  ["bytes that are no UTF-8 in the name of no field", "/v1/query?caf%E9=1&given_name=a", { givenName: "a" }],
  ["bytes that are no UTF-8 for a field", "/v1/query?given_name=caf%E9", 400],
  ["bytes that are no UTF-8 for a field, beside some that are", "/v1/query?given_name=%C3%A4%E9", 400],
  ["bytes that are no UTF-8 for a number", "/v1/query?small=%E9", 400],
  ["bytes that are no UTF-8 for a key", "/v1/query?tag_texts[caf%E9]=1", 400],
  ["a character beyond U+FFFF for a field", "/v1/query?given_name=%F0%9F%90%B1", { givenName: "🐱" }],
];

const updates: readonly Row[] = [
  [
    "the query's mask",
    "PATCH",
    "/v1/animals?update_mask=small",
    '{"givenName":"a"}',
    { animal: { givenName: "a" }, updateMask: "small" },
  ],
  [
    "an empty mask",
    "PATCH",
    "/v1/animals?update_mask=",
    '{"givenName":"a"}',
    { animal: { givenName: "a" }, updateMask: "" },
    500,
  ],
  [
    "no mask",
    "PATCH",
    "/v1/animals",
    '{"givenName":"a","bodyPlan":{}}',
    { animal: { givenName: "a", bodyPlan: {} }, updateMask: "bodyPlan,givenName" },
  ],
  [
    "an empty Struct",
    "PATCH",
    "/v1/animals",
    '{"wild":{}}',
    { animal: { wild: {} }, updateMask: "wild" },
    { animal: { wild: {} }, updateMask: "" },
  ],
  [
    "an empty object in a Struct",
    "PATCH",
    "/v1/animals",
    '{"wild":{"a":{},"b":{"c":1}}}',
    { animal: { wild: { a: {}, b: { c: 1 } } }, updateMask: "wild.a,wild.b.c" },
    { animal: { wild: { a: {}, b: { c: 1 } } }, updateMask: "wild.b.c" },
  ],
  [
    "an empty object as a Value",
    "PATCH",
    "/v1/animals",
    '{"extra":{}}',
    { animal: { extra: {} }, updateMask: "extra" },
    { animal: { extra: {} }, updateMask: "" },
  ],
  ["nothing", "PATCH", "/v1/animals", "{}", { animal: {}, updateMask: "" }],
].map(([title, method, target, body, newer, older]) => [title, { method, target, body }, newer, older] as Row);

const wild: readonly Row[] = [
  ["a Struct as body", { method: "PATCH", target: "/v1/wild", body: "{}" }, { wild: {}, updateMask: "" }],
  [
    "a Struct as body and a mask",
    { method: "PATCH", target: "/v1/wild?update_mask=wild", body: '{"a":1}' },
    { wild: { a: 1 }, updateMask: "wild" },
  ],
];

const styles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "proto-loader": protoLoaderDefaults,
  "ts-proto": tsProtoStyle,
  "protobuf-es": protobufEsStyle,
};

const outcome = ({ status, json }: Echo): Outcome => (status === 200 ? (json as object) : status);

describe.each(Object.keys(styles))("%s", (name) => {
  describe.each(["2.33", "2.30"] as const)("gateway %s", (gateway) => {
    let send: (request: EchoRequest) => Promise<Echo>;
    beforeAll(async () => {
      const style = styles[name];
      send = await loadEcho(proto, { transcoding: { gateway }, ...(style === undefined ? {} : { style }) });
    });

    test.each(
      [...fields, ...values, ...paths, ...bound, ...below, ...malformed, ...updates, ...wild].map(
        (row) => [row[0], row] as const,
      ),
    )("%s", async (_, [, request, newer, older = newer]) => {
      const echo = await send(typeof request === "string" ? { target: request } : request);
      expect(outcome(echo)).toEqual(gateway === "2.33" ? newer : older);
    });
  });
});
