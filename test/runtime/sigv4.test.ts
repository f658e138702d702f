/** The examples that AWS publishes with the algorithm, down to the signature. */
import { expect, test } from "vitest";
import { encodePath, presignQuery, type SignedRequest, signRequest } from "../../src/runtime/large-payloads/sigv4.js";

const scope = {
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
  region: "us-east-1",
  time: new Date("2013-05-24T00:00:00Z"),
};
const host = "examplebucket.s3.amazonaws.com";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
test.each<[what: string, request: Omit<SignedRequest, "host">, body: string, names: string, signature: string]>([
  [
    "GET of a part of an object",
    { method: "GET", path: "/test.txt", headers: { range: "bytes=0-9" } },
    "",
    "host;range;x-amz-content-sha256;x-amz-date",
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  ],
  [
    "PUT of an object",
    {
      method: "PUT",
      path: encodePath("/test$file.text"),
      headers: { date: "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY" },
    },
    "Welcome to Amazon S3.",
    "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
    "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  ],
  [
    "GET of a bucket's lifecycle",
    { method: "GET", path: "/", query: { lifecycle: "" }, headers: {} },
    "",
    "host;x-amz-content-sha256;x-amz-date",
    "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  ],
  [
    "GET of a list of objects",
    { method: "GET", path: "/", query: { prefix: "J", "max-keys": "2" }, headers: {} },
    "",
    "host;x-amz-content-sha256;x-amz-date",
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  ],
])("headers: %s", async (_, request, body, names, signature) => {
  const headers = await signRequest({ ...request, host }, Buffer.from(body), scope);
  expect(headers.authorization).toBe(
    `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${names},Signature=${signature}`,
  );
  expect(headers).toMatchObject(request.headers);
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
test("query: GET of an object for a day", async () => {
  expect(await presignQuery({ method: "GET", path: "/test.txt", host, headers: {} }, 86_400, scope)).toBe(
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request" +
      "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host" +
      "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
  );
});

test("the token of a session is signed with the rest", async () => {
  const session = { ...scope, credentials: { ...scope.credentials, sessionToken: "to/ken+=" } };
  const request = { method: "GET", path: "/test.txt", host, headers: {} };
  expect(await presignQuery(request, 60, session)).toContain(
    "&X-Amz-Security-Token=to%2Fken%2B%3D&X-Amz-SignedHeaders=",
  );
  const headers = await signRequest(request, new Uint8Array(), session);
  expect(headers["x-amz-security-token"]).toBe("to/ken+=");
  expect(headers.authorization).toContain("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,");
});

test("paths are encoded once, and keep their slashes", () => {
  expect(encodePath("a b/%2F/ü+~!'()*.txt")).toBe("a%20b/%252F/%C3%BC%2B~%21%27%28%29%2A.txt");
});
