/** The OpenAPI document of an HTTP API or a REST API, as the SAM template shows it. */
import { routeIdentity } from "../front-door/route-key.js";
import type { FunctionPlan, MethodPlan, Plan, RouteKey } from "../plan/plan.js";
import { rpcNames } from "./rpc-names.js";
import { yamlString } from "./yaml-text.js";

/** A path with its methods. Scalars are YAML text already. */
export interface PathView {
  readonly path: string;
  readonly operations: readonly OperationView[];
}

/** A method of a path. */
export interface OperationView {
  readonly method: string;
  readonly rpcs: string;
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

/** What the API's document says of each path; nothing for doors without one. */
export function pathViews(plan: Plan): PathView[] {
  if (!isGateway(plan)) return [];
  const users = rpcsByRoute(plan);
  const paths = new Map<string, OperationView[]>();
  for (const fn of plan.functions) {
    for (const key of fn.routeKeys) {
      const operations = paths.get(key.path) ?? [];
      paths.set(key.path, operations);
      operations.push(operationView(fn, key, users.get(routeIdentity(key)) ?? fn.methods, plan));
    }
  }
  if (answersBrowsers(plan)) for (const operations of paths.values()) addPreflight(operations);
  return [...paths].map(([path, operations]) => ({ path: yamlString(path), operations }));
}

/** A REST API answers no preflights: they go to the function behind the path, and carry no credentials. */
function answersBrowsers({ deployment }: Plan): boolean {
  return deployment.cors !== undefined && deployment.frontDoor === "rest-api";
}

function addPreflight(operations: OperationView[]): void {
  const [first] = operations;
  const isThere = operations.some(({ method }) => method === "options");
  if (first !== undefined && !isThere)
    operations.push({ ...first, method: "options", rpcs: "preflights of browsers", iam: false, jwt: false });
}

function isGateway({ deployment }: Plan): boolean {
  return deployment.frontDoor === "http-api" || deployment.frontDoor === "rest-api";
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

function operationView(fn: FunctionPlan, key: RouteKey, methods: readonly MethodPlan[], plan: Plan): OperationView {
  return {
    method: key.httpMethod === "ANY" ? "x-amazon-apigateway-any-method" : key.httpMethod.toLowerCase(),
    rpcs: rpcNames(methods),
    parameters: [...key.path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = ""]) => yamlString(name)),
    iam: plan.deployment.auth === "iam",
    jwt: plan.deployment.auth === "jwt",
    streams: fn.streams,
    timeoutInMillis: plan.deployment.timeout * 1000,
    arn: `\${${fn.logicalId}Function.Arn}`,
  };
}
