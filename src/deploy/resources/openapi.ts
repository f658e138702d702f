/** The OpenAPI document of an HTTP API or a REST API, with the integrations of its functions. */
import { defaultRoute, routeIdentity } from "../../front-door/route-key.js";
import { functionsWithRpcs } from "../../plan/functions/every-function.js";
import { limitsOf } from "../../plan/functions/function-limits.js";
import type { CorsPlan, MethodPlan, Plan, RouteKey } from "../../plan/plan.js";
import { accessPolicy } from "./access-policy.js";
import { type Document, type DocumentMembers, entries, inline, noted } from "./document.js";
import { gatewayResponses } from "./gateway-responses.js";
import { rpcNames } from "./rpc-names.js";
import { join, parameter, place, type Value } from "./value.js";

/** An operation of the document: a route and the function behind it. */
interface Operation {
  readonly key: RouteKey;
  /** ARN of the function, or of its alias. */
  readonly target: Value;
  /** The RPCs whose requests come in by this route, as a remark has them. */
  readonly rpcs: string;
  /** Without credentials, whatever the API asks for. */
  readonly open: boolean;
  readonly streams: boolean;
}

/** The document of an HTTP API. */
export function httpApiDocument(plan: Plan): Document {
  const { cors, auth } = plan.deployment;
  return {
    openapi: "3.0.1",
    info: info(plan),
    "x-amazon-apigateway-endpoint-configuration": endpointSettings(plan),
    "x-amazon-apigateway-cors": cors?.answeredBy === "door" ? corsMembers(cors) : undefined,
    paths: pathsOf(plan, (operation) => httpApiOperation(operation, auth)),
    components: auth === "jwt" ? { securitySchemes: { jwt: tokenScheme } } : undefined,
  };
}

/** The document of a REST API. */
export function restApiDocument(plan: Plan): Document {
  const { auth } = plan.deployment;
  const timeout = plan.functions.reduce((most, fn) => Math.max(most, limitsOf(fn, plan.deployment).timeout), 0);
  const schemes = { iam: { sigv4: signatureScheme }, jwt: { userPool: userPoolScheme }, none: undefined };
  const securitySchemes = schemes[auth];
  return {
    openapi: "3.0.1",
    info: info(plan),
    "x-amazon-apigateway-endpoint-configuration": endpointSettings(plan),
    "x-amazon-apigateway-policy": accessPolicy(plan),
    "x-amazon-apigateway-binary-media-types": noted(
      "Bodies go in and out as bytes, whatever their type and whatever the client accepts.",
      ["*/*"],
    ),
    "x-amazon-apigateway-gateway-responses": noted(
      "What the API refuses by itself is a google.rpc.Status, as the errors of the functions are.",
      gatewayResponses(plan.deployment.cors),
    ),
    paths: pathsOf(plan, (operation) => restApiOperation(operation, auth, timeout)),
    components: securitySchemes === undefined ? undefined : { securitySchemes },
  };
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
  const part = plan.deployment.release === undefined ? "arn" : "aliasArn";
  const targetOf = (id: string): Value => ({ kind: "function", id, part });
  const streaming = new Set(functionsWithRpcs(plan).flatMap(({ id, streams }) => (streams ? [id] : [])));
  const routed = plan.functions.flatMap((fn) =>
    fn.routeKeys.map((key): Operation => {
      const rpcs = rpcNames(users.get(routeIdentity(key)) ?? fn.methods);
      return { key, target: targetOf(fn.id), rpcs, open: false, streams: fn.streams };
    }),
  );
  const rest = plan.unrouted.routes.map(({ key, functionId, open }): Operation => {
    const rpcs = open ? "preflights of browsers" : "requests that match no RPC";
    return { key, target: targetOf(functionId), rpcs, open, streams: streaming.has(functionId) };
  });
  return [...routed, ...rest];
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

function httpApiOperation({ key, target, open }: Operation, auth: Plan["deployment"]["auth"]): DocumentMembers {
  return {
    isDefaultRoute: key.path === defaultRoute ? true : undefined,
    parameters: pathParameters(key),
    "x-amazon-apigateway-auth": auth === "iam" && !open ? inline({ type: "AWS_IAM" }) : undefined,
    security: auth === "jwt" && !open ? inline([{ jwt: [] }]) : undefined,
    responses: anyReply,
    "x-amazon-apigateway-integration": {
      type: "aws_proxy",
      httpMethod: "POST",
      payloadFormatVersion: "2.0",
      uri: invocation("2015-03-31", target, "invocations"),
    },
  };
}

function restApiOperation(
  { key, target, open, streams }: Operation,
  auth: Plan["deployment"]["auth"],
  timeout: number,
): DocumentMembers {
  const security = { iam: { sigv4: [] }, jwt: { userPool: [] }, none: undefined }[open ? "none" : auth];
  return {
    parameters: pathParameters(key),
    security: security === undefined ? undefined : inline([security]),
    responses: anyReply,
    "x-amazon-apigateway-integration": {
      type: "aws_proxy",
      httpMethod: "POST",
      ...(streams ? streamed(target, timeout) : { uri: invocation("2015-03-31", target, "invocations") }),
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
    uri: invocation("2021-11-15", target, "response-streaming-invocations"),
  };
}

const anyReply = inline({ default: { description: "The reply of the RPC" } });

function pathParameters({ path }: RouteKey): Document | undefined {
  const names = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = ""]) => name);
  if (names.length === 0) return undefined;
  return names.map((name) => inline({ name, in: "path", required: true, schema: { type: "string" } }));
}

/** The URI by which API Gateway calls a function. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html */
function invocation(version: string, arn: Value, action: string): Value {
  return join`arn:${place("partition")}:apigateway:${place("region")}:lambda:path/${version}/functions/${arn}/${action}`;
}

const tokenScheme: Document = {
  type: "oauth2",
  "x-amazon-apigateway-authorizer": {
    type: "jwt",
    identitySource: "$request.header.Authorization",
    jwtConfiguration: { issuer: parameter("JwtIssuer"), audience: parameter("JwtAudience") },
  },
};

const signatureScheme: Document = inline({
  type: "apiKey",
  name: "Authorization",
  in: "header",
  "x-amazon-apigateway-authtype": "awsSigv4",
});

const userPoolScheme: Document = {
  type: "apiKey",
  name: "Authorization",
  in: "header",
  "x-amazon-apigateway-authtype": "cognito_user_pools",
  "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [parameter("UserPoolArn")] },
};
