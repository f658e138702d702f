/** Lines of functions as `dev` shows them. */
import { expect, test } from "vitest";
import { readableLine } from "../../../src/cli/dev/readable-line.js";

const request = { level: "ERROR", message: "request", durationMs: 1, request: "{}" };

test.each<[string, object, string | undefined]>([
  ["a line of a handler", { level: "WARN", message: "full", shelf: "a", service: "s" }, 'WARN  full  {"shelf":"a"}'],
  ["a request without an error", { ...request, level: "INFO" }, undefined],
  ["a refused request", { ...request, level: "WARN", reason: "no shelf" }, "WARN  no shelf"],
  [
    "an error",
    { ...request, error: { name: "TypeError", message: "m", stack: "    at f" } },
    "ERROR TypeError: m\n    at f\nrequest {}",
  ],
  [
    "an error of grpc-js, which has no stack",
    { ...request, error: { code: 12, details: "not implemented" } },
    'ERROR {"code":12,"details":"not implemented"}\nrequest {}',
  ],
  ["a text that was thrown", { ...request, error: "text" }, "ERROR text\nrequest {}"],
])("%s", (_, line, expected) => {
  expect(readableLine(JSON.stringify(line), false)).toBe(expected);
});
