/**
 * AWS Signature Version 4 for requests to API Gateway and Function URLs. Unlike S3, they take the path encoded once more
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 */
import { createHash, createHmac } from "node:crypto";
import { compareText } from "../../diagnostics.js";
import type { SignRequest } from "./http-side.js";

/** Scope and credentials of signatures. */
export interface Signing {
  /** `execute-api`, or `lambda` for Function URLs. */
  readonly service: string;
  /** `eu-west-1` */
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** The clock. */
  readonly now: () => Date;
}

const algorithm = "AWS4-HMAC-SHA256";

/** Makes a signer. It signs method, path, query, body, host, time and session token. */
export function requestSigner(signing: Signing): SignRequest {
  return async ({ method, target, body }, host) => {
    const time = signing
      .now()
      .toISOString()
      .replace(/[-:]|\.\d+/g, "");
    const bodyHash = sha256(body);
    const headers: readonly (readonly [string, string])[] = [
      ["host", host],
      ["x-amz-date", time],
      ...(signing.sessionToken === undefined ? [] : [["x-amz-security-token", signing.sessionToken] as const]),
    ];
    const names = headers.map(([name]) => name).join(";");
    const [path = "", query = ""] = splitAt(target, "?");
    const canonical = [
      method,
      encodeAgain(path),
      canonicalQuery(query),
      ...headers.map(([name, value]) => `${name}:${value}`),
      "",
      names,
      bodyHash,
    ].join("\n");
    const scope = `${time.slice(0, 8)}/${signing.region}/${signing.service}/aws4_request`;
    const signature = sign(signing, scope, [algorithm, time, scope, sha256(canonical)].join("\n"));
    const credential = `${signing.accessKeyId}/${scope}`;
    return [
      ...headers.slice(1),
      ["authorization", `${algorithm} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`],
    ];
  };
}

function sign({ secretAccessKey }: Signing, scope: string, text: string): string {
  const key = scope
    .split("/")
    .reduce<string | Buffer>(
      (secret, part) => createHmac("sha256", secret).update(part).digest(),
      `AWS4${secretAccessKey}`,
    );
  return createHmac("sha256", key).update(text).digest("hex");
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function splitAt(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Every character but the unreserved ones and slashes, those of escapes too. */
function encodeAgain(path: string): string {
  return path.replace(/[^A-Za-z0-9\-._~/]/g, escapeByte);
}

/** Pairs sorted by name and value, escapes kept. */
function canonicalQuery(query: string): string {
  return query
    .split("&")
    .filter((part) => part !== "")
    .map((part) => splitAt(part, "="))
    .map(([name = "", value = ""]) => [encodePart(name), encodePart(value)] as const)
    .sort(([a, left], [b, right]) => compareText(a, b) || compareText(left, right))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function encodePart(text: string): string {
  return text.replace(/\+/g, "%20").replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~%]/g, escapeByte);
}

function escapeByte(character: string): string {
  return [...Buffer.from(character, "latin1")]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}
