/** The OpenAPI document of an HTTP API or a REST API, as the SAM template shows it. */
import { functionsWithRpcs } from "../../plan/functions/every-function.js";
import { defaultRoute, routeIdentity } from "../../front-door/route-key.js";
import type { MethodPlan, Plan, RouteKey } from "../../plan/plan.js";
import { codeNumber, type StatusCode } from "../../runtime/status.js";
import { rpcNames } from "./rpc-names.js";
import { logicalIds } from "./logical-ids.js";
import { samDoors } from "./sam-doors.js";
import { yamlString } from "./yaml-text.js";

/** A path with its methods. Scalars are YAML text already. */
export interface PathView {
  readonly path: string;
  readonly operations: readonly OperationView[];
}

/** A method of a path. */
export interface OperationView {
  readonly method: string;
  /** The RPCs whose requests come in by this route. */
  readonly rpcs: string;
  /** Whether it is the route for all other requests. */
  readonly isDefault: boolean;
  readonly parameters: readonly string[];
  readonly iam: boolean;
  readonly jwt: boolean;
  /** The response goes out in parts, for this long at most. */
  readonly streams: boolean;
  readonly timeoutInMillis: number;
  /** Reference of `!Sub` to the function. */
  readonly arn: string;
}

/** JSON lines with the names that CloudWatch Logs Insights finds by itself. */
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

/** A response of the REST API itself, without a function. Scalars are YAML text already. */
export interface GatewayResponseView {
  readonly type: string;
  readonly template: string;
}

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
  EXPIRED_TOKEN: "UNAUTHENTICATED",
  INVALID_SIGNATURE: "UNAUTHENTICATED",
  WAF_FILTERED: "PERMISSION_DENIED",
  RESOURCE_NOT_FOUND: "NOT_FOUND",
  REQUEST_TOO_LARGE: "RESOURCE_EXHAUSTED",
  THROTTLED: "RESOURCE_EXHAUSTED",
  QUOTA_EXCEEDED: "RESOURCE_EXHAUSTED",
  INTEGRATION_TIMEOUT: "DEADLINE_EXCEEDED",
} as const satisfies Readonly<Record<string, StatusCode>>;

/** The body of each response of a REST API that no function makes; `messageString` is the API's own text in quotes. */
export function gatewayResponseViews(): GatewayResponseView[] {
  return Object.entries(codesByResponse).map(([type, code]) => ({
    type,
    template: yamlString(`{"code":${codeNumber(code)},"message":$context.error.messageString,"details":[]}`),
  }));
}

/** The paths of the API's document; empty for doors without one. */
export function pathViews(plan: Plan): PathView[] {
  if (!samDoors[plan.deployment.frontDoor].hasDocument) return [];
  const ids = logicalIds(plan);
  const users = rpcsByRoute(plan);
  const paths = new Map<string, OperationView[]>();
  const add = (path: string, operation: OperationView): void => {
    paths.set(path, [...(paths.get(path) ?? []), operation]);
  };
  for (const fn of plan.functions) {
    for (const key of fn.routeKeys)
      add(
        key.path,
        operationView(fn.streams, ids.get(fn.id), key, rpcNames(users.get(routeIdentity(key)) ?? fn.methods), plan),
      );
  }
  for (const { key, functionId, open } of plan.unrouted.routes) {
    const streams = functionsWithRpcs(plan).some((fn) => fn.id === functionId && fn.streams);
    const operation = operationView(
      streams,
      ids.get(functionId),
      key,
      open ? "preflights of browsers" : "requests that match no RPC",
      plan,
    );
    add(key.path, open ? { ...operation, iam: false, jwt: false } : operation);
  }
  return [...paths].map(([path, operations]) => ({ path: pathText(path), operations }));
}

/** The catch-all of an HTTP API has no path, and a place among the paths all the same. */
function pathText(path: string): string {
  return yamlString(path === defaultRoute ? `/${path}` : path);
}

function rpcsByRoute(plan: Plan): Map<string, MethodPlan[]> {
  const users = new Map<string, MethodPlan[]>();
  for (const { routeKey, method } of plan.routes) {
    const identity = routeIdentity(routeKey);
    const methods = users.get(identity) ?? [];
    users.set(identity, methods);
    if (!methods.includes(method)) methods.push(method);
  }
  return users;
}

function operationView(
  streams: boolean,
  logicalId: string | undefined,
  key: RouteKey,
  rpcs: string,
  plan: Plan,
): OperationView {
  return {
    method: key.httpMethod === "ANY" ? "x-amazon-apigateway-any-method" : key.httpMethod.toLowerCase(),
    rpcs,
    isDefault: key.path === defaultRoute,
    parameters: [...key.path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = ""]) => yamlString(name)),
    iam: plan.deployment.auth === "iam",
    jwt: plan.deployment.auth === "jwt",
    streams,
    timeoutInMillis: plan.deployment.timeout * 1000,
    arn: `\${${logicalId}Function.Arn}`,
  };
}
