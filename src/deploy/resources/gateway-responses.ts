/** Responses of a REST API that no function makes. */
import type { CorsPlan } from "../../plan/plan.js";
import { codeNumber, type StatusCode } from "../../runtime/status.js";
import { type Document, inline } from "./document.js";

/**
 * The codes of google.rpc by type of response; the statuses stay those of the API.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const codesByResponse = {
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

/** A google.rpc.Status for each; `messageString` is the API's own text in quotes. Pages may read them where one origin is named, or all are. */
export function gatewayResponses(cors: CorsPlan | undefined): Document {
  const responseParameters = cors === undefined ? undefined : corsHeaders(cors);
  const entries = Object.entries(codesByResponse).map(([type, code]): [string, Document] => {
    const template = `{"code":${codeNumber(code)},"message":$context.error.messageString,"details":[]}`;
    return [type, { responseParameters, responseTemplates: inline({ "application/json": template }) }];
  });
  return Object.fromEntries(entries);
}

/** The headers are constants: of several origins none can be the one that asks. */
function corsHeaders({ origins, credentials, exposeHeaders }: CorsPlan): Document | undefined {
  const [origin = "*", ...others] = origins.includes("*") ? ["*"] : origins;
  if (others.length > 0) return undefined;
  const header = (name: string): string => `gatewayresponse.header.${name}`;
  return {
    [header("Access-Control-Allow-Origin")]: `'${origin}'`,
    [header("Access-Control-Allow-Credentials")]: credentials ? "'true'" : undefined,
    [header("Access-Control-Expose-Headers")]: exposeHeaders.length === 0 ? undefined : `'${exposeHeaders.join(",")}'`,
    [header("Vary")]: origin === "*" ? undefined : "'Origin'",
  };
}

/** JSON lines with the names that CloudWatch Logs Insights finds by itself. Neither addresses nor query strings nor headers. */
export function accessLogFormat(): string {
  return JSON.stringify({
    time: "$context.requestTime",
    requestId: "$context.requestId",
    routeKey: "$context.routeKey",
    status: "$context.status",
    latency: "$context.responseLatency",
    integrationLatency: "$context.integrationLatency",
    integrationError: "$context.integrationErrorMessage",
    authorizerError: "$context.authorizer.error",
    responseLength: "$context.responseLength",
  });
}
