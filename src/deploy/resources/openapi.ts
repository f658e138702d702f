/** The OpenAPI document of an HTTP API or a REST API, with the integrations of its functions. */
import { defaultRoute, routeIdentity } from "../../front-door/route-key.js";
import { functionsWithRpcs } from "../../plan/functions/every-function.js";
import { limitsOf } from "../../plan/functions/function-limits.js";
import type { AuthPlan, CorsPlan, MethodPlan, Plan, RouteKey } from "../../plan/plan.js";
import { accessPolicy } from "./access-policy.js";
import { type Document, type DocumentMembers, entries, inline, noted } from "./document.js";
import { operationSecurity, type SchemeNames, schemeNames, securityComponents } from "./api-auth.js";
import { ownRouteNames } from "./functions.js";
import { gatewayResponses } from "./gateway-responses.js";
import { usagePlanOf } from "../../plan/auth/usage-plan.js";
import { rpcNames } from "./rpc-names.js";
import { functionArn, functionInvocation, streamingInvocation } from "./invocation.js";
import { join, parameter, type Value } from "./value.js";

/** An operation of the document: a route and the function behind it. */
interface Operation {
  readonly key: RouteKey;
  /** ARN of the function, or of its alias. */
  readonly target: Value;
  /** The RPCs whose requests come in by this route, as a remark has them. */
  readonly rpcs: string;
  readonly auth: AuthPlan;
  readonly streams: boolean;
  /** Query parameters in the key of cached answers. Undefined: they are not cached. */
  readonly cacheParameters?: readonly string[];
}

/** The document of an HTTP API. */
export function httpApiDocument(plan: Plan): Document {
  const { cors } = plan.deployment;
  const names = schemeNames(plan);
  return {
    openapi: "3.0.1",
    info: info(plan),
    "x-amazon-apigateway-endpoint-configuration": endpointSettings(plan),
    "x-amazon-apigateway-cors": cors?.answeredBy === "door" ? corsMembers(cors) : undefined,
    paths: pathsOf(plan, (operation) => httpApiOperation(operation, names)),
    components: securityComponents(plan, names, "http-api"),
  };
}

/** The document of a REST API. */
export function restApiDocument(plan: Plan): Document {
  const names = schemeNames(plan);
  const timeout = plan.functions.reduce((most, fn) => Math.max(most, limitsOf(fn, plan.deployment).timeout), 0);
  return {
    openapi: "3.0.1",
    info: info(plan),
    "x-amazon-apigateway-endpoint-configuration": endpointSettings(plan),
    "x-amazon-apigateway-policy": accessPolicy(plan),
    "x-amazon-apigateway-api-key-source": keySource(plan),
    "x-amazon-apigateway-binary-media-types": noted(
      "Bodies go in and out as bytes, whatever their type and whatever the client accepts.",
      ["*/*"],
    ),
    "x-amazon-apigateway-gateway-responses": noted(
      "What the API refuses by itself is a google.rpc.Status, as the errors of the functions are.",
      gatewayResponses(plan.deployment.cors),
    ),
    paths: pathsOf(plan, (operation) => restApiOperation(operation, names, timeout)),
    components: securityComponents(plan, names, "rest-api"),
  };
}

/** The place of API keys; undefined where no route asks for one. */
function keySource(plan: Plan): Document | undefined {
  return usagePlanOf(plan)?.keySource.toUpperCase();
}

function info({ deployment }: Plan): Document {
  return { title: join`${deployment.apiName}-${parameter("Stage")}`, version: "1.0" };
}

function endpointSettings({ deployment: { domain } }: Plan): Document | undefined {
  if (domain?.only !== true) return undefined;
  return noted("The API answers under its own name alone.", { disableExecuteApiEndpoint: true });
}

function corsMembers(cors: CorsPlan): Document {
  return noted("The API answers preflights itself, and replaces what functions say about origins.", {
    allowOrigins: cors.origins,
    allowMethods: cors.methods,
    allowHeaders: cors.headers,
    exposeHeaders: cors.exposeHeaders,
    maxAge: cors.maxAge,
    allowCredentials: cors.credentials,
  });
}

function pathsOf(plan: Plan, print: (operation: Operation) => DocumentMembers): Document {
  const paths = new Map<string, Map<string, Document>>();
  for (const operation of operationsOf(plan)) {
    const { path, httpMethod } = operation.key;
    const member = path === defaultRoute ? `/${path}` : path;
    const methods = paths.get(member) ?? new Map<string, Document>();
    const name = httpMethod === "ANY" ? "x-amazon-apigateway-any-method" : httpMethod.toLowerCase();
    paths.set(member, methods.set(name, noted(operation.rpcs, print(operation))));
  }
  return entries([...paths].map(([path, methods]) => [path, entries([...methods])]));
}

function operationsOf(plan: Plan): Operation[] {
  const users = rpcsByRoute(plan);
  const targetOf = (id: string): Value => functionArn(id, plan);
  const streaming = new Set(functionsWithRpcs(plan).flatMap(({ id, streams }) => (streams ? [id] : [])));
  const cached = new Map(plan.cachedRoutes.map(({ key, parameters }) => [routeIdentity(key), parameters]));
  const routed = plan.functions.flatMap((fn) =>
    fn.routeKeys.map((key): Operation => {
      const identity = routeIdentity(key);
      const rpcs = rpcNames(users.get(identity) ?? fn.methods);
      const cacheParameters = cached.get(identity);
      const own = { key, target: targetOf(fn.id), rpcs, auth: fn.auth, streams: fn.streams };
      return cacheParameters === undefined ? own : { ...own, cacheParameters };
    }),
  );
  const rest = plan.unrouted.routes.map(({ key, functionId, open, auth }): Operation => {
    const rpcs = open ? "preflights of browsers" : "requests that match no RPC";
    return { key, target: targetOf(functionId), rpcs, auth, streams: streaming.has(functionId) };
  });
  const own = plan.ownRoutes.flatMap((route) =>
    route.keys.map((key): Operation => {
      return {
        key,
        target: targetOf(route.functionId),
        rpcs: ownRouteNames([route]),
        auth: route.auth,
        streams: false,
      };
    }),
  );
  return [...routed, ...own, ...rest];
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

function httpApiOperation({ key, target, auth }: Operation, names: SchemeNames): DocumentMembers {
  return {
    isDefaultRoute: key.path === defaultRoute ? true : undefined,
    parameters: pathParameters(key),
    ...operationSecurity(auth, names, "http-api"),
    responses: anyReply,
    "x-amazon-apigateway-integration": {
      type: "aws_proxy",
      httpMethod: "POST",
      payloadFormatVersion: "2.0",
      uri: functionInvocation(target),
    },
  };
}

function restApiOperation(
  { key, target, auth, streams, cacheParameters }: Operation,
  names: SchemeNames,
  timeout: number,
): DocumentMembers {
  return {
    parameters: operationParameters(key, cacheParameters),
    ...operationSecurity(auth, names, "rest-api"),
    responses: anyReply,
    "x-amazon-apigateway-integration": {
      type: "aws_proxy",
      httpMethod: "POST",
      ...(streams ? streamed(target, timeout) : { uri: functionInvocation(target) }),
      cacheKeyParameters: cacheParameters && cacheKey(key, cacheParameters),
    },
  };
}

function streamed(target: Value, timeout: number): DocumentMembers {
  return {
    responseTransferMode: noted(
      "Parts of the response go out as the function writes them, for as long as it runs.",
      "STREAM",
    ),
    timeoutInMillis: timeout * 1000,
    uri: streamingInvocation(target),
  };
}

const anyReply = inline({ default: { description: "The reply of the RPC" } });

function pathParameters(key: RouteKey): Document | undefined {
  return operationParameters(key, []);
}

/** Variables of the path, and parameters that the key of a cache has: it takes those that are declared. */
function operationParameters(key: RouteKey, query: readonly string[] = []): Document | undefined {
  const schema = { type: "string" };
  const all = [
    ...variablesOf(key).map((name) => inline({ name, in: "path", required: true, schema })),
    ...query.map((name) => inline({ name, in: "query", required: false, schema })),
  ];
  return all.length === 0 ? undefined : all;
}

/** Everything that decides about an answer. */
function cacheKey(key: RouteKey, query: readonly string[]): Document {
  return [
    ...variablesOf(key).map((name) => `method.request.path.${name}`),
    ...query.map((name) => `method.request.querystring.${name}`),
  ];
}

function variablesOf({ path }: RouteKey): string[] {
  return [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = ""]) => name);
}
