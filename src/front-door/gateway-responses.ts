/** Responses of a REST API that no function makes. */
import { codeNumber, type StatusCode } from "../runtime/status.js";

/**
 * The codes of google.rpc by type of response; the statuses stay those of the API.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const gatewayResponseCodes = {
  DEFAULT_4XX: "INVALID_ARGUMENT",
  DEFAULT_5XX: "INTERNAL",
  UNAUTHORIZED: "UNAUTHENTICATED",
  MISSING_AUTHENTICATION_TOKEN: "UNAUTHENTICATED",
  ACCESS_DENIED: "PERMISSION_DENIED",
  INVALID_API_KEY: "PERMISSION_DENIED",
  EXPIRED_TOKEN: "UNAUTHENTICATED",
  INVALID_SIGNATURE: "UNAUTHENTICATED",
  WAF_FILTERED: "PERMISSION_DENIED",
  RESOURCE_NOT_FOUND: "NOT_FOUND",
  REQUEST_TOO_LARGE: "RESOURCE_EXHAUSTED",
  THROTTLED: "RESOURCE_EXHAUSTED",
  QUOTA_EXCEEDED: "RESOURCE_EXHAUSTED",
  INTEGRATION_FAILURE: "UNAVAILABLE",
  INTEGRATION_TIMEOUT: "DEADLINE_EXCEEDED",
} as const satisfies Readonly<Record<string, StatusCode>>;

/** A type of response with a code. */
export type GatewayResponseType = keyof typeof gatewayResponseCodes;

/** The body, a google.rpc.Status; `message` is JSON, or what the API puts JSON in place of. */
export function gatewayResponseBody(type: GatewayResponseType, message: string): string {
  return `{"code":${codeNumber(gatewayResponseCodes[type])},"message":${message},"details":[]}`;
}
