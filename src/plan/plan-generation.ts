/** ApiModel -> Plan: every decision about what is generated. */
import { apiNameOf } from "./api-name.js";
import { buildDefaults } from "./build-plan.js";
import { compareText, type Diagnostic, diagnostic, didYouMean, suggestFor } from "../diagnostics.js";
import type { FrontDoor } from "../front-door/front-door.js";
import { frontDoorOf } from "../front-door/front-doors.js";
import type { ApiModel } from "../model/api-model.js";
import { indexModel, type ModelIndex } from "../model/model-index.js";
import { matchingTypes, resolvableTypes } from "./codecs/any-types.js";
import { profileOf, rulesOf } from "./behaviour.js";
import { resolveAuth } from "./auth/resolve-auth.js";
import { checkAuth, checkAuthSettings } from "./auth/check-auth.js";
import { authsOf, splitByAuth } from "./auth/auth-groups.js";
import { planAuthorizers } from "./own/plan-authorizers.js";
import { configuredGroups, checkGroups } from "./functions/configured-groups.js";
import { withDependencies } from "./dependency-plan.js";
import { deploymentDefaults } from "./deployment-defaults.js";
import { headsFromGets } from "./routes/head-from-get.js";
import { findEmptySegmentLosses } from "./routes/empty-segments.js";
import { checkOwnRoutes } from "./own/check-own-routes.js";
import { planOwnRoutes } from "./own/plan-own-routes.js";
import { planUnrouted } from "./routes/plan-unrouted.js";
import { checkRoutes } from "./functions/check-routes.js";
import { planCachedRoutes } from "./routes/cached-routes.js";
import { completeResources } from "./routes/complete-resources.js";
import { functionsWithRpcs } from "./functions/every-function.js";
import type { GoProject } from "../go/go-project.js";
import { planGo } from "./go/plan-go.js";
import { groupMethods } from "./functions/group-functions.js";
import { planListenerRules } from "./routes/listener-rules.js";
import { checkDeadLetterQueues } from "./functions/dead-letter-queue.js";
import { checkSettings } from "./functions/function-settings.js";
import { withUploadHeaders } from "./functions/large-payloads.js";
import type { DeploymentPlan, MethodPlan, Plan } from "./plan.js";
import { planFallback, planFunctions, planRoutes } from "./functions/plan-functions.js";
import { checkMethodOptions, checkSelection, planMethods } from "./rpcs/plan-methods.js";
import { planFiles } from "./codecs/plan-files.js";
import { planObservability } from "./functions/plan-observability.js";
import { createMessageGraph } from "./codecs/reachable.js";
import type { FunctionGrouping, PlanOptions } from "./plan-options.js";
import { planRouteSettings } from "./routes/route-settings.js";
import { type ProjectedBinding, projectBindings } from "./routes/plan-routes.js";
import type { Profile } from "../runtime/routing/profile.js";
import { nameServices } from "./service-names.js";

/**
 * Plans functions, routes and codecs. The findings are about the configuration (unknown services, unknown Any types) and
 * about what the front door cannot do for this API. `project` is the Go module that code is generated for.
 */
export function planGeneration(
  model: ApiModel,
  options: PlanOptions,
  project?: GoProject,
): { plan: Plan; diagnostics: Diagnostic[] } {
  const frontDoor = frontDoorOf(options.deployment.frontDoor ?? deploymentDefaults.frontDoor);
  const index = indexModel(model);
  const names = nameServices(model);
  const methods = planMethods(model, names, options);
  const deployment = planDeployment(methods, options, frontDoor);
  const profile = profileOf(options.transcoding);
  const { precedence } = profile;
  const projected = projectRoutes(methods, frontDoor, profile);
  const declared = projected.filter(({ isDerived }) => isDerived !== true);
  const grouping = options.deployment.functions ?? defaultGrouping(frontDoor);
  const configured = configuredGroups(methods, grouping, names, deployment.apiName);
  const groups = groupMethods(methods, projected, {
    frontDoor,
    precedence,
    together: configured.flatMap((group) => splitByAuth(group.methods, frontDoor)),
  });
  const context = { frontDoor, names, options, index, configured, deployment, precedence };
  const functions = planFunctions(groups, projected, context);
  const graph = createMessageGraph(index);
  const { files, reachesAny } = planFiles(graph, methods, options.messages);
  const rpcKeys = functions.flatMap((fn) => fn.routeKeys);
  const taken = [...functions.map(({ id }) => id), "unrouted"];
  const own = planOwnRoutes(options.routes ?? [], frontDoor, taken, rpcKeys, options.deployment.auth);
  const unrouted = planUnrouted(functions, own.ownRoutes, deployment, frontDoor, (all) => {
    return planFallback(methods, all, { frontDoor, options, index, deployment });
  });
  const ids = [
    ...taken,
    ...own.ownFunctions.map(({ id }) => id),
    ...(unrouted.fallback === undefined ? [] : [unrouted.fallback.id]),
  ];
  const authorizers = planAuthorizers(authsOf({ functions, ...own, unrouted }), ids, deployment.timeout);
  const cache = planCachedRoutes(projected, { functions, frontDoor, options, deployment, index });
  const observability = planObservability(methods, options);
  const go = options.go && project && planGo(methods, options.go, project);
  const plan: Plan = {
    model,
    layout: options.layout,
    transcoding: options.transcoding,
    rules: rulesOf(options.transcoding),
    files,
    anyTypes:
      reachesAny || options.anyTypes !== undefined || methods.some(mayPackDetails)
        ? resolvableTypes(graph, options.anyTypes)
        : [],
    methods,
    customization: options.customization ?? {},
    ...(observability === undefined ? {} : { observability }),
    ...(options.dependencies === undefined ? {} : { dependencies: options.dependencies }),
    functions,
    routes: planRoutes(declared, functions),
    routeSettings: planRouteSettings(projected, options),
    cachedRoutes: cache.cachedRoutes,
    ...own,
    authorizers,
    unrouted,
    emptySegments: findEmptySegmentLosses(options, functions, declared, frontDoor),
    listenerRules:
      frontDoor.routing === "ordered"
        ? planListenerRules(projected, {
            functions,
            ownRoutes: own.ownRoutes,
            frontDoor,
            precedence,
            unrouted,
            deployment,
          })
        : [],
    deployment,
    ...(go === undefined ? {} : { go: go.plan }),
    build: { ...buildDefaults, ...options.build },
  };
  const diagnostics = [
    ...checkSelection(model, options, methods),
    ...checkMethodOptions(options, methods),
    ...checkAnyTypes(index, options),
    ...(go?.diagnostics ?? []),
    ...checkSettings(functionsWithRpcs(plan), options),
    ...checkDeadLetterQueues(functionsWithRpcs(plan), options),
    ...checkGroups(model, grouping),
    ...checkAuthSettings(options, methods),
    ...checkAuth(plan, frontDoor),
    ...checkRoutes(plan, declared, frontDoor, grouping, options),
    ...checkOwnRoutes(plan, options.routes ?? []),
    ...cache.diagnostics,
  ];
  return { plan, diagnostics };
}

/** An existing object may send packed messages in `grpc-status-details-bin`. */
function mayPackDetails({ implementation }: MethodPlan): boolean {
  return implementation.kind !== "function";
}

function projectRoutes(
  methods: readonly MethodPlan[],
  frontDoor: FrontDoor,
  { precedence, headFromGet }: Pick<Profile, "precedence" | "headFromGet">,
): ProjectedBinding[] {
  const declared = projectBindings(methods, frontDoor);
  const projected = headFromGet ? [...declared, ...headsFromGets(declared)] : declared;
  return frontDoor.routing === "resource-first" ? completeResources(projected, frontDoor, precedence) : projected;
}

/** Each function behind a Function URL has a URL of its own: callers of a service want one. */
function defaultGrouping({ routing }: FrontDoor): FunctionGrouping {
  return { kind: routing === "none" ? "per-service" : "per-rpc" };
}

function planDeployment(methods: readonly MethodPlan[], options: PlanOptions, frontDoor: FrontDoor): DeploymentPlan {
  const { functions: _, cors, ...deployment } = options.deployment;
  return {
    ...deploymentDefaults,
    ...deployment,
    ...withDependencies({ ...deploymentDefaults, ...deployment }, options.dependencies ?? []),
    apiName: deployment.apiName ?? apiNameOf(methods.map(({ service }) => service.fullName)),
    frontDoor: frontDoor.id,
    ...basePathOf(deployment),
    auth: resolveAuth([deployment.auth], frontDoor.id),
    rulePriorities: { ...deploymentDefaults.rulePriorities, ...deployment.rulePriorities },
    ...(cors === undefined
      ? {}
      : {
          cors: {
            answeredBy: frontDoor.answersCors ? "door" : "function",
            ...withUploadHeaders(cors, deployment.largePayloads),
            methods: httpMethodsOf(methods),
          },
        }),
  };
}

/** The path of the domain is what functions leave out. */
function basePathOf({ basePath, domain }: PlanOptions["deployment"]): Pick<DeploymentPlan, "basePath"> {
  const path = basePath ?? domain?.basePath;
  return path === undefined ? {} : { basePath: path };
}

function httpMethodsOf(methods: readonly MethodPlan[]): string[] {
  const used = methods.flatMap(({ method }) => method.bindings.map((binding) => binding.httpMethod));
  const named = used.includes("*") ? ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"] : [];
  return [...new Set([...named, ...used.filter((httpMethod) => httpMethod !== "*")])].sort(compareText);
}

/** PL002 for names and patterns of anyTypes that no message has. */
function checkAnyTypes(index: ModelIndex, { anyTypes = [], places }: PlanOptions): Diagnostic[] {
  return anyTypes
    .filter((pattern) => matchingTypes(index, [pattern]).length === 0)
    .map((pattern, at) => {
      const nearest = pattern.includes("*") ? undefined : suggestFor(at, pattern, () => index.messages.keys());
      const location = places?.get(pattern);
      const fault = pattern.includes("*") ? "matches no message" : "is not a message";
      return diagnostic("PL002", `"${pattern}" ${fault} of the loaded files${didYouMean(nearest)}`, {
        location,
        help: "anyTypes takes full names of messages that the given files or their imports declare, and patterns such as acme.library.*",
      }) satisfies Diagnostic;
    });
}
