/**
 * Cross-origin requests at doors with CORS settings of their own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
 */
import type { CorsSettings, DoorSettings } from "./simulated-door.js";
import type { Admission, WireRequest, WireResponse } from "./wire.js";

/** The answer to a preflight, which no function sees; undefined for every other request, and without settings. */
export function answerPreflight(
  request: WireRequest,
  { cors }: DoorSettings,
  status: 200 | 204,
): Admission<never> | undefined {
  const origin = headerOf(request, "origin");
  const method = headerOf(request, "access-control-request-method");
  if (cors === undefined || request.method !== "OPTIONS" || origin === undefined || method === undefined)
    return undefined;
  const granted: [string, string][] = isAllowed(origin, cors)
    ? [
        ...originHeaders(origin, cors),
        ["access-control-allow-methods", cors.methods.join(",")],
        ["access-control-allow-headers", cors.headers.join(",")],
        ["access-control-max-age", String(cors.maxAge)],
      ]
    : [];
  return {
    kind: "refused",
    response: { status, headers: granted, body: new Uint8Array() },
    reason: "the door answers preflights",
  };
}

/** The headers of a response to a request from `origin`. What the function says about origins counts for nothing. */
export function shareHeaders(
  headers: WireResponse["headers"],
  origin: string | undefined,
  { cors }: DoorSettings,
): WireResponse["headers"] {
  if (cors === undefined) return headers;
  const own = headers.filter(([name]) => !name.startsWith("access-control-"));
  if (origin === undefined || !isAllowed(origin, cors)) return own;
  const exposed = cors.exposeHeaders.join(",");
  return [
    ...own,
    ...originHeaders(origin, cors),
    ...(exposed === "" ? [] : [["access-control-expose-headers", exposed] as const]),
  ];
}

/** The origin that an event of payload format 1.0 or 2.0 shows. */
export function originOf(event: object): string | undefined {
  const { headers } = event as { headers?: Readonly<Record<string, string>> };
  return headers?.["origin"];
}

function headerOf({ headers }: WireRequest, name: string): string | undefined {
  return headers.find(([own]) => own.toLowerCase() === name)?.[1];
}

function isAllowed(origin: string, { origins }: CorsSettings): boolean {
  return origins.includes("*") || origins.includes(origin);
}

function originHeaders(origin: string, { origins, credentials }: CorsSettings): [string, string][] {
  const allowed: [string, string] = ["access-control-allow-origin", origins.includes("*") ? "*" : origin];
  return credentials ? [allowed, ["access-control-allow-credentials", "true"]] : [allowed];
}
