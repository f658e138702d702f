/**
 * Answers that differ between versions of grpc-gateway (`transcoding.gateway`), all but those about the JSON of bodies: a row for each
 * request, with what 2.33 and 2.30 make of it. Seen live where guide and source say the same.
 */
import { beforeAll, describe, expect, test } from "vitest";
import type { GatewayVersion } from "../../src/plan/plan.js";
import { type Echo, type EchoRequest, loadEcho } from "./echo-service.js";

const proto = `
syntax = "proto3";
package test;
import "google/api/annotations.proto";

service Shelves {
  rpc GetShelf(Shelf) returns (Shelf) { option (google.api.http) = { get: "/v1/shelves/{id}" }; }
  rpc MergeShelves(Shelf) returns (Shelf) { option (google.api.http) = { post: "/v1/shelves/{id}:merge" body: "*" }; }
  rpc ListRevisions(Shelf) returns (Shelf) { option (google.api.http) = { get: "/v1/shelves/{id}:revisions" }; }
  rpc DeleteShelf(Shelf) returns (Shelf) { option (google.api.http) = { delete: "/v1/shelves/{id}" }; }
}
message Shelf { string id = 1; string theme = 2; }
`;

/** The echoed request, or the status of what was refused. */
type Outcome = number | object;
type Row = readonly [title: string, request: EchoRequest, newer: Outcome, older: Outcome];

type Header = readonly [name: string, value: string];

const form = (contentType: string, more: readonly Header[] = []): readonly Header[] => [
  ["Content-Type", contentType],
  ...more,
];
const timeout = (value: string): EchoRequest => ({ target: "/v1/shelves/1", headers: [["Grpc-Timeout", value]] });
const urlencoded = "application/x-www-form-urlencoded";
const override: Header = ["X-HTTP-Method-Override", "delete"];

const routing: readonly Row[] = [
  ["a bare verb, bound to another method", { method: "POST", target: "/v1/shelves/:merge", body: "{}" }, 501, 404],
  ["a bare verb that others can take", { target: "/v1/shelves/:revisions" }, { id: ":revisions" }, 404],
  ["a verb", { target: "/v1/shelves/1:revisions" }, { id: "1" }, { id: "1" }],
  [
    "a form for a GET",
    { method: "POST", target: "/v1/shelves/1", headers: form(urlencoded), body: "theme=a" },
    { id: "1", theme: "a" },
    { id: "1", theme: "a" },
  ],
  [
    "a form with a charset for a GET",
    { method: "POST", target: "/v1/shelves/1", headers: form(`${urlencoded}; charset=utf-8`), body: "theme=a" },
    { id: "1", theme: "a" },
    501,
  ],
  [
    "a form that overrides its method",
    { method: "POST", target: "/v1/shelves/1", headers: form(urlencoded, [override]), body: "theme=a" },
    { id: "1", theme: "a" },
    { id: "1", theme: "a" },
  ],
  [
    "a form with a charset that overrides its method",
    { method: "POST", target: "/v1/shelves/1", headers: form(`${urlencoded}; charset=utf-8`, [override]) },
    { id: "1" },
    501,
  ],
  ["JSON for a GET", { method: "POST", target: "/v1/shelves/1", headers: form("application/json") }, 501, 501],
];

const timeouts: readonly Row[] = [
  ["a second", timeout("1S"), { id: "1" }, { id: "1" }],
  ["a plus", timeout("+1S"), 400, { id: "1" }],
  ["a minus", timeout("-1S"), 400, 504],
  ["minus zero", timeout("-0S"), 400, { id: "1" }],
  ["zero", timeout("0S"), { id: "1" }, { id: "1" }],
  ["leading zeros", timeout(`${"0".repeat(40)}5S`), { id: "1" }, { id: "1" }],
  ["more nanoseconds than Go's time has", timeout("9223372036854775807H"), { id: "1" }, { id: "1" }],
  ["the most of 63 bits", timeout("9223372036854775807n"), { id: "1" }, { id: "1" }],
  ["one more than 63 bits have", timeout("9223372036854775808n"), { id: "1" }, 400],
  ["the least of 64 bits with a sign", timeout("-9223372036854775808n"), 400, 504],
  ["one less than 64 bits with a sign have", timeout("-9223372036854775809n"), 400, 400],
  ["64 bits", timeout("18446744073709551615n"), { id: "1" }, 400],
  ["more than 64 bits", timeout("18446744073709551616n"), 400, 400],
  ["a nanosecond", timeout("1n"), 504, 504],
  ["less than a millisecond", timeout("999u"), 504, 504],
  ["no unit", timeout("1"), 400, 400],
  ["a unit alone", timeout("S"), 400, 400],
  ["another unit", timeout("1s"), 400, 400],
];

const outcome = ({ status, json }: Echo): Outcome => (status === 200 ? (json as object) : status);

describe.each(["2.33", "2.30"] as const)("gateway %s", (gateway: GatewayVersion) => {
  const expected = ([, , newer, older]: Row): Outcome => (gateway === "2.33" ? newer : older);

  describe("routes and deadlines", () => {
    let send: (request: EchoRequest) => Promise<Echo>;
    beforeAll(async () => {
      send = await loadEcho(proto, { transcoding: { gateway } });
    });

    test.each([...routing, ...timeouts].map((row) => [row[0], row] as const))("%s", async (_, row) => {
      const echo = await send(row[1]);
      expect(outcome(echo)).toEqual(expected(row));
      expect(echo.context !== undefined, "whether the handler was called").toBe(echo.status === 200);
    });

    test("the longest timeout is the deadline of Lambda", async () => {
      const { context } = await send({ ...timeout("9223372036854775807H"), remaining: 10_000 });
      expect(Number(context?.deadline) - Date.now()).toBeLessThan(10_000);
    });

    test("a handler is not called when Lambda's time is over", async () => {
      expect(await send({ target: "/v1/shelves/1", remaining: 200 })).toMatchObject({
        status: 504,
        context: undefined,
      });
    });
  });

  test.each<[escaped: string, newer: Outcome, older: Outcome]>([
    ["%2F", 404, 404],
    ["%2f", 404, { id: "a/b" }],
    ["%2e", { id: "a.b" }, { id: "a.b" }],
  ])("pathUnescaping: all, with %s in a segment", async (escaped, newer, older) => {
    const send = await loadEcho(proto, { transcoding: { gateway, behaviour: { pathUnescaping: "all" } } });
    const echo = await send({ target: `/v1/shelves/a${escaped}b` });
    expect(outcome(echo)).toEqual(gateway === "2.33" ? newer : older);
  });
});
