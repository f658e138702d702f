/** The view model of the SAM template, computed to the last character: the Handlebars file only loops. */
import { standIns } from "../../emit/functions/captured-servers.js";
import { plainBundle } from "../../plan/functions/plan-bundle.js";
import type { BundlePlan, FunctionPlan, OwnFunction, Plan } from "../../plan/plan.js";
import { type CorsView, corsView } from "./sam-cors.js";
import { logicalIds } from "./logical-ids.js";
import { rpcNames } from "./rpc-names.js";
import {
  accessLogFormat,
  type GatewayResponseView,
  gatewayResponseViews,
  type PathView,
  pathViews,
} from "./sam-gateway.js";
import { type PayloadBucketView, payloadBucketView, payloadStatements } from "./sam-payloads.js";
import { type RuleView, ruleViews, targetGroupName } from "./sam-listener.js";
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
  readonly gatewayResponses: readonly GatewayResponseView[];
  readonly rules: readonly RuleView[];
  /** The door's CORS settings; undefined if it leaves browsers to the function. */
  readonly cors: CorsView | undefined;
  /** Undefined where large payloads are refused. */
  readonly payloadBucket: PayloadBucketView | undefined;
  readonly ownLoadBalancer: boolean;
  readonly rulePriorities: Plan["deployment"]["rulePriorities"];
  readonly securityGroupDescription: string;
  readonly functions: readonly FunctionView[];
  readonly functionOutputs: readonly FunctionView[];
}

interface FunctionView {
  readonly id: string;
  readonly rpcs: string;
  readonly entryPoint: string;
  readonly format: BundlePlan["format"];
  readonly extension: string;
  /** Options of esbuild with a colon: packages to replace, names to define. */
  readonly aliases: readonly string[];
  readonly defines: readonly string[];
  readonly banner: string;
  readonly codeUri: string;
  readonly handler: string;
  readonly description: string;
  readonly logGroupName: string;
  readonly targetGroupName: string;
  /** Everybody may call it. */
  readonly open: boolean;
  readonly cors: CorsView | undefined;
  readonly streams: boolean;
  /** Variables in addition to those of every function. */
  readonly variables: readonly VariableView[];
  readonly managedPolicies: readonly string[];
  readonly statements: readonly StatementView[];
  /** On the bucket of large payloads. */
  readonly payloadStatements: readonly StatementView[];
  readonly vpc: boolean;
}

/** Parameters of every template, all of them text or a number, which a variable can hold as well. */
export const ownParameters: ReadonlySet<string> = new Set([
  "Stage",
  "LogRetentionDays",
  "SystemLogLevel",
  "ThrottlingRateLimit",
  "ThrottlingBurstLimit",
  "AccessLogs",
  "JwtIssuer",
  "JwksEndpoint",
  "UserPoolArn",
  "ClientCidr",
  "CertificateArn",
  "ListenerArn",
  "PayloadBucketName",
]);

/** Computes the view of a plan. */
export function samView(plan: Plan): SamView {
  const { deployment } = plan;
  const services = [...new Set(plan.methods.map(({ service }) => service.fullName))];
  const { own, fallback } = plan.unrouted;
  const functions = [
    ...plan.functions.map((fn) => functionView(fn, plan)),
    ...(fallback === undefined ? [] : [fallbackView(fallback, plan)]),
    ...(own === undefined ? [] : [ownFunctionView(own, plan)]),
  ];
  return {
    parameters: namedParameters(plan).filter((name) => !ownParameters.has(name)),
    vpc: deployment.vpc,
    variables: variableViews(deployment.environment.filter(({ name }) => !isOwnVariable(name, plan))),
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
    gatewayResponses: gatewayResponseViews(),
    rules: ruleViews(plan),
    cors: corsView(plan),
    payloadBucket: payloadBucketView(plan),
    ownLoadBalancer: deployment.loadBalancer === "own",
    rulePriorities: deployment.rulePriorities,
    securityGroupDescription: yamlString(`${subText(deployment.apiName)}-\${Stage}: who may reach the load balancer`),
    functions,
    functionOutputs: functions.length > maxFunctionOutputs ? [] : functions,
  };
}

/** A function without RPCs needs nothing of what handlers do. */
function ownFunctionView(own: OwnFunction, plan: Plan): FunctionView {
  const payloads = { responses: false, uploads: [] };
  const nothing = {
    bundle: plainBundle,
    methods: [],
    routeKeys: [],
    passing: [],
    environment: [],
    policies: [],
    payloads,
  };
  const deployment = { ...plan.deployment, policies: [] };
  const view = functionView({ ...own, ...nothing, streams: false }, { ...plan, deployment });
  return {
    ...view,
    rpcs: "requests that match no RPC",
    description: yamlString("Answers requests that match no RPC."),
  };
}

function fallbackView(fallback: FunctionPlan, plan: Plan): FunctionView {
  const view = functionView(fallback, plan);
  const description = yamlString("Every RPC, for requests that match no other function's routes.");
  return { ...view, rpcs: "every RPC, for requests that match no other function's routes", description };
}

/** Variables that the template sets itself. */
function isOwnVariable(name: string, { deployment }: Plan): boolean {
  return name === "STAGE" || (name === "GRPC2LAMBDA_PAYLOAD_BUCKET" && deployment.largePayloads !== undefined);
}

function functionView(fn: Omit<FunctionPlan, "service">, plan: Plan): FunctionView {
  const policies = [...plan.deployment.policies, ...fn.policies];
  const fileName = fn.path.split("/").at(-1)?.replace(/\.ts$/, "") ?? fn.id;
  return {
    id: logicalIds(plan).get(fn.id) ?? fn.id,
    rpcs: rpcNames(fn.methods),
    entryPoint: yamlString(`${plan.layout.outDir}/${fn.path}`),
    ...bundleView(fn.bundle, plan),
    codeUri: yamlString(rootFrom(plan.layout.template)),
    handler: yamlString(`${fileName}.handler`),
    description: yamlString(describe(fn)),
    logGroupName: yamlString(`/aws/lambda/\${AWS::StackName}/${subText(fn.id)}`),
    targetGroupName: targetGroupName(fn.id),
    open: plan.deployment.auth === "none",
    streams: fn.streams,
    cors: corsView(plan),
    variables: variableViews(fn.environment),
    managedPolicies: [...new Set(managedPolicyViews(policies))],
    statements: statementViews(policies),
    payloadStatements: payloadStatements(fn, plan),
    vpc: plan.deployment.vpc,
  };
}

function bundleView(
  { format, capturesServer }: BundlePlan,
  { layout }: Plan,
): Pick<FunctionView, "format" | "extension" | "aliases" | "defines" | "banner"> {
  const packages = capturesServer ? standIns(layout) : [];
  return {
    format,
    extension: format === "cjs" ? ".cjs" : ".mjs",
    aliases: packages.map(({ packageName, module }) => yamlString(`${packageName}=./${module}`)),
    defines: format === "cjs" ? [yamlString("import.meta.url=moduleUrlOfBanner")] : [],
    banner: yamlString(banners[format]),
  };
}

/** Texts on top of a bundle, for code of the other module system. Kept equal to those of `dev`. */
const banners = {
  esm: 'js=import { createRequire as createRequireOfBanner } from "node:module"; const require = createRequireOfBanner(import.meta.url);',
  cjs: 'js=const moduleUrlOfBanner = require("node:url").pathToFileURL(__filename).href;',
} as const;

/** The project root as seen from the template: paths in it are relative to its folder. */
function rootFrom(template: string): string {
  const depth = template.split("/").length - 1;
  return depth === 0 ? "./" : "../".repeat(depth);
}

function describe(fn: Pick<FunctionPlan, "methods">): string {
  const [first] = fn.methods;
  const comment = fn.methods.length === 1 ? plainLine(first?.method.comment ?? "", maxDescription) : "";
  return comment === "" ? plainLine(rpcNames(fn.methods), maxDescription) : comment;
}
