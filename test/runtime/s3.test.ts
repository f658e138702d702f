/** What a server that checks signatures does not show: where buckets are, and what is tried again. */
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { bucketOf, S3Error } from "../../src/runtime/large-payloads/s3.js";

const keys = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret" };

test.each([
  ["payloads", { AWS_REGION: "eu-west-1" }, "https://payloads.s3.eu-west-1.amazonaws.com/a/b%20c?"],
  ["payloads", { AWS_DEFAULT_REGION: "us-gov-west-1" }, "https://payloads.s3.us-gov-west-1.amazonaws.com/a/b%20c?"],
  ["payloads", { AWS_REGION: "cn-north-1" }, "https://payloads.s3.cn-north-1.amazonaws.com.cn/a/b%20c?"],
  ["pay.loads", { AWS_REGION: "eu-west-1" }, "https://s3.eu-west-1.amazonaws.com/pay.loads/a/b%20c?"],
  [
    "payloads",
    { AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL_S3: "http://localhost:4566" },
    "http://localhost:4566/payloads/a/b%20c?",
  ],
  [
    "payloads",
    { AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL_S3: "https://s3.example.com/tenant/" },
    "https://s3.example.com/tenant/payloads/a/b%20c?",
  ],
])("%s with %o", async (name, environment, start) => {
  const link = await bucketOf(name, { ...keys, ...environment }).link("GET", "a/b c", 60);
  expect(link.slice(0, start.length)).toBe(start);
});

test("says what is missing in the environment", async () => {
  await expect(bucketOf("payloads", keys).link("GET", "a", 60)).rejects.toThrow(/no region or no credentials/);
  await expect(bucketOf("payloads", { AWS_REGION: "eu-west-1" }).link("GET", "a", 60)).rejects.toThrow(/credentials/);
});

/** Answers of the server, one per request. */
let script: ((response: ServerResponse) => void)[];
let requests: number;
let server: Server;
let environment: Record<string, string>;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().once("end", () => script[requests++]?.(response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  environment = { ...keys, AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests = 0;
});

const say =
  (status: number, body = "") =>
  (response: ServerResponse): void =>
    void response.writeHead(status).end(body);
const error = (status: number, code: string) =>
  say(status, `<?xml version="1.0"?><Error><Code>${code}</Code><StringToSign>secret</StringToSign></Error>`);
const hangUp = (response: ServerResponse): void => void response.destroy();
const breakOff = (response: ServerResponse): void => {
  response.writeHead(200, { "Content-Length": "100" }).write("half");
  setTimeout(() => response.destroy(), 20);
};

const soon = () => AbortSignal.timeout(5000);

test.each([
  ["a server that is slow", [error(503, "SlowDown"), error(500, "InternalError"), say(200, "done")]],
  ["a connection that was closed", [hangUp, say(200, "done")]],
  ["an answer that broke off", [breakOff, say(200, "done")]],
  ["a request that took too long", [error(400, "RequestTimeout"), say(200, "done")]],
])("tries again after %s", async (_, answers) => {
  script = answers;
  const { body } = await bucketOf("payloads", environment).get("key", 100, soon());
  expect([String(body), requests]).toEqual(["done", answers.length]);
});

test.each([
  ["refused", [error(403, "AccessDenied")], 403, "AccessDenied"],
  ["sent elsewhere", [error(307, "TemporaryRedirect")], 307, "TemporaryRedirect"],
  ["larger than allowed", [say(200, "x".repeat(101))], 0, "TooLarge"],
  ["not explained", [say(404, "<html>")], 404, "Unknown"],
  ["down", [error(503, "SlowDown"), hangUp, error(503, "SlowDown"), say(200)], 503, "SlowDown"],
])("gives up when it is %s", async (_, answers, status, code) => {
  script = answers;
  const failure = await bucketOf("payloads", environment)
    .get("key", 100, soon())
    .catch((caught: unknown) => caught);
  expect(failure).toBeInstanceOf(S3Error);
  expect(failure).toMatchObject({ status, code });
  expect([String(failure), (failure as S3Error).stack].join()).not.toContain("secret");
  expect(requests).toBe(Math.min(answers.length, 3));
});

test("gives up when the time is over", async () => {
  script = [() => undefined];
  const start = performance.now();
  const getting = bucketOf("payloads", environment).get("key", 100, AbortSignal.timeout(100));
  await expect(getting).rejects.toMatchObject({ status: 0, code: "ABORT_ERR" });
  expect(performance.now() - start).toBeLessThan(2000);
  expect(requests).toBe(1);
});
