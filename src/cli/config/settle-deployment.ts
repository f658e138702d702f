/** The keys of `deployment`, and those of a service that end up in the template. */
import type { AllowPlan, CompressionPlan, DependencyPlan, DomainPlan, LargePayloadsPlan } from "../../plan/plan.js";
import type { DeploymentOptions, FunctionGrouping } from "../../plan/plan-options.js";
import { settingDefaults } from "../../plan/setting-defaults.js";
import type {
  AllowConfig,
  CompressionConfig,
  Config,
  DeploymentConfig,
  DomainConfig,
  LargePayloadsConfig,
} from "./config.js";
import {
  settleCache,
  settleDeadLetterQueue,
  settleEnvironment,
  settleOptional,
  settlePolicies,
  settleValue,
} from "./settle-values.js";
import { settleModule } from "./implementation.js";
import { settleAuth } from "./settle-auth.js";
import type { SettingSources } from "./setting-sources.js";
import { definedMembers, type Unchanged } from "./defined-members.js";

/** The planner's options; `deploymentDefaults` has the rest. */
export function settleDeployment(sources: SettingSources): DeploymentOptions {
  const {
    auth,
    functions,
    cors,
    compression,
    largePayloads,
    domain,
    release,
    alarms,
    accessLogs,
    vpc,
    waf,
    allow,
    usagePlan,
    cache,
    ...named
  } = sources.config.deployment ?? {};
  const { layers, kmsKey, logKmsKey, permissionsBoundary, tags, environment, policies, deadLetterQueue, ...same } =
    named;
  const unchanged: Unchanged<typeof same, DeploymentOptions> = same;
  return {
    ...unchanged,
    ...definedMembers({
      auth: settleAuth(sources, auth, ["deployment", "auth"]),
      functions: functions && settleGrouping(functions),
      domain: domain && settleDomain(domain),
      waf: settleOptional(waf),
      allow: allow && settleAllow(allow),
      cache: settleCache(cache) || undefined,
      usagePlan: usagePlan && { ...settingDefaults.usagePlan, ...usagePlan },
      alarms: alarms ? { ...settingDefaults.alarms, ...(alarms === true ? {} : alarms) } : undefined,
      release: release ? { ...settingDefaults.release, ...(release === true ? {} : release) } : undefined,
      layers: layers?.map(settleValue),
      kmsKey: settleOptional(kmsKey),
      deadLetterQueue: settleDeadLetterQueue(deadLetterQueue),
      logKmsKey: settleOptional(logKmsKey),
      vpc: vpc === undefined ? undefined : vpc !== false,
      securityGroup: typeof vpc === "object" ? { ...settingDefaults.vpc, ...vpc }.securityGroup : undefined,
      accessLogs: accessLogs
        ? { ...settingDefaults.accessLogs, ...(accessLogs === true ? {} : accessLogs) }
        : undefined,
      permissionsBoundary: settleOptional(permissionsBoundary),
      tags: tags && settleEnvironment(tags),
      environment: environment && settleEnvironment(environment),
      policies: policies && settlePolicies(policies),
      cors: cors && { ...settingDefaults.cors, ...cors },
      compression: compression ? settleCompression(compression, sources.config.deployment ?? {}) : undefined,
      largePayloads: largePayloads ? settleLargePayloads(largePayloads) : undefined,
    }),
  };
}

/** A request inflates to no more than an eighth of the memory, unless the user says how much; from 512 MB on the runtime's 64 MB are less. */
function settleCompression(
  compression: true | CompressionConfig,
  { memorySize = settingDefaults.deployment.memorySize }: DeploymentConfig,
): CompressionPlan {
  const settings = compression === true ? {} : compression;
  return memorySize < 512 ? { maxBytes: memorySize * 131_072, ...settings } : settings;
}

function settleGrouping(functions: NonNullable<DeploymentConfig["functions"]>): FunctionGrouping {
  if (typeof functions === "string") return { kind: functions };
  return { kind: "groups", groups: Object.entries(functions).map(([name, members]) => ({ name, members })) };
}

function settleLargePayloads(setting: true | LargePayloadsConfig): LargePayloadsPlan {
  return { ...settingDefaults.largePayloads, ...(setting === true ? {} : setting) };
}

function settleDomain({ name, certificate, hostedZone, minimumTls, ...others }: DomainConfig): DomainPlan {
  return {
    ...settingDefaults.domain,
    ...others,
    name: settleValue(name),
    certificate: settleValue(certificate),
    ...definedMembers({ hostedZone: settleOptional(hostedZone) }),
    ...(minimumTls === undefined ? {} : { minimumTls: Number(minimumTls) === 1.3 ? "1.3" : "1.2" }),
  };
}

function settleAllow({ vpcEndpoints, sourceIps, accounts }: AllowConfig): AllowPlan {
  return definedMembers({
    vpcEndpoints: vpcEndpoints?.map(settleValue),
    sourceIps: sourceIps?.map(settleValue),
    accounts: accounts?.map(settleValue),
  });
}

/** Settles the services that handlers call, in the order of the configuration. */
export function settleDependencies(
  sources: SettingSources,
  dependencies: NonNullable<Config["dependencies"]>,
): DependencyPlan[] {
  return Object.entries(dependencies).map(([name, { address, secret, tlsOptions, ...own }]) => ({
    ...settingDefaults.dependency,
    ...own,
    name,
    address: settleValue(address),
    ...definedMembers({
      secret: settleOptional(secret),
      tlsOptions: settleModule(sources, tlsOptions, ["dependencies", name, "tlsOptions"]),
    }),
  }));
}
