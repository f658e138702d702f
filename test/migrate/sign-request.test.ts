/** Signatures of requests to API Gateway, held against the published test suite of Signature Version 4. */
import { expect, test } from "vitest";
import { requestSigner } from "../../src/migrate/sides/sign-request.js";

const sign = requestSigner({
  service: "service",
  region: "us-east-1",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  now: () => new Date("2015-08-30T12:36:00Z"),
});

test.each([
  ["GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
  ["GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"],
  ["POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"],
])("%s %s", async (method, target, signature) => {
  const headers = await sign({ method, target, body: new Uint8Array() }, "example.amazonaws.com");
  expect(headers).toEqual([
    ["x-amz-date", "20150830T123600Z"],
    [
      "authorization",
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    ],
  ]);
});

test("the order of parameters and the spelling of escapes do not change a signature, another path or body does", async () => {
  const signatureOf = async (target: string, body = ""): Promise<string | undefined> =>
    (await sign({ method: "GET", target, body: Buffer.from(body) }, "x"))[1]?.[1];
  expect(await signatureOf("/a?b-c=1&b=2")).toBe(await signatureOf("/a?b=2&b-c=1"));
  expect(await signatureOf("/a?b=a+b")).toBe(await signatureOf("/a?b=a%20b"));
  expect(await signatureOf("/a%20b")).not.toBe(await signatureOf("/a b"));
  expect(await signatureOf("/a")).not.toBe(await signatureOf("/a", "x"));
});
