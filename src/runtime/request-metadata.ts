/** HTTP request headers as gRPC metadata, as grpc-gateway maps them. */
import { type HttpHeaders, type HttpRequest, headerValue } from "./http.js";
import { isMetadataKey, isMetadataText, Metadata } from "./metadata.js";
import { RpcError } from "./status.js";

/** The metadata key for a header (lower case), or undefined to drop it. */
export type HeaderMatcher = (header: string) => string | undefined;

/** https://www.iana.org/assignments/http-fields: registered fields that say something about the request. */
const permanentHeaders: ReadonlySet<string> = new Set(
  (
    "accept accept-charset accept-language accept-ranges authorization cache-control content-type cookie date expect from host " +
    "if-match if-modified-since if-none-match if-schedule-tag-match if-unmodified-since max-forwards origin pragma referer " +
    "user-agent via warning"
  ).split(" "),
);

/** `Grpc-Metadata-Foo` is `foo`, permanent headers get the prefix `grpcgateway-`, everything else is dropped. */
export function matchHeader(header: string): string | undefined {
  if (header.startsWith("grpc-metadata-")) return header.slice("grpc-metadata-".length);
  return permanentHeaders.has(header) ? `grpcgateway-${header}` : undefined;
}

/** Collects the metadata of a request. Throws INVALID_ARGUMENT for a binary value that isn't base64. */
export function requestMetadata(
  request: Pick<HttpRequest, "headers" | "remoteAddress">,
  matcher: HeaderMatcher = matchHeader,
): Metadata {
  const metadata = new Metadata();
  for (const header of Object.keys(request.headers))
    addHeader(metadata, header, request.headers[header] ?? [], matcher);
  addForwarded(metadata, request.headers, request.remoteAddress);
  return metadata;
}

function addHeader(metadata: Metadata, header: string, values: readonly string[], matcher: HeaderMatcher): void {
  if (header === "host") return;
  if (header === "authorization") addTexts(metadata, header, values);
  const key = matcher(header)?.toLowerCase();
  if (key === undefined || !isMetadataKey(key) || (key === header && key === "authorization")) return;
  if (!key.endsWith("-bin")) {
    addTexts(metadata, key, values);
    return;
  }
  for (const value of values) for (const text of value.split(",")) metadata.add(key, decodeBinary(header, text.trim()));
}

/** A value that gRPC cannot carry is left out. */
function addTexts(metadata: Metadata, key: string, values: readonly string[]): void {
  for (const value of values) if (isMetadataText(value)) metadata.add(key, value);
}

/** Standard base64, padded or not. */
function decodeBinary(header: string, text: string): Buffer {
  const digits = text.replace(/={1,2}$/, "");
  const isPadded = digits.length !== text.length;
  if (/^[A-Za-z0-9+/]*$/.test(digits) && digits.length % 4 !== 1 && !(isPadded && text.length % 4 !== 0)) {
    return Buffer.from(digits, "base64");
  }
  throw new RpcError("INVALID_ARGUMENT", `invalid binary header ${header}`);
}

function addForwarded(metadata: Metadata, headers: HttpHeaders, remoteAddress: string | undefined): void {
  const host = headerValue(headers, "x-forwarded-host") || headerValue(headers, "host");
  if (host !== "") replaceText(metadata, "x-forwarded-host", host);
  const addresses = [...(headers["x-forwarded-for"] ?? []), ...(remoteAddress === undefined ? [] : [remoteAddress])];
  if (addresses.length > 0) replaceText(metadata, "x-forwarded-for", addresses.join(", "));
}

function replaceText(metadata: Metadata, key: string, value: string): void {
  if (isMetadataText(value)) metadata.set(key, value);
}
