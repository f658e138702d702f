/** HTTP request headers as gRPC metadata, as grpc-gateway maps them since 2.33. */
import { type HttpHeaders, type HttpRequest, headerValue } from "./http.js";
import { isMetadataKey, isMetadataText, Metadata } from "./metadata.js";

/** The metadata key for a header (lower case), or undefined to drop it. */
export type HeaderMatcher = (header: string) => string | undefined;

/** Registered fields that describe the request. https://www.iana.org/assignments/http-fields */
const permanentHeaders: ReadonlySet<string> = new Set(
  (
    "accept accept-charset accept-language accept-ranges authorization cache-control content-type cookie date expect from host " +
    "if-match if-modified-since if-none-match if-schedule-tag-match if-unmodified-since max-forwards origin pragma referer " +
    "user-agent via warning"
  ).split(" "),
);

/** Gives permanent headers the prefix `grpcgateway-`, and drops all others. */
export function matchHeader(header: string): string | undefined {
  return permanentHeaders.has(header) ? `grpcgateway-${header}` : undefined;
}

/** Keys that are made from the request as a whole; no header can set them. */
const derived: ReadonlySet<string> = new Set(["x-forwarded-for", "x-forwarded-host"]);

/** The part of a request that metadata is made from. */
export type MetadataRequest = Pick<HttpRequest, "headers" | "remoteAddress">;

/** Makes the metadata of a request. */
export type MetadataReader = (request: MetadataRequest) => Metadata;

/** The metadata that `matchHeader` makes. Never throws. */
export function permanentMetadata(request: MetadataRequest): Metadata {
  return collectMetadata(request, matchHeader, addTexts);
}

/** Adds the values of a header under the key that its matcher has chosen. */
type AddValues = (metadata: Metadata, key: string, values: readonly string[], header: string) => void;

/** Collects the metadata of a request. `add` knows what to do with the keys that `matcher` can choose. */
export function collectMetadata(
  { headers, remoteAddress }: MetadataRequest,
  matcher: HeaderMatcher,
  add: AddValues,
): Metadata {
  const metadata = new Metadata();
  const addHeader = (header: string, values: readonly string[]): void => {
    if (header === "host" || derived.has(header)) return;
    const key = matcher(header)?.toLowerCase();
    if (key === undefined || derived.has(key) || !isMetadataKey(key)) return;
    if (key !== header || key !== "authorization") add(metadata, key, values, header);
  };
  // First, so that a matcher's result for another header is not read instead.
  addTexts(metadata, "authorization", headers["authorization"] ?? []);
  for (const header of Object.keys(headers)) addHeader(header, headers[header] ?? []);
  if (/^no-cache(?:,\S|$)/.test(headerValue(headers, "pragma")) && headers["cache-control"] === undefined)
    addHeader("cache-control", ["no-cache"]);
  addForwarded(metadata, headers, remoteAddress);
  return metadata;
}

/** Adds texts; a value that gRPC cannot carry is left out. */
export function addTexts(metadata: Metadata, key: string, values: readonly string[]): void {
  for (const value of values) if (isMetadataText(value)) metadata.add(key, value);
}

/** Adds the host that the client asked for, and the addresses on the way, the last one as the door saw it. */
function addForwarded(metadata: Metadata, headers: HttpHeaders, remoteAddress: string | undefined): void {
  const host = ["x-forwarded-host", "host"].map((name) => headerValue(headers, name)).find(isSet);
  if (host !== undefined) metadata.set("x-forwarded-host", host);
  const addresses = [...(headers["x-forwarded-for"] ?? []).flatMap(validParts), remoteAddress ?? ""].filter(isSet);
  if (addresses.length > 0) metadata.set("x-forwarded-for", addresses.join(", "));
}

/**
 * The parts that can be metadata. A door appends the address that it saw to the client's text: a part that cannot be
 * metadata does not hide it.
 */
function validParts(value: string): readonly string[] {
  if (isMetadataText(value)) return [value];
  const parts = value.split(",").map((part) => part.trim());
  return parts.filter(isMetadataText);
}

function isSet(value: string): boolean {
  return value !== "" && isMetadataText(value);
}
