/** The keys of `deployment`, and those of a service that end up in the template. */
import { deploymentDefaults } from "../../plan/deployment-defaults.js";
import type { CompressionPlan, EnvironmentVariable, Policy, TemplateValue } from "../../plan/plan.js";
import type { DeploymentOptions, FunctionGrouping } from "../../plan/plan-options.js";
import type {
  CompressionConfig,
  Config,
  CorsConfig,
  DeploymentConfig,
  EnvironmentConfig,
  LargePayloadsConfig,
  PolicyConfig,
  TemplateValueConfig,
} from "./config.js";
import type { Flags } from "./flags.js";
import { member } from "./member.js";

/** Flags go before the configuration, the configuration before defaults. */
export function settleDeployment(flags: Flags, config: Config): DeploymentOptions {
  const deployment = config.deployment ?? {};
  const { loadBalancer, hosts, rulePriorities, unrouted } = deployment;
  const functions = flags.functions ?? deployment.functions;
  const memorySize = flags.memorySize ?? deployment.memorySize;
  return {
    ...member("target", flags.target ?? deployment.target),
    ...member("frontDoor", flags.frontDoor ?? deployment.frontDoor),
    ...member("functions", functions && settleGrouping(functions)),
    ...member("loadBalancer", loadBalancer),
    ...member("hosts", hosts),
    ...member("rulePriorities", rulePriorities),
    ...member("unrouted", unrouted),
    ...member("apiName", flags.apiName ?? deployment.apiName),
    ...member("basePath", deployment.basePath),
    ...member("runtime", flags.runtime ?? deployment.runtime),
    ...member("architecture", flags.architecture ?? deployment.architecture),
    ...member("memorySize", memorySize),
    ...member("timeout", flags.timeout ?? deployment.timeout),
    ...member("ephemeralStorage", deployment.ephemeralStorage),
    ...member("reservedConcurrency", deployment.reservedConcurrency),
    ...member("provisionedConcurrency", deployment.provisionedConcurrency),
    ...member("release", settleRelease(deployment.release)),
    ...member("layers", deployment.layers?.map(settleValue)),
    ...member("kmsKey", settleOptional(deployment.kmsKey)),
    ...member("permissionsBoundary", settleOptional(deployment.permissionsBoundary)),
    ...member("rolePath", deployment.rolePath),
    ...member("tags", deployment.tags && settleEnvironment(deployment.tags)),
    ...member("logRetentionDays", flags.logRetentionDays ?? deployment.logRetentionDays),
    ...member("auth", flags.auth ?? deployment.auth),
    ...(deployment.environment === undefined ? {} : { environment: settleEnvironment(deployment.environment) }),
    ...(deployment.policies === undefined ? {} : { policies: settlePolicies(deployment.policies) }),
    ...(deployment.cors === undefined ? {} : { cors: settleCors(deployment.cors) }),
    ...(deployment.vpc === undefined ? {} : { vpc: deployment.vpc }),
    ...(deployment.compression === undefined || deployment.compression === false
      ? {}
      : { compression: settleCompression(deployment.compression, memorySize ?? deploymentDefaults.memorySize) }),
    ...(deployment.largePayloads === undefined || deployment.largePayloads === false
      ? {}
      : { largePayloads: settleLargePayloads(deployment.largePayloads) }),
  };
}

function settleRelease(release: DeploymentConfig["release"]): DeploymentOptions["release"] {
  if (release === undefined || release === false) return undefined;
  return { alias: "live", ...(release === true ? {} : release) };
}

/** A request inflates to no more than an eighth of the memory, unless the user says how much; from 512 MB on the runtime's 64 MB are less. */
function settleCompression(compression: true | CompressionConfig, memorySize: number): CompressionPlan {
  const settings = compression === true ? {} : compression;
  return memorySize < 512 ? { maxBytes: memorySize * 131_072, ...settings } : settings;
}

function settleGrouping(functions: NonNullable<DeploymentConfig["functions"]>): FunctionGrouping {
  if (typeof functions === "string") return { kind: functions };
  return { kind: "groups", groups: Object.entries(functions).map(([name, members]) => ({ name, members })) };
}

/** Browsers ask for any header but a few; a preflight is remembered for ten minutes. */
function settleCors({
  origins,
  headers,
  exposeHeaders,
  maxAge,
  credentials,
}: CorsConfig): NonNullable<DeploymentOptions["cors"]> {
  return {
    origins,
    headers: headers ?? ["authorization", "content-type"],
    exposeHeaders: exposeHeaders ?? [],
    maxAge: maxAge ?? 600,
    credentials: credentials ?? false,
  };
}

/** A link has time for a slow client; a body has to fit into the function's memory a few times. */
function settleLargePayloads(setting: true | LargePayloadsConfig): NonNullable<DeploymentOptions["largePayloads"]> {
  const { bucket, responses, uploads, threshold, maxBytes, linkSeconds, prefix, deleteUploads } =
    setting === true ? {} : setting;
  return {
    bucket: bucket ?? "own",
    responses: responses ?? "redirect",
    uploads: uploads ?? true,
    ...(threshold === undefined ? {} : { threshold }),
    maxBytes: maxBytes ?? 33_554_432,
    linkSeconds: linkSeconds ?? 900,
    prefix: prefix ?? "",
    deleteUploads: deleteUploads ?? false,
  };
}

/** Settles environment variables, in the order of the configuration. */
export function settleEnvironment(environment: EnvironmentConfig): EnvironmentVariable[] {
  return Object.entries(environment).map(([name, value]) => ({ name, value: settleValue(value) }));
}

/** Settles policies, in the order of the configuration. */
export function settlePolicies(policies: readonly PolicyConfig[]): Policy[] {
  return policies.map((policy) =>
    typeof policy === "string"
      ? { kind: "managed", arn: settleValue(policy) }
      : { kind: "statement", actions: policy.actions, resources: policy.resources.map(settleValue) },
  );
}

function settleOptional(value: TemplateValueConfig | undefined): TemplateValue | undefined {
  return value === undefined ? undefined : settleValue(value);
}

function settleValue(value: TemplateValueConfig): TemplateValue {
  return typeof value === "string" ? { kind: "text", text: value } : { kind: "parameter", name: value.ref };
}
