/** Oneofs of many members, in styles with a property for each: the code for one of them does not speak of all the others. */
import { describe, expect, test } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import { idiomaticStyle, type MessageStyle, protoLoaderDefaults, tsProtoStyle } from "../../src/emit/message-style.js";
import { loadCodecTable } from "../support/codec-table.js";
import { formatChanges } from "../support/format-emitted.js";
import { loadEmitted } from "../support/load-emitted.js";
import { planFromProto } from "../support/plan-from-proto.js";

const proto = (texts: number, prefix = "f"): string => `syntax = "proto3";
import "google/api/annotations.proto";
service S { rpc Get(Big) returns (Big) { option (google.api.http) = { get: "/v1/big" }; } }
message Sub { string x = 1; string y = 2; }
message Big {
  oneof all { Sub sub = 1000; ${Array.from({ length: texts }, (_, at) => `string ${prefix}${at} = ${at + 1};`).join(" ")} }
}
`;

const styles: Readonly<Record<string, MessageStyle>> = {
  "proto-loader": protoLoaderDefaults,
  "proto-loader, filled": { ...protoLoaderDefaults, names: "proto", defaults: true, oneofs: "virtual" },
  "ts-proto": tsProtoStyle,
  flat: { ...idiomaticStyle, oneofs: "flat" },
};

/** Twelve members are tested in place, thirteen in a function. */
const sizes = [11, 12, 40];

function emit(texts: number, style: MessageStyle, prefix?: string) {
  return emitFiles(planFromProto(proto(texts, prefix), { style, transcoding: { binary: true } }));
}

describe.each(Object.entries(styles))("%s", (_, style) => {
  test.each(sizes)(
    "%d texts and a message: the last on the wire wins, and a message that comes twice is merged",
    async (texts) => {
      const codec = (await loadCodecTable({ "test.proto": proto(texts) }, { style })).get("Big");
      const decode = (...members: readonly object[]): unknown => {
        const parts = members.map((member) => codec?.encodeBinary(member) ?? new Uint8Array());
        return JSON.parse(codec?.encodeJson(codec.decodeBinary(Buffer.concat(parts))) ?? "");
      };
      expect(decode({ f0: "a" }, { f1: "b" })).toEqual({ f1: "b" });
      expect(decode({ sub: { x: "1" } }, { f3: "b" })).toEqual({ f3: "b" });
      expect(decode({ f3: "b" }, { sub: { x: "1" } }, { sub: { y: "2" } })).toEqual({ sub: { x: "1", y: "2" } });
    },
  );

  test.each(sizes)("%d texts and a message: a second member in a query is refused", async (texts) => {
    const [params] = await loadEmitted(emit(texts, style), ["gen/test.params"]);
    const set = (...given: readonly [path: string, value: string][]): void => {
      const message = params?.["createBig"]?.();
      for (const [path, value] of given)
        params?.["setBigParam"]?.(message, { name: path, path: path.split("."), values: [value] }, 0);
    };
    expect(() => set(["f0", "a"], ["f1", "b"])).toThrow(/all/);
    expect(() => set(["sub.x", "1"], ["f1", "b"])).toThrow(/all/);
    expect(() => set(["f1", "b"], ["sub.x", "1"])).toThrow(/all/);
    expect(() => set(["sub.x", "1"], ["sub.y", "2"])).not.toThrow();
  });

  test("the formatter leaves it alone, and its size goes with the number of members", () => {
    const long =
      "a_name_as_long_as_the_longest_ones_that_anybody_would_ever_give_to_the_member_of_a_oneof_in_an_api_of_theirs";
    expect(formatChanges(emit(14, style, long).filter(({ path }) => /^gen\/test\./.test(path)))).toEqual([]);
    const length = (texts: number): number => emit(texts, style).reduce((sum, { content }) => sum + content.length, 0);
    const [few, some, many] = [length(20), length(120), length(220)];
    expect((many - some) / (some - few)).toBeLessThan(1.2);
  });
});
