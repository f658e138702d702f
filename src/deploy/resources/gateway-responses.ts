/** Responses of a REST API that no function makes. */
import {
  gatewayResponseBody,
  type GatewayResponseType,
  gatewayResponseCodes,
} from "../../front-door/gateway-responses.js";
import type { CorsPlan } from "../../plan/plan.js";
import { type Document, inline } from "./document.js";

/** A google.rpc.Status for each; `messageString` is the API's own text in quotes. Pages may read them where one origin is named, or all are. */
export function gatewayResponses(cors: CorsPlan | undefined): Document {
  const responseParameters = cors === undefined ? undefined : corsHeaders(cors);
  const types = Object.keys(gatewayResponseCodes) as GatewayResponseType[];
  const entries = types.map((type): [string, Document] => {
    const template = gatewayResponseBody(type, "$context.error.messageString");
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
