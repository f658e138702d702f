/**
 * Lambda authorizers of HTTP APIs and REST APIs: what they are asked, and what becomes of their answers.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
import { policyEffect } from "./access-policy.js";
import { refuseByApi } from "./gateway-response.js";
import { isRecord } from "./result-parts.js";
import { type Admission, refuse } from "./wire.js";

/** An authorizer of an API. */
export interface Authorizer {
  readonly api: "http-api" | "rest-api";
  /** The question of a REST API: the request, or the text of the one header. */
  readonly asks: "request" | "token";
  /** `header.Authorization`, `query.token`. */
  readonly identitySources: readonly string[];
}

/** A question about a caller. */
export interface Question {
  readonly event: object;
  /** The resource that a policy has to allow: API, stage, method and path of the request. */
  readonly arn: string;
  /** The values of the identity sources. */
  readonly identity: readonly string[];
}

/** The event for the function behind the route, with what the authorizer said; or the door's refusal. */
export type Decision = Admission<object>;

type Members = Readonly<Record<string, unknown>>;

/** The question for an admitted request; undefined where an identity source is missing, which the door refuses without asking. */
export function questionOf(authorizer: Authorizer, admitted: object): Question | undefined {
  const event = admitted as Members;
  const identity = authorizer.identitySources.flatMap((source) => identityValue(source, event) || []);
  if (identity.length < authorizer.identitySources.length) return undefined;
  const arn = requestArn(authorizer, event);
  const { body: _, isBase64Encoded: __, ...request } = event;
  if (authorizer.api === "http-api")
    return { arn, identity, event: { ...request, type: "REQUEST", routeArn: arn, identitySource: identity } };
  if (authorizer.asks === "token")
    return { arn, identity, event: { type: "TOKEN", authorizationToken: identity[0], methodArn: arn } };
  return { arn, identity, event: { ...request, type: "REQUEST", methodArn: arn } };
}

/** The value of a source; undefined for none. Names of headers are equal in any case. */
function identityValue(source: string, { headers, queryStringParameters }: Members): string | undefined {
  const [place, name = ""] = [source.slice(0, source.indexOf(".")), source.slice(source.indexOf(".") + 1)];
  const isHeader = place === "header";
  const values = Object.entries(Object((isHeader ? headers : queryStringParameters) ?? {}));
  const found = values.find(([key]) => (isHeader ? key.toLowerCase() === name.toLowerCase() : key === name));
  return found === undefined ? undefined : String(found[1]);
}

function requestArn({ api }: Authorizer, event: Members): string {
  const context = Object(event["requestContext"]) as Members;
  const [method, path] =
    api === "http-api" ? [Object(context["http"]).method, event["rawPath"]] : [event["httpMethod"], event["path"]];
  return `arn:aws:execute-api:us-east-1:123456789012:local/${context["stage"]}/${method}${path}`;
}

/** The refusal of a request without the identity that the authorizer decides by. */
export function unidentified({ api }: Authorizer): Decision {
  return unauthorized(api, "the request lacks what the authorizer decides by");
}

function unauthorized(api: Authorizer["api"], reason: string): Decision {
  if (api === "rest-api") return refuseByApi("UNAUTHORIZED", 401, "Unauthorized", reason);
  return refuse(401, "Unauthorized", reason);
}

function denied(api: Authorizer["api"]): Decision {
  const reason = "the authorizer does not let it in";
  if (api === "http-api") return refuse(403, "Forbidden", reason);
  return refuseByApi("ACCESS_DENIED", 403, "User is not authorized to access this resource", reason);
}

/** The decision for a request by the answer of the authorizer to the question about it. */
export function decide({ api }: Authorizer, { arn }: Question, answer: unknown, admitted: object): Decision {
  const said = isRecord(answer) ? answer : {};
  const verdict = api === "http-api" ? simpleVerdict(said) : policyVerdict(said, arn);
  if (verdict === undefined) return failedDecision(api, "the authorizer's answer is of another form");
  if (!verdict) return denied(api);
  const event = admitted as { readonly requestContext: object };
  const authorizer = api === "http-api" ? { lambda: said["context"] ?? null } : restContext(said);
  return {
    kind: "event",
    routeKey: "",
    event: { ...event, requestContext: { ...event.requestContext, authorizer } },
  };
}

/** The refusal where the authorizer has no answer. A REST API takes an error of this text for a refusal. */
export function failedDecision(api: Authorizer["api"], reason: string): Decision {
  if (api === "rest-api" && /^(?:Error: )?Unauthorized$/.test(reason)) return unauthorized(api, reason);
  if (api === "rest-api") return refuseByApi("DEFAULT_5XX", 500, "Internal Server Error", reason);
  return refuse(500, "Internal Server Error", reason);
}

function simpleVerdict({ isAuthorized }: Members): boolean | undefined {
  return typeof isAuthorized === "boolean" ? isAuthorized : undefined;
}

function policyVerdict({ principalId, policyDocument, context }: Members, arn: string): boolean | undefined {
  if (typeof principalId !== "string" || !isRecord(policyDocument) || !isFlat(context)) return undefined;
  return policyEffect(policyDocument["Statement"], arn) === "allow";
}

/** A REST API takes no lists and objects in the context. */
function isFlat(context: unknown): boolean {
  if (context === undefined || context === null) return true;
  return isRecord(context) && Object.values(context).every((value) => typeof value !== "object" || value === null);
}

/** A REST API makes texts of the context. */
function restContext({ principalId, context }: Members): object {
  const texts = Object.entries(Object(context ?? {})).map(([name, value]) => [name, String(value)]);
  return { ...Object.fromEntries(texts), principalId, integrationLatency: 0 };
}
