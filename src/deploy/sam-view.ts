/** What the SAM template shows, computed to the last character: the Handlebars file only loops. */
import { routeIdentity } from "../front-door/route-key.js";
import type { FunctionPlan, MethodPlan, Plan, RouteKey } from "../plan/plan.js";
import {
  managedPolicyViews,
  namedParameters,
  type StatementView,
  statementViews,
  type VariableView,
  variableViews,
} from "./sam-settings.js";
import { plainLine, subText, yamlString } from "./yaml-text.js";

/** Longest description that Lambda takes. */
const maxDescription = 256;

/** A function of a hundred RPCs needs no comment that names them all. */
const maxRpcNames = 200;

/** Most outputs of a stack, less those of the API. */
const maxFunctionOutputs = 190;

/** A scalar of the template is YAML text already. */
interface SamView {
  /** Parameters that the configuration refers to and the template does not have. */
  readonly parameters: readonly string[];
  readonly vpc: boolean;
  readonly variables: readonly VariableView[];
  readonly description: string;
  readonly logRetentionDays: number;
  readonly runtime: string;
  readonly architecture: string;
  readonly memorySize: number;
  readonly timeout: number;
  readonly iam: boolean;
  readonly jwt: boolean;
  readonly apiTitle: string;
  readonly accessLogFormat: string;
  readonly paths: readonly PathView[];
  readonly functions: readonly FunctionView[];
  readonly functionOutputs: readonly FunctionView[];
}

interface PathView {
  readonly path: string;
  readonly operations: readonly OperationView[];
}

interface OperationView {
  readonly method: string;
  readonly rpcs: string;
  readonly parameters: readonly string[];
  readonly iam: boolean;
  readonly jwt: boolean;
  /** Reference of `!Sub` to the function. */
  readonly arn: string;
}

interface FunctionView {
  readonly id: string;
  readonly rpcs: string;
  readonly entryPoint: string;
  readonly banner: string;
  readonly codeUri: string;
  readonly handler: string;
  readonly description: string;
  readonly logGroupName: string;
  /** Beside those of every function. */
  readonly variables: readonly VariableView[];
  readonly managedPolicies: readonly string[];
  readonly statements: readonly StatementView[];
  readonly vpc: boolean;
}

/** Parameters of every template, all of them text or a number, which a variable can hold as well. */
export const ownParameters: ReadonlySet<string> = new Set([
  "Stage",
  "LogRetentionDays",
  "ThrottlingRateLimit",
  "ThrottlingBurstLimit",
]);

/** Computes the view of a plan. */
export function samView(plan: Plan): SamView {
  const { deployment } = plan;
  const services = [...new Set(plan.methods.map(({ service }) => service.fullName))];
  const functions = plan.functions.map((fn) => functionView(fn, plan));
  return {
    parameters: namedParameters(plan).filter((name) => !ownParameters.has(name)),
    vpc: deployment.vpc,
    variables: variableViews(deployment.environment.filter(({ name }) => name !== "STAGE")),
    description: yamlString(plainLine(`${deployment.apiName}: ${services.join(", ")}`, 1000)),
    logRetentionDays: deployment.logRetentionDays,
    runtime: deployment.runtime,
    architecture: deployment.architecture,
    memorySize: deployment.memorySize,
    timeout: deployment.timeout,
    iam: deployment.auth === "iam",
    jwt: deployment.auth === "jwt",
    apiTitle: yamlString(`${subText(deployment.apiName)}-\${Stage}`),
    accessLogFormat: `'${accessLogFormat()}'`,
    paths: pathViews(plan),
    functions,
    functionOutputs: functions.length > maxFunctionOutputs ? [] : functions,
  };
}

/** JSON lines with the names that CloudWatch Logs Insights finds by itself. */
function accessLogFormat(): string {
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

function pathViews(plan: Plan): PathView[] {
  const users = rpcsByRoute(plan);
  const paths = new Map<string, OperationView[]>();
  for (const fn of plan.functions) {
    for (const key of fn.routeKeys) {
      const operations = paths.get(key.path) ?? [];
      paths.set(key.path, operations);
      operations.push(operationView(fn, key, users.get(routeIdentity(key)) ?? fn.methods, plan));
    }
  }
  return [...paths].map(([path, operations]) => ({ path: yamlString(path), operations }));
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
    arn: `\${${fn.logicalId}Function.Arn}`,
  };
}

function functionView(fn: FunctionPlan, plan: Plan): FunctionView {
  const policies = [...plan.deployment.policies, ...fn.policies];
  const fileName = fn.path.split("/").at(-1)?.replace(/\.ts$/, "") ?? fn.id;
  return {
    id: fn.logicalId,
    rpcs: rpcNames(fn.methods),
    entryPoint: yamlString(`${plan.layout.outDir}/${fn.path}`),
    banner: yamlString(
      'js=import { createRequire as createRequireOfBanner } from "node:module"; const require = createRequireOfBanner(import.meta.url);',
    ),
    codeUri: yamlString(rootFrom(plan.layout.template)),
    handler: yamlString(`${fileName}.handler`),
    description: yamlString(describe(fn)),
    logGroupName: yamlString(`/aws/lambda/\${AWS::StackName}/${subText(fn.id)}`),
    variables: variableViews(fn.environment),
    managedPolicies: [...new Set(managedPolicyViews(policies))],
    statements: statementViews(policies),
    vpc: plan.deployment.vpc,
  };
}

/** The project root as seen from the template: paths in it are relative to its folder. */
function rootFrom(template: string): string {
  const depth = template.split("/").length - 1;
  return depth === 0 ? "./" : "../".repeat(depth);
}

function rpcNames(methods: readonly MethodPlan[]): string {
  return plainLine(methods.map(({ service, method }) => `${service.name}.${method.name}`).join(", "), maxRpcNames);
}

function describe(fn: FunctionPlan): string {
  const [first] = fn.methods;
  const comment = fn.methods.length === 1 ? plainLine(first?.method.comment ?? "", maxDescription) : "";
  return comment === "" ? plainLine(rpcNames(fn.methods), maxDescription) : comment;
}
