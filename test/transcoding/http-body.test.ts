/**
 * google.api.HttpBody in requests: the JSON of the message where clients of grpc-gateway are served (npm run test:gateway, set zoo, has the
 * same requests), and the bytes as they come where google/api/httpbody.proto is.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { idiomaticStyle, protobufEsStyle, protoLoaderDefaults, tsProtoStyle } from "../../src/emit/message-style.js";
import type { TranscodingOptions } from "../../src/plan/plan.js";
import { type Echo, type EchoRequest, loadEcho } from "./echo-service.js";

/** Replies have the fields of the requests: an HttpBody would be the answer's bytes. */
const proto = `syntax = "proto3";
package t.v1;
import "google/api/annotations.proto";
import "google/api/httpbody.proto";
message Copy { string content_type = 1; bytes data = 2; }
message Upload { google.api.HttpBody file = 1; string name = 2; }
message Copies { repeated Copy all = 1; }
message AllKept { repeated Kept all = 1; }
message Kept { Copy file = 1; string name = 2; }
service S {
  rpc Whole(google.api.HttpBody) returns (Copy) { option (google.api.http) = { post: "/whole" body: "*" }; }
  rpc Field(Upload) returns (Kept) { option (google.api.http) = { post: "/field/{name}" body: "file" additional_bindings { get: "/field/{name}" } }; }
  rpc Stream(stream google.api.HttpBody) returns (Copies) { option (google.api.http) = { post: "/stream" body: "*" }; }
  rpc Files(stream Upload) returns (AllKept) { option (google.api.http) = { post: "/files" body: "file" }; }
}`;

const styles = {
  idiomatic: idiomaticStyle,
  "proto-loader": { ...protoLoaderDefaults, bytes: "String" },
  "protobuf-es": protobufEsStyle,
  "ts-proto": tsProtoStyle,
} as const;

const text = [["content-type", "text/plain"]] as const;
const hi = { contentType: "text/plain", data: "aGk=" };
const json = JSON.stringify(hi);

type Call = (request: EchoRequest) => Promise<Echo>;
type Setting = NonNullable<TranscodingOptions["behaviour"]>["httpBodyRequests"];

function options(profile: TranscodingOptions["profile"], httpBodyRequests?: Setting): Partial<TranscodingOptions> {
  return {
    profile,
    clientStreaming: "collect",
    behaviour: { mediaTypes: "ignore", ...(httpBodyRequests === undefined ? {} : { httpBodyRequests }) },
  };
}

async function answer(call: Call, target: string, body?: string): Promise<unknown> {
  const method = body === undefined ? "GET" : "POST";
  const { status, json: reply } = await call({
    method,
    target,
    ...(body === undefined ? {} : { body, headers: text }),
  });
  return status === 200 ? reply : status;
}

describe.each(Object.entries(styles))("%s", (_, style) => {
  describe.each([
    ["grpc-gateway", undefined],
    ["spec", "json"],
  ] as const)("as JSON: %s, %s", (profile, setting) => {
    let call: Call;
    beforeAll(async () => {
      call = await loadEcho(proto, { style, transcoding: options(profile, setting) });
    });

    test.each([
      ["/whole", json, hi],
      ["/field/n", json, { name: "n", file: hi }],
      ["/field/n", '{"content_type":"a"}', { name: "n", file: { contentType: "a" } }],
      ["/whole", "hi", 400],
      ["/field/n", "hi", 400],
      ["/whole", '"aGk="', 400],
      ["/whole", "", {}],
      ["/field/n", "", { name: "n", file: {} }],
    ])("POST %s %s", async (target, body, expected) => {
      expect(await answer(call, target, body)).toEqual(expected);
    });

    test("a query", async () => {
      const target = "/field/n?file.content_type=a&file.data=aGk%3D";
      expect(await answer(call, target)).toEqual({ name: "n", file: { contentType: "a", data: "aGk=" } });
    });

    test.each([
      ["/stream", `${json}${json}`, [hi, hi]],
      ["/files", `{"name":"m","file":${json}}`, [{ name: "m", file: hi }]],
    ])("a stream: %s", async (target, body, expected) => {
      expect(await answer(call, target, body)).toEqual({ all: expected });
    });
  });

  describe.each([
    ["grpc-gateway", "raw"],
    ["spec", undefined],
  ] as const)("as bytes: %s, %s", (profile, setting) => {
    let call: Call;
    beforeAll(async () => {
      call = await loadEcho(proto, { style, transcoding: options(profile, setting) });
    });
    const base64 = Buffer.from(json).toString("base64");

    test.each([
      ["/whole", "hi", hi],
      ["/whole", json, { contentType: "text/plain", data: base64 }],
      ["/field/n", "hi", { name: "n", file: hi }],
      ["/field/n", "", { name: "n", file: { contentType: "text/plain" } }],
    ])("POST %s %s", async (target, body, expected) => {
      expect(await answer(call, target, body)).toEqual(expected);
    });

    test.each([
      ["/stream", [hi]],
      ["/files", [{ file: hi }]],
    ])("a stream is one file: %s", async (target, expected) => {
      expect(await answer(call, target, "hi")).toEqual({ all: expected });
    });
  });
});
