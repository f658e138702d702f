/** A `response_body` that is not set, in every message style: null where Go has a nil pointer, as grpc-gateway prints it. */
import { describe, expect, test } from "vitest";
import { idiomaticStyle, protobufEsStyle, protoLoaderDefaults, tsProtoStyle } from "../../src/emit/message-style.js";
import { loadEcho } from "./echo-service.js";

/** Type, JSON that sets it, and what grpc-gateway and profile spec print where it is not set. */
const fields = {
  opt_string: ["optional string", '"a"', null, ""],
  opt_int: ["optional int64", '"5"', null, "0"],
  opt_bool: ["optional bool", "true", null, false],
  opt_enum: ["optional Color", '"RED"', null, "NONE"],
  opt_bytes: ["optional bytes", '"QUI="', "", ""],
  plain: ["string", '"a"', "", ""],
  texts: ["repeated string", '["a"]', [], []],
} as const;

const rules = Object.keys(fields)
  .map(
    (name) =>
      `rpc Get_${name}(M) returns (M) { option (google.api.http) = { post: "/${name}" body: "*" response_body: "${name}" }; }`,
  )
  .join("\n");
const proto = `syntax = "proto3";
package t.v1;
import "google/api/annotations.proto";
enum Color { NONE = 0; RED = 1; }
message M { ${Object.entries(fields)
  .map(([name, [type]], index) => `${type} ${name} = ${index + 1};`)
  .join(" ")} }
service S { ${rules} }`;

const styles = {
  idiomatic: idiomaticStyle,
  "proto-loader": { ...protoLoaderDefaults, defaults: true, enums: "String", longs: "String" },
  "protobuf-es": protobufEsStyle,
  "ts-proto": tsProtoStyle,
} as const;

describe.each(Object.entries(styles))("%s", (_, style) => {
  test.each(["grpc-gateway", "spec"] as const)("%s", async (profile) => {
    const call = await loadEcho(proto, { style, transcoding: { profile } });
    for (const [name, [, set, ofGateway, ofSpec]] of Object.entries(fields)) {
      const send = (body: string): ReturnType<typeof call> =>
        call({ method: "POST", target: `/${name}`, body, headers: [["content-type", "application/json"]] });
      expect((await send(`{"${name}":${set}}`)).json, name).toEqual(JSON.parse(set));
      expect((await send("{}")).json, name).toEqual(profile === "spec" ? ofSpec : ofGateway);
    }
  });
});
