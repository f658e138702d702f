/** Checks of the media types of a request's body and of those that the client accepts. */

import { type HttpRequest, type HttpResponse, headerValue, mediaType } from "../http.js";
import type { StatusCode } from "../status.js";
import { accepts } from "./accept.js";

/** The part of a route that the checks need. */
export interface MediaTypes {
  /** Whether the HTTP body is read. */
  readonly body: boolean;
  /** Whether the body is passed on unchanged, whatever its type. */
  readonly takesRaw?: true;
  /** Whether the body may be a binary message. */
  readonly takesBinary?: true;
  /** Whether the body may be a form. */
  readonly takesForm?: true;
  /** Further media types of the body. */
  readonly bodyTypes?: readonly string[];
  /** Media types of the replies. Default: JSON. */
  readonly replyTypes?: readonly string[];
  /** Present if the reply may be a binary message. */
  readonly encodeBinary?: unknown;
  /** Present if the reply is the body itself, in its own type. */
  readonly encodeRaw?: unknown;
}

/** Makes the response of a gRPC code. */
export type Refuse = (code: StatusCode, message: string) => HttpResponse;

/** Checks a request before it is decoded; a returned response, made with `refuse`, refuses it. */
export type CheckMediaTypes = (route: MediaTypes, request: HttpRequest, refuse: Refuse) => HttpResponse | undefined;

/**
 * Answers 415 to a body that isn't JSON, and 406 to a client that doesn't accept JSON; undefined for other requests.
 */
export function refuseMediaTypes(route: MediaTypes, request: HttpRequest, refuse: Refuse): HttpResponse | undefined {
  const type = mediaType(headerValue(request.headers, "content-type"));
  const isRead = route.body && route.takesRaw !== true && request.body.length > 0;
  if (isRead && type !== "" && !isTaken(type, route)) {
    const refused = refuse("INVALID_ARGUMENT", "the body is not application/json");
    return { ...refused, status: 415, headers: [...refused.headers, ["Accept", "application/json"]] };
  }
  const accepted = request.headers["accept"] ?? [];
  const offered = [
    ...(route.replyTypes ?? ["application/json"]),
    ...(route.encodeBinary === undefined ? [] : ["application/x-protobuf", "application/protobuf"]),
  ];
  if (route.encodeRaw !== undefined || offered.some((each) => accepts(accepted, each))) return undefined;
  return { ...refuse("INVALID_ARGUMENT", `the answer is ${offered.join(" or ")}`), status: 406 };
}

function isTaken(type: string, route: MediaTypes): boolean {
  if (isJson(type) || route.bodyTypes?.includes(type) === true) return true;
  if (isBinary(type)) return route.takesBinary === true;
  return route.takesForm === true && /^(?:application\/x-www-form-urlencoded|multipart\/form-data)$/.test(type);
}

function isBinary(type: string): boolean {
  return type === "application/x-protobuf" || type === "application/protobuf";
}

function isJson(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}
