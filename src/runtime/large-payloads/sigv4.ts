/**
 * AWS Signature Version 4 for S3, and for services that take the same signature: in headers, or in the query of a link that any client may follow for some time.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html node:crypto is loaded with the
 * first signature.
 */

/** The credentials of the signer. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The token of a role's session, as in Lambda. */
  readonly sessionToken?: string;
}

/** The scope in which a signature is valid. */
export interface SigningScope {
  readonly credentials: Credentials;
  /** `eu-west-1` */
  readonly region: string;
  /** `ssm`. Default: `s3`. */
  readonly service?: string;
  readonly time: Date;
}

/** The part of a request that is signed. */
export interface SignedRequest {
  readonly method: string;
  readonly host: string;
  /** Percent-encoded: see `encodePath`. */
  readonly path: string;
  /** Decoded. Default: none. */
  readonly query?: Readonly<Record<string, string>>;
  /** Headers by lower-case name; each is signed, and has to be sent unchanged. `host` is added. */
  readonly headers: Readonly<Record<string, string>>;
}

const algorithm = "AWS4-HMAC-SHA256";

/** The scope of a service by the variables of Lambda. Throws if one of them is not set. */
export function environmentScope(
  service: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SigningScope {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_SESSION_TOKEN: token } = environment;
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  const region = AWS_REGION ?? AWS_DEFAULT_REGION;
  if (!region || !accessKeyId || !secretAccessKey)
    throw new Error(`no region or no credentials for ${service.toUpperCase()} in the environment`);
  const credentials: Credentials = { accessKeyId, secretAccessKey, ...(token ? { sessionToken: token } : {}) };
  return { credentials, region, service, time: new Date() };
}

/** The headers of a signed request: the given ones, and those that authenticate it and `body`. */
export async function signRequest(
  request: SignedRequest,
  body: Uint8Array,
  scope: SigningScope,
): Promise<Record<string, string>> {
  const { sessionToken } = scope.credentials;
  const bodyHash = await sha256(body);
  const headers: Record<string, string> = {
    ...request.headers,
    "x-amz-content-sha256": bodyHash,
    "x-amz-date": timestamp(scope.time),
    ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
  };
  const signed = { ...headers, host: request.host };
  const signature = await sign({ ...request, headers: signed }, bodyHash, scope);
  const credential = `${scope.credentials.accessKeyId}/${scopeName(scope)}`;
  return {
    ...headers,
    authorization: `${algorithm} Credential=${credential},SignedHeaders=${namesOf(signed)},Signature=${signature}`,
  };
}

/**
 * The query of a link for a request, which is valid for `seconds` from the scope's time on, and no longer than its
 * credentials.
 */
export async function presignQuery(request: SignedRequest, seconds: number, scope: SigningScope): Promise<string> {
  const { accessKeyId, sessionToken } = scope.credentials;
  const headers = { ...request.headers, host: request.host };
  const query = {
    ...request.query,
    "X-Amz-Algorithm": algorithm,
    "X-Amz-Credential": `${accessKeyId}/${scopeName(scope)}`,
    "X-Amz-Date": timestamp(scope.time),
    "X-Amz-Expires": String(seconds),
    ...(sessionToken === undefined ? {} : { "X-Amz-Security-Token": sessionToken }),
    "X-Amz-SignedHeaders": namesOf(headers),
  };
  const signature = await sign({ ...request, headers, query }, "UNSIGNED-PAYLOAD", scope);
  return `${canonicalQuery(query)}&X-Amz-Signature=${signature}`;
}

/** The path of an object's key; `/` between its parts is kept. */
export function encodePath(key: string): string {
  return key.split("/").map(encodePart).join("/");
}

async function sign(request: SignedRequest, bodyHash: string, scope: SigningScope): Promise<string> {
  const { createHmac } = await import("node:crypto");
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query ?? {}),
    ...sortedNames(request.headers).map((name) => `${name}:${request.headers[name]?.trim().replace(/ +/g, " ")}`),
    "",
    namesOf(request.headers),
    bodyHash,
  ].join("\n");
  const text = [algorithm, timestamp(scope.time), scopeName(scope), await sha256(canonical)].join("\n");
  const hmac = (key: string | Uint8Array, data: string): Uint8Array => createHmac("sha256", key).update(data).digest();
  const secret = `AWS4${scope.credentials.secretAccessKey}`;
  const key = [dateOf(scope), scope.region, scope.service ?? "s3", "aws4_request"].reduce<string | Uint8Array>(
    hmac,
    secret,
  );
  return createHmac("sha256", key).update(text).digest("hex");
}

async function sha256(data: string | Uint8Array): Promise<string> {
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(data).digest("hex");
}

function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return sortedNames(query)
    .map((name) => `${encodePart(name)}=${encodePart(query[name] ?? "")}`)
    .join("&");
}

/** Names sorted by code units, as S3 sorts them, and not by a locale. */
function sortedNames(record: Readonly<Record<string, string>>): string[] {
  return Object.keys(record).sort();
}

function namesOf(headers: Readonly<Record<string, string>>): string {
  return sortedNames(headers).join(";");
}

function scopeName(scope: SigningScope): string {
  return `${dateOf(scope)}/${scope.region}/${scope.service ?? "s3"}/aws4_request`;
}

function dateOf({ time }: SigningScope): string {
  return timestamp(time).slice(0, 8);
}

/** `20130524T000000Z` */
function timestamp(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d+/g, "");
}

/** Encodes all characters except for the unreserved ones of RFC 3986; encodeURIComponent leaves five more. */
function encodePart(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
