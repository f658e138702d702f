/** Response headers as interceptors and error mappers give them, through every door: no value begins another header, and no name is none. */
import { describe, expect, test } from "vitest";
import { customize } from "../../src/runtime/customize.js";
import type { Endpoint } from "../../src/runtime/calls/endpoint.js";
import type { HttpResponse } from "../../src/runtime/http.js";
import { interceptCalls } from "../../src/runtime/interceptors.js";
import { exchange, testDoors } from "./doors.js";
import { probe } from "./probe.js";
import { baseRequest } from "./shown.js";

const hostile: HttpResponse["headers"] = [
  ["X-Lines", "a\r\nSet-Cookie: stolen=1\r\n\r\n<script>"],
  ["X-Controls", "a\u0000\u0007\u007fb"],
  ["X-Wide", "a\u2028\u{1f600}b"],
  ["X-Kept", "caf\u00e9\ta  b"],
  ["X-Name: injected\r\nX", "value"],
  ["X Space", "value"],
  ["", "value"],
];

const cleaned = {
  "x-lines": "a Set-Cookie: stolen=1 <script>",
  "x-controls": "a b",
  "x-wide": "a b",
  "x-kept": "caf\u00e9\ta  b",
};

const withInterceptor: Endpoint = interceptCalls(probe, [
  { after: (response) => ({ ...response, headers: [...response.headers, ...hostile] }) },
]);
const withMapper: Endpoint = customize(probe, { errorMapper: () => ({ headers: hostile }) });

describe.each(testDoors.map((door) => [door.name, door] as const))("%s", (_, door) => {
  test.each([
    ["an interceptor", withInterceptor, "/v1/items/1", 200],
    ["an error mapper", withMapper, "/v1/answers/99", 404],
  ])("cleans the headers of %s", async (_, endpoint, target, status) => {
    const response = await exchange(door, door.make(endpoint), { ...baseRequest, method: "GET", target });
    expect(response.status).toBe(status);
    const headers = Object.fromEntries(response.headers.map(([name, value]) => [name.toLowerCase(), value]));
    expect(headers).toMatchObject(cleaned);
    expect(Object.keys(headers).filter((name) => !/^[a-z-]+$/.test(name))).toEqual([]);
    expect(headers).not.toHaveProperty("set-cookie");
  });
});
