/** An API's own treatment of errors and headers. */
import type { Matchers } from "./calls/call.js";
import type { Endpoint } from "./calls/endpoint.js";
import type { HttpRequest, HttpResponse } from "./http.js";
import type { Metadata } from "./metadata.js";
import { matchedMetadata } from "./headers/matched-metadata.js";
import type { HeaderMatcher } from "./request-metadata.js";
import { type Header, metadataText } from "./calls/respond.js";
import { isHeaderName } from "./doors/response-headers.js";
import type { Status } from "./status.js";

/**
 * Decides what an error looks like: the returned members replace those of the response, and each of `headers` replaces
 * the header with its name. To leave the response as it is, return nothing. `request` is undefined if the function was
 * invoked with something that is not an HTTP event. The mapper is not called for errors of a stream that has begun.
 */
export type ErrorMapper = (status: Status, request: HttpRequest | undefined) => MappedError | undefined;

/** The members of an error response that are replaced. */
export interface MappedError {
  readonly status?: number;
  readonly headers?: HttpResponse["headers"];
  readonly body?: string;
}

/** Mappings of headers to metadata, and of metadata to headers. */
export interface HeaderMatchers {
  /** The metadata key for a request header (lower case), undefined to drop it. Default: `matchHeader`. */
  readonly incoming?: HeaderMatcher;
  /** The header for a key of the reply's metadata, undefined to drop it. Default: `Grpc-Metadata-` and the key. */
  readonly outgoing?: (key: string) => string | undefined;
}

/** The customizable parts of an API. */
export interface Customization {
  readonly errorMapper?: ErrorMapper;
  readonly headers?: HeaderMatchers;
}

/** The endpoint with an API's own errors and headers. */
export function customize(endpoint: Endpoint, { errorMapper, headers }: Customization): Endpoint {
  return {
    ...endpoint,
    ...(headers === undefined ? {} : { headers: matchersOf(headers) }),
    ...(errorMapper === undefined ? {} : { finish: (response, request) => mapError(response, request, errorMapper) }),
  };
}

function matchersOf({ incoming, outgoing }: HeaderMatchers): Matchers {
  return {
    ...(incoming === undefined ? {} : { incoming: (request) => matchedMetadata(request, incoming) }),
    ...(outgoing === undefined ? {} : { outgoing: (metadata) => matchedHeaders(metadata, outgoing) }),
  };
}

/** Headers of the metadata. Invalid names, and the type of the body, are left out. */
function matchedHeaders(metadata: Metadata, matcher: NonNullable<HeaderMatchers["outgoing"]>): Header[] {
  return Object.keys(metadata.getMap()).flatMap((key) => {
    const name = matcher(key);
    if (name === undefined || !isHeaderName(name) || /^content-type$/i.test(name)) return [];
    return metadata.get(key).map((value): Header => [name, metadataText(value)]);
  });
}

/** Asks the mapper. If it fails, or if its result is not a valid response, the response stays as it is. */
function mapError<Response extends HttpResponse>(
  response: Response,
  request: HttpRequest | undefined,
  mapper: ErrorMapper,
): Response {
  if (response.failure === undefined) return response;
  try {
    const mapped = mapper(response.failure, request);
    if (mapped == null) return response;
    if (!isResponse({ ...response, ...mapped })) throw new TypeError("what it returned is no part of a response");
    const own = new Set((mapped.headers ?? []).map(([name]) => name.toLowerCase()));
    const kept = response.headers.filter(([name]) => !own.has(name.toLowerCase()));
    return { ...response, ...mapped, headers: [...(mapped.headers ?? []), ...kept] };
  } catch (error) {
    console.error("the error mapper failed:", error);
    return response;
  }
}

/** Tells whether a door can send the response. */
function isResponse({ status, headers, body }: HttpResponse): boolean {
  const isHeader = (header: unknown): boolean =>
    Array.isArray(header) && header.length === 2 && header.every((text) => typeof text === "string");
  const isStatus = Number.isInteger(status) && status >= 200 && status <= 599;
  return isStatus && Array.isArray(headers) && headers.every(isHeader) && typeof body === "string";
}
