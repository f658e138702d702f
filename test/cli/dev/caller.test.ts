/** Who may call the local server: no page of another site, under whatever name it comes. */
import { expect, test } from "vitest";
import { refuseCaller } from "../../../src/cli/dev/caller.js";

const local = { host: "127.0.0.1", names: [], origins: [] };

test.each<[string, Record<string, string>]>([
  ["the address", { host: "127.0.0.1:3000" }],
  ["another address of loopback", { host: "127.8.9.1" }],
  ["localhost", { host: "localhost:3000" }],
  ["localhost in capitals", { host: "LOCALHOST" }],
  ["a name below localhost", { host: "shop.localhost:3000" }],
  ["loopback in IPv6", { host: "[::1]:3000" }],
  ["no host, as in HTTP/1.0", {}],
  ["a page of another local server", { host: "localhost:3000", origin: "http://localhost:5173" }],
  [
    "a link of another site that is followed",
    { host: "localhost", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
  ],
  ["a page of its own", { host: "localhost", "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" }],
])("%s may", (_, headers) => {
  expect(refuseCaller({ method: "GET", headers, localAddress: "127.0.0.1" }, local)).toBeUndefined();
});

test.each<[string, Record<string, string>, string]>([
  ["a name that points here", { host: "evil.example:3000" }, 'the host "evil.example:3000"'],
  ["a name that ends alike", { host: "localhost.evil.example" }, "the host"],
  ["a name that begins alike", { host: "127.0.0.1.evil.example" }, "the host"],
  ["another address", { host: "192.168.1.7:3000" }, "the host"],
  ["no name at all", { host: "" }, "the host"],
  ["a page of another site", { host: "localhost", origin: "https://evil.example" }, "a page of https://evil.example"],
  ["a page without origin", { host: "localhost", origin: "null" }, "a page of null"],
  [
    "an image of another site",
    { host: "localhost", "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" },
    "loads this",
  ],
])("%s may not", (_, headers, reason) => {
  expect(refuseCaller({ method: "GET", headers, localAddress: "127.0.0.1" }, local)).toContain(reason);
});

test("a preflight of any page may, for it does nothing", () => {
  const headers = { host: "localhost", origin: "https://evil.example", "access-control-request-method": "POST" };
  expect(refuseCaller({ method: "OPTIONS", headers }, local)).toBeUndefined();
  expect(refuseCaller({ method: "POST", headers }, local)).toContain("a page of");
  const { "access-control-request-method": _, ...plain } = headers;
  expect(refuseCaller({ method: "OPTIONS", headers: plain }, local)).toContain("a page of");
});

test("the address or name of --host may, and the address that a request came in at", () => {
  const named = { host: "box.internal", names: [], origins: [] };
  expect(refuseCaller({ method: "GET", headers: { host: "box.internal:3000" } }, named)).toBeUndefined();
  expect(
    refuseCaller({ method: "GET", headers: { host: "box.internal", origin: "http://box.internal:8080" } }, named),
  ).toBeUndefined();
  const everywhere = { host: "0.0.0.0", names: [], origins: [] };
  const localAddress = "::ffff:192.168.1.7";
  expect(
    refuseCaller({ method: "GET", headers: { host: "192.168.1.7:3000" }, localAddress }, everywhere),
  ).toBeUndefined();
  expect(refuseCaller({ method: "GET", headers: { host: "192.168.1.8:3000" }, localAddress }, everywhere)).toContain(
    "192.168.1.8",
  );
});

test("a name of --allow-host may, and only that", () => {
  const allowed = { host: "127.0.0.1", names: ["API.example.com", ""], origins: [] };
  const refusalOf = (host: string) => refuseCaller({ method: "GET", headers: { host } }, allowed);
  expect(refusalOf("api.example.com:3000")).toBeUndefined();
  expect(refusalOf("www.api.example.com")).toContain("the host");
  expect(refusalOf("")).toContain("the host");
});

test("an origin that cors names may, and every origin that it does not name may not", () => {
  const headers = { host: "localhost", origin: "https://app.example" };
  expect(
    refuseCaller({ method: "GET", headers }, { host: "127.0.0.1", names: [], origins: ["https://app.example"] }),
  ).toBeUndefined();
  expect(refuseCaller({ method: "GET", headers }, { host: "127.0.0.1", names: [], origins: ["*"] })).toContain(
    "https://app.example",
  );
});
