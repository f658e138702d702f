/** An API's own way with errors and headers. */
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
 * What an error looks like: the members given replace those of the response that would be sent; of `headers` each replaces the one
 * with its name. Nothing returned leaves it as it is. `request` is undefined where the function was called with something that is
 * no request. Errors within a stream that has begun are not asked about.
 */
export type ErrorMapper = (status: Status, request: HttpRequest | undefined) => MappedError | undefined;

/** The members of an error response that are replaced. */
export interface MappedError {
  readonly status?: number;
  readonly headers?: HttpResponse["headers"];
  readonly body?: string;
}

/** Which headers become metadata, and which metadata becomes headers. */
export interface HeaderMatchers {
  /** The metadata key for a request header (lower case), undefined to drop it. Default: `matchHeader`. */
  readonly incoming?: HeaderMatcher;
  /** The header for a key of the reply's metadata, undefined to drop it. Default: `Grpc-Metadata-` and the key. */
  readonly outgoing?: (key: string) => string | undefined;
}

/** What an API can have of its own. */
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

/** A name that is no header's, or the type of the body, is left out. */
function matchedHeaders(metadata: Metadata, matcher: NonNullable<HeaderMatchers["outgoing"]>): Header[] {
  return Object.keys(metadata.getMap()).flatMap((key) => {
    const name = matcher(key);
    if (name === undefined || !isHeaderName(name) || /^content-type$/i.test(name)) return [];
    return metadata.get(key).map((value): Header => [name, metadataText(value)]);
  });
}

/** A mapper that fails, or returns what is no response, leaves the response as it is. */
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

/** Whether a door can send it. */
function isResponse({ status, headers, body }: HttpResponse): boolean {
  const isHeader = (header: unknown): boolean =>
    Array.isArray(header) && header.length === 2 && header.every((text) => typeof text === "string");
  const isStatus = Number.isInteger(status) && status >= 200 && status <= 599;
  return isStatus && Array.isArray(headers) && headers.every(isHeader) && typeof body === "string";
}
