/** An API's own way with errors and headers. */
import type { Endpoint } from "./endpoint.js";
import type { HttpRequest, HttpResponse } from "./http.js";
import type { OutgoingMatcher } from "./reply-headers.js";
import type { HeaderMatcher } from "./request-metadata.js";
import type { Status } from "./status.js";

/**
 * What an error looks like: the members given replace those of the response that would be sent; of `headers` each replaces the one
 * with its name. Nothing returned leaves it as it is. Errors within a stream that has begun are not asked about.
 */
export type ErrorMapper = (
  status: Status,
  request: HttpRequest,
) => { readonly status?: number; readonly headers?: HttpResponse["headers"]; readonly body?: string } | undefined;

/** Which headers become metadata, and which metadata becomes headers. */
export interface HeaderMatchers {
  /** The metadata key for a request header (lower case), undefined to drop it. Default: `matchHeader`. */
  readonly incoming?: HeaderMatcher;
  /** The header for a key of the reply's metadata, undefined to drop it. Default: `Grpc-Metadata-` and the key. */
  readonly outgoing?: OutgoingMatcher;
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
    ...(headers === undefined ? {} : { headers }),
    ...(errorMapper === undefined ? {} : { finish: (response, request) => mapError(response, request, errorMapper) }),
  };
}

/** A mapper that fails leaves the response as it is. */
function mapError(response: HttpResponse, request: HttpRequest, mapper: ErrorMapper): HttpResponse {
  if (response.failure === undefined) return response;
  try {
    const mapped = mapper(response.failure, request);
    if (mapped === undefined) return response;
    const own = new Set((mapped.headers ?? []).map(([name]) => name.toLowerCase()));
    const kept = response.headers.filter(([name]) => !own.has(name.toLowerCase()));
    return { ...response, ...mapped, headers: [...(mapped.headers ?? []), ...kept] };
  } catch (error) {
    console.error("the error mapper failed:", error);
    return response;
  }
}
