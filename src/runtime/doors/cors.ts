/**
 * Cross-origin requests of browsers, if the front door does not handle them: preflights, and the headers that let a
 * page read a response. https://fetch.spec.whatwg.org/#http-cors-protocol
 */
import type { Cors } from "./door.js";
import { type HttpRequest, type HttpResponse, headerValue } from "../http.js";
import type { Header } from "../calls/respond.js";
import { isHeaderName } from "./response-headers.js";

/** The permissions of pages from other origins. */
export interface CorsOptions {
  /** `https://app.example.com`, or `*` alone for every page. */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  /** Request headers; `*` for all. */
  readonly headers: readonly string[];
  /** Response headers that a page may read in addition to the simple ones. */
  readonly exposeHeaders: readonly string[];
  /** Seconds for which a browser may remember a preflight. */
  readonly maxAge: number;
  /** Whether requests may carry cookies. Not with `*` among the origins. */
  readonly credentials: boolean;
}

/**
 * Makes the handling of cross-origin requests. A page of another origin gets no permission, and the browser keeps the
 * response from it.
 */
export function cors(options: CorsOptions): Cors {
  const isAllowed = (origin: string): boolean => options.origins.includes("*") || options.origins.includes(origin);
  return {
    preflight: (request) => {
      if (request.method !== "OPTIONS" || headerValue(request.headers, "access-control-request-method") === "")
        return undefined;
      const origin = headerValue(request.headers, "origin");
      const granted = isAllowed(origin)
        ? [...originHeaders(origin, options), ...preflightHeaders(request, options)]
        : [];
      return { status: 204, headers: [...granted, ...varyHeaders(options)], body: "" };
    },
    share: (request, response) => shareResponse(request, response, options, isAllowed),
  };
}

function shareResponse<Response extends HttpResponse>(
  request: HttpRequest,
  response: Response,
  options: CorsOptions,
  isAllowed: (origin: string) => boolean,
): Response {
  const origin = headerValue(request.headers, "origin");
  const expose: Header[] =
    options.exposeHeaders.length === 0 ? [] : [["Access-Control-Expose-Headers", options.exposeHeaders.join(", ")]];
  const granted = origin !== "" && isAllowed(origin) ? [...originHeaders(origin, options), ...expose] : [];
  return { ...response, headers: [...response.headers, ...granted, ...varyHeaders(options)] };
}

function originHeaders(origin: string, { origins, credentials }: CorsOptions): Header[] {
  const allowed: Header = ["Access-Control-Allow-Origin", origins.includes("*") ? "*" : origin];
  return credentials ? [allowed, ["Access-Control-Allow-Credentials", "true"]] : [allowed];
}

function preflightHeaders(request: HttpRequest, { methods, headers, maxAge }: CorsOptions): Header[] {
  const requested = headerValue(request.headers, "access-control-request-headers");
  // `*` does not include Authorization, and means nothing in requests with cookies. The requested names are listed
  // instead.
  const allowed = headers.includes("*") ? headerNames(requested) : headers.join(", ");
  return [
    ["Access-Control-Allow-Methods", methods.join(", ")],
    ...(allowed === "" ? [] : [["Access-Control-Allow-Headers", allowed] as const]),
    ["Access-Control-Max-Age", String(maxAge)],
  ];
}

/** Most names that a `*` allows. */
const maxNames = 100;

/** The valid names in a list; any other text of the client is not sent back to it. */
function headerNames(list: string): string {
  const names = list.split(",", maxNames).map((name) => name.trim());
  return names.filter(isHeaderName).join(",");
}

/** The Vary header. A cache may give a response to another page only if every page gets the same one. */
function varyHeaders({ origins }: CorsOptions): Header[] {
  return origins.includes("*") ? [] : [["Vary", "Origin"]];
}
