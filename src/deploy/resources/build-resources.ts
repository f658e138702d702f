/** Plan -> ResourceModel: every decision about what is deployed. */
import { routeIdentity } from "../../front-door/route-key.js";
import { egressPorts } from "../../plan/dependency-plan.js";
import { deadLetterQueues } from "../../plan/functions/dead-letter-queue.js";
import type { Plan } from "../../plan/plan.js";
import { alarmResources, releaseAlarms } from "./alarms.js";
import { dashboardResources } from "./dashboards.js";
import { domainResource } from "./domain.js";
import { authsOf } from "../../plan/auth/auth-groups.js";
import { ownHandlerOf } from "../../plan/auth/own-authorizer.js";
import { existingAuthorizer } from "./api-auth.js";
import { functionResources, runtimeOf, sharedVariables } from "./functions.js";
import { accessLogFormat } from "./gateway-responses.js";
import { ruleResources } from "./listener-rules.js";
import { httpApiDocument, restApiDocument } from "./openapi.js";
import { parametersOf } from "./parameters.js";
import { plainLine } from "./plain-line.js";
import type {
  ApiAccess,
  DoorResource,
  HttpApiResource,
  PayloadBucket,
  ResourceModel,
  RestApiResource,
  StageRoute,
  SharedSettings,
} from "./resource-model.js";
import { settingValue } from "./statements.js";
import { usagePlanOf } from "../../plan/auth/usage-plan.js";
import { join, parameter, type Value } from "./value.js";

/** Longest description that a template has. */
const maxDescription = 1000;

/** The same plan gives an equal model. */
export function buildResources(plan: Plan): ResourceModel {
  const { apiName, architecture, memorySize, timeout, vpc } = plan.deployment;
  const services = [...new Set(plan.methods.map(({ service }) => service.fullName))];
  const bucket = payloadBucket(plan);
  const functions = functionResources(plan);
  const alarms = alarmResources(plan, functions);
  return {
    apiName,
    description: plainLine(`${apiName}: ${services.join(", ")}`, maxDescription),
    parameters: parametersOf(plan),
    shared: {
      runtime: runtimeOf(plan),
      architecture,
      memorySize,
      timeout,
      vpc,
      ...egressOf(plan),
      tracing: isTraced(plan),
      environment: sharedVariables(plan),
      ...sharedExtras(plan),
      builtBy: plan.go === undefined ? plan.build.by : "sam",
    },
    functions,
    ...releaseResource(plan, releaseAlarms(alarms)),
    alarms,
    ...(plan.deployment.alarms === undefined ? {} : { alarmTopic: plan.deployment.alarms.topic }),
    dashboards: dashboardResources(plan, functions),
    door: doorResource(plan),
    ownDeadLetterQueue: deadLetterQueues(plan).some(({ kind }) => kind === "own"),
    ...(bucket === undefined ? {} : { payloadBucket: bucket }),
  };
}

function egressOf({ deployment, dependencies = [] }: Plan): Pick<SharedSettings, "egress"> {
  return deployment.vpc && deployment.securityGroup === "own" ? { egress: egressPorts(dependencies) } : {};
}

function isTraced({ deployment }: Plan): boolean {
  return deployment.tracing !== "none";
}

/** The settings of functions that most APIs leave as they are. */
function sharedExtras({ deployment }: Plan) {
  const {
    ephemeralStorage,
    reservedConcurrency,
    layers = [],
    kmsKey,
    logKmsKey,
    keepLogs,
    permissionsBoundary,
    rolePath,
    tags,
  } = deployment;
  return {
    ...(ephemeralStorage === undefined ? {} : { ephemeralStorage }),
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
    layers: layers.map(settingValue),
    ...(kmsKey === undefined ? {} : { kmsKey: settingValue(kmsKey) }),
    logs: {
      ...(logKmsKey === undefined ? {} : { kmsKey: settingValue(logKmsKey) }),
      keepAccess: keepLogs !== "none",
      keepFunctions: keepLogs === "all",
    },
    roles: {
      ...(rolePath === undefined ? {} : { path: rolePath }),
      ...(permissionsBoundary === undefined ? {} : { permissionsBoundary: settingValue(permissionsBoundary) }),
    },
    tags: (tags ?? []).map(({ name, value }) => ({ name, value: settingValue(value) })),
  };
}

function releaseResource({ deployment: { release } }: Plan, alarms: readonly string[]): Pick<ResourceModel, "release"> {
  if (release === undefined) return {};
  return { release: { alias: release.alias, shifts: release.traffic !== undefined, alarms } };
}

function doorResource(plan: Plan): DoorResource {
  const { frontDoor, apiName, loadBalancer, accessLogs, ipv6 } = plan.deployment;
  const domain = domainResource(plan);
  const named = domain === undefined ? {} : { domain };
  const api = { access: accessOf(plan), ...stageOf(plan), ipv6, ...named };
  switch (frontDoor) {
    case "http-api":
      return { kind: frontDoor, ...api, document: httpApiDocument(plan) };
    case "rest-api":
      return {
        kind: frontDoor,
        ...api,
        document: restApiDocument(plan),
        tracing: isTraced(plan),
        accountRole: accessLogs?.accountRole ?? false,
        ...reachOf(plan),
      };
    case "alb":
      return {
        kind: frontDoor,
        own: loadBalancer === "own",
        ipv6,
        certificate: {
          arn: domain?.certificate ?? parameter("CertificateArn"),
          optional: domain === undefined && authsOf(plan).every(({ kind }) => kind === "none"),
        },
        securityGroupDescription: join`${apiName}-${parameter("Stage")}: who may reach the load balancer`,
        rules: ruleResources(plan),
        ...(accessLogs === undefined || loadBalancer !== "own" ? {} : { accessLogs: accessLogs.bucket }),
        ...named,
        ...wafOf(plan),
      };
    case "function-url":
      return { kind: frontDoor };
    default:
      return frontDoor satisfies never;
  }
}

function reachOf(plan: Plan): Pick<RestApiResource, "vpcEndpoints" | "waf" | "usagePlan"> {
  const { endpoint, allow } = plan.deployment;
  const endpoints = { vpcEndpoints: (allow?.vpcEndpoints ?? []).map(settingValue) };
  const usagePlan = usagePlanOf(plan);
  return {
    ...wafOf(plan),
    ...(endpoint === "private" ? endpoints : {}),
    ...(usagePlan === undefined ? {} : { usagePlan }),
  };
}

function wafOf({ deployment: { waf } }: Plan): { readonly waf?: Value } {
  return waf === undefined ? {} : { waf: settingValue(waf) };
}

function stageOf(plan: Plan): Pick<HttpApiResource, "accessLogFormat" | "stage"> {
  const { deployment, cachedRoutes } = plan;
  const throttled = deployment.throttling !== "unlimited";
  const cache = cachedRoutes.length === 0 ? {} : { cacheSize: deployment.cacheSize };
  return { accessLogFormat: accessLogFormat(), stage: { throttled, routes: stageRoutes(plan), ...cache } };
}

/** Each route once: a stage has one entry for all settings of it. */
function stageRoutes({ routeSettings, cachedRoutes }: Plan): StageRoute[] {
  const routes = new Map<string, StageRoute>(routeSettings.map((route) => [routeIdentity(route.key), route]));
  for (const { key, seconds } of cachedRoutes) {
    const identity = routeIdentity(key);
    routes.set(identity, { key, ...routes.get(identity), cacheSeconds: seconds });
  }
  return [...routes.values()];
}

function accessOf(plan: Plan): ApiAccess {
  const auths = authsOf(plan);
  const asked = auths.filter((auth) => auth.kind === "lambda" && ownHandlerOf(auth) === undefined);
  const functions = asked.flatMap((auth) => (auth.kind === "lambda" ? [existingAuthorizer(auth)] : []));
  return {
    signed: auths.some(({ kind }) => kind === "iam"),
    authorizers: [...new Map(functions.map((arn) => [JSON.stringify(arn), arn])).values()],
  };
}

function payloadBucket({ deployment }: Plan): PayloadBucket | undefined {
  const { cors, largePayloads: settings } = deployment;
  if (settings?.bucket !== "own") return undefined;
  return {
    folders: ["responses", "uploads"].map((id) => ({ id, prefix: `${settings.prefix}${id}/` })),
    cors: cors !== undefined,
    uploadOrigins: cors === undefined || !settings.uploads ? [] : cors.origins,
  };
}
