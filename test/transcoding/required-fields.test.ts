/** Required fields of proto2 and of editions that path, query and body leave out, in every message style. */
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
syntax = "proto2";
package test;
import "google/api/annotations.proto";
import "google/protobuf/field_mask.proto";

service Zoo {
  rpc Get(Animal) returns (Animal) { option (google.api.http) = { get: "/v1/animals" additional_bindings { get: "/v1/animals/{id}" } }; }
  rpc Create(Animal) returns (Animal) { option (google.api.http) = { post: "/v1/animals" body: "*" additional_bindings { post: "/v1/animals/{id}" body: "*" } }; }
  rpc Put(Holder) returns (Holder) { option (google.api.http) = { put: "/v1/holders" body: "animal" additional_bindings { put: "/v1/holders/{animal.id}" body: "animal" } }; }
  rpc Patch(Holder) returns (Holder) { option (google.api.http) = { patch: "/v1/holders/{animal.id}" body: "animal" }; }
  rpc GetHolder(Holder) returns (Holder) { option (google.api.http) = { get: "/v1/holders" }; }
}
message Animal {
  required string id = 1;
  optional Tag tag = 2;
  repeated Tag tags = 3;
  oneof home { Tag cage = 4; string pond = 5; }
  optional Animal parent = 6;
  optional int32 size = 7;
}
message Tag { required int32 number = 1 [default = 5]; optional string color = 2; }
message Holder { optional Animal animal = 1; optional google.protobuf.FieldMask update_mask = 2; }
`;

type Row = readonly [request: EchoRequest, status: number, answer: unknown];
const missing = (path: string): object => ({
  message: expect.stringContaining(`${path}: expected a value, found nothing`),
});
const json = (method: string, target: string, body = ""): EchoRequest => ({ method, target, body });

const rows: readonly Row[] = [
  [{ target: "/v1/animals?id=a" }, 200, { id: "a" }],
  [{ target: "/v1/animals?id=" }, 200, { id: "" }],
  [{ target: "/v1/animals?size=1" }, 400, missing("id")],
  [{ target: "/v1/animals/a" }, 200, { id: "a" }],
  [{ target: "/v1/animals/a?tag.color=red" }, 400, missing("tag.number")],
  [{ target: "/v1/animals/a?tag.number=7&tag.color=red" }, 200, { id: "a", tag: { number: 7, color: "red" } }],
  [{ target: "/v1/animals/a?cage.color=red" }, 400, missing("cage.number")],
  [{ target: "/v1/animals/a?cage.number=0" }, 200, { id: "a", cage: { number: 0 } }],
  [{ target: "/v1/animals/a?parent.parent.size=1" }, 400, missing("parent.id")],
  [{ target: "/v1/animals/a?parent.id=b&parent.parent.size=1" }, 400, missing("parent.parent.id")],
  [{ target: "/v1/animals/a?parent.id=b" }, 200, { id: "a", parent: { id: "b" } }],
  [json("POST", "/v1/animals"), 400, missing("id")],
  [json("POST", "/v1/animals", " \n"), 400, missing("id")],
  [json("POST", "/v1/animals", "{}"), 400, missing("id")],
  [json("POST", "/v1/animals/a"), 200, { id: "a" }],
  // As in grpc-gateway: a body that is there is a whole message.
  [json("POST", "/v1/animals/a", "{}"), 400, missing("id")],
  [json("POST", "/v1/animals/a", '{"id":"b","tags":[{"number":1}]}'), 200, { id: "a", tags: [{ number: 1 }] }],
  [json("POST", "/v1/animals/a", '{"id":"b","tags":[{}]}'), 400, missing("tags[0].number")],
  [json("PUT", "/v1/holders"), 400, missing("animal.id")],
  [json("PUT", "/v1/holders/a"), 200, { animal: { id: "a" } }],
  [json("PUT", "/v1/holders/a", '{"id":"b"}'), 200, { animal: { id: "a" } }],
  [json("PATCH", "/v1/holders/a"), 200, { animal: { id: "a" }, updateMask: "" }],
  [json("PATCH", "/v1/holders/a", '{"id":"b","size":1}'), 200, { animal: { id: "a", size: 1 }, updateMask: "id,size" }],
  [{ target: "/v1/holders" }, 200, {}],
  [{ target: "/v1/holders?animal.size=1" }, 400, missing("animal.id")],
  [{ target: "/v1/holders?animal.id=a&animal.tag.number=1" }, 200, { animal: { id: "a", tag: { number: 1 } } }],
];

const styles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "proto-loader": protoLoaderDefaults,
  "proto-loader, filled": { ...protoLoaderDefaults, defaults: true, oneofs: "virtual" },
  "protobuf-es": protobufEsStyle,
  "ts-proto": tsProtoStyle,
};

describe.each(Object.keys(styles))("%s", (name) => {
  let ask: (request: EchoRequest) => Promise<Echo>;
  beforeAll(async () => {
    ask = await loadEcho(proto, { style: styles[name] as MessageStyle });
  });

  test.each(rows)("%j: %d", async (request, status, answer) => {
    const echo = await ask(request);
    // Objects of a filled style have the defaults of other fields, too.
    expect(echo).toMatchObject({ status, json: answer });
    expect(echo.context === undefined).toBe(status !== 200);
  });
});
