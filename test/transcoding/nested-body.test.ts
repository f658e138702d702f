/** `body: "shelf.theme"`: what grpc-gateway takes, in every style of messages. */
import { describe, expect, test } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import { hostileStyles } from "../support/hostile-proto.js";
import { loadEmitted } from "../support/load-emitted.js";
import { planFromProto } from "../support/plan-from-proto.js";

const proto = `syntax = "proto3";
import "google/api/annotations.proto";
service S {
  rpc Text(Request) returns (Request) { option (google.api.http) = { post: "/v1/text" body: "inner.text" }; }
  rpc Message(Request) returns (Request) { option (google.api.http) = { post: "/v1/{inner.other}/message" body: "inner.leaf" }; }
  rpc Choice(Request) returns (Request) { option (google.api.http) = { post: "/v1/choice" body: "chosen.leaf" }; }
}
message Leaf { string name = 1; int32 size = 2; }
message Inner { string text = 1; Leaf leaf = 2; string other = 3; }
message Request { Inner inner = 1; oneof choice { Inner chosen = 2; string none = 3; } string top = 4; }
`;

describe.each(Object.entries(hostileStyles))("%s", (_, style) => {
  const decode = async (
    rpc: string,
    body: string,
    query: readonly (readonly [string, string])[],
    ...variables: string[]
  ) => {
    const files = emitFiles(planFromProto(proto, { style, transcoding: { emitDefaults: false } }));
    const [http, json] = await loadEmitted(files, ["gen/test.http", "gen/test.json"]);
    const constant = http?.[rpc] as unknown as
      | { readonly bindings: readonly { decode: (...args: unknown[]) => unknown }[] }
      | undefined;
    const request = { method: "POST", path: "/", query, headers: {}, body };
    return JSON.parse(json?.["encodeRequest"]?.(constant?.bindings[0]?.decode(request, ...variables)) as string);
  };

  test("a scalar", async () => {
    expect(await decode("sText", '"a"', [["top", "t"]])).toEqual({ inner: { text: "a" }, top: "t" });
  });

  test("a message, beside what the path and the query set in the same one; the query does not reach the body", async () => {
    const query = [
      ["inner.text", "q"],
      ["inner.leaf.size", "7"],
    ] as const;
    const expected = { inner: { leaf: { name: "n" }, other: "o", text: "q" } };
    expect(await decode("sMessage", '{"name":"n"}', query, "o")).toEqual(expected);
  });

  test("below the member of a oneof", async () => {
    expect(await decode("sChoice", '{"size":3}', [])).toEqual({ chosen: { leaf: { size: 3 } } });
  });
});
