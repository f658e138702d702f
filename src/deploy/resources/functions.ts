/** Functions with their roles, logs and callers. */
import { createHash } from "node:crypto";
import { entryPoint } from "../../emit/entry-point.js";
import { standIns } from "../../emit/functions/captured-servers.js";
import { authText } from "../../plan/auth/auth-identity.js";
import { deadLetterQueueOf } from "../../plan/functions/dead-letter-queue.js";
import { limitsOf } from "../../plan/functions/function-limits.js";
import { plainBundle } from "../../plan/functions/plan-bundle.js";
import { zipName } from "../../plan/functions/zip-name.js";
import type {
  AuthorizerFunction,
  FunctionPlan,
  OwnFunction,
  OwnRoute,
  Plan,
  UnroutedFunction,
} from "../../plan/plan.js";
import { authorizerInvoker, invokersOf } from "./invokers.js";
import { plainLine } from "./plain-line.js";
import type { FunctionResource, SharedSettings, UrlResource, Variable } from "./resource-model.js";
import { rpcNames } from "./rpc-names.js";
import { bucketName, managedPolicies, queueArn, rolePolicies, settingValue } from "./statements.js";
import { join, parameter, place, type Reference, type Value } from "./value.js";

/** Longest description that Lambda takes. */
const maxDescription = 256;

/** Those with RPCs in the plan's order, then those for requests that no route takes. */
export function functionResources(plan: Plan): FunctionResource[] {
  const { withoutRpcs, fallback } = plan.unrouted;
  return [
    ...plan.functions.map((fn) => ({ ...functionResource(fn, plan), ...warmInstances(fn, plan) })),
    ...(fallback === undefined ? [] : [fallbackResource(fallback, plan)]),
    ...(withoutRpcs === undefined ? [] : [unroutedResource(withoutRpcs, plan)]),
    ...plan.ownFunctions.map((fn) => ownResource(fn, plan)),
    ...plan.authorizers.map((fn) => authorizerResource(fn, plan)),
  ];
}

/** Instances for functions with routes of their own: what answers other requests can wait for its start. */
function warmInstances(fn: FunctionPlan, { deployment }: Plan): Pick<FunctionResource, "provisionedConcurrency"> {
  const { provisionedConcurrency } = limitsOf(fn, deployment);
  return provisionedConcurrency === undefined ? {} : { provisionedConcurrency };
}

/** The runtime of the functions. A compiled program runs in one that only starts it. */
export function runtimeOf({ deployment, go }: Pick<Plan, "deployment" | "go">): SharedSettings["runtime"] {
  return go === undefined ? deployment.runtime : "provided.al2023";
}

/** Variables of every function: those of the tool, then those of the configuration with other names. */
export function sharedVariables({ deployment }: Plan): Variable[] {
  const { largePayloads } = deployment;
  const own: Variable[] = [
    { name: "STAGE", value: parameter("Stage") },
    ...(largePayloads === undefined
      ? []
      : [{ name: "GRPC2LAMBDA_PAYLOAD_BUCKET", value: bucketName(largePayloads.bucket) }]),
  ];
  const taken = new Set(own.map(({ name }) => name));
  const configured = deployment.environment.filter(({ name }) => !taken.has(name));
  return [...own, ...configured.map(({ name, value }) => ({ name, value: settingValue(value) }))];
}

/** A function without RPCs needs nothing of what handlers do. */
function unroutedResource(planned: UnroutedFunction, plan: Plan): FunctionResource {
  const payloads = { responses: false, uploads: [] };
  const deployment = { ...plan.deployment, policies: [] };
  const { auth } = plan.deployment;
  const nothing = {
    auth,
    bundle: plainBundle,
    methods: [],
    environment: [],
    policies: [],
    payloads,
    streams: false,
    deadLetterQueue: { kind: "none" },
  } as const;
  return {
    ...functionResource({ ...planned, ...nothing }, { ...plan, deployment }),
    isUnrouted: true,
    rpcs: "requests that match no RPC",
    serves: [],
    description: "Answers requests that match no RPC.",
  };
}

function ownResource(fn: OwnFunction, plan: Plan): FunctionResource {
  const routes = plan.ownRoutes.filter(({ functionId }) => functionId === fn.id);
  const serves = routes.map(({ httpMethod, template }) => `${httpMethod} ${template.source}`);
  return { ...usersResource(fn, ownRouteNames(routes), plan), serves };
}

/** The function belongs to no route; the API may ask it about callers. */
function authorizerResource(fn: AuthorizerFunction, plan: Plan): FunctionResource {
  const none = { kind: "none" } as const;
  const {
    url: _,
    targetGroup: __,
    ...resource
  } = usersResource({ ...fn, auth: none, deadLetterQueue: none }, "decides who may call", plan);
  return { ...resource, description: "Decides who may call.", invokers: [authorizerInvoker] };
}

/** A function of the user's own has the permissions that the configuration gives it, and none of the handlers'. */
function usersResource(fn: OwnFunction, purpose: string, plan: Plan): FunctionResource {
  const provisionedConcurrency = fn.limits?.provisionedConcurrency;
  const deployment = { ...plan.deployment, policies: [] };
  const nothing = { methods: [], payloads: { responses: false, uploads: [] }, streams: false };
  const queue = fn.handler === undefined ? ({ deadLetterQueue: { kind: "none" } } as const) : {};
  return {
    ...functionResource({ ...fn, ...nothing, ...queue }, { ...plan, deployment }),
    isUnrouted: true,
    rpcs: purpose,
    description: plainLine(purpose, maxDescription),
    ...(provisionedConcurrency === undefined ? {} : { provisionedConcurrency }),
  };
}

/** `GET /healthz, POST /callbacks/{provider}`. */
export function ownRouteNames(routes: readonly OwnRoute[]): string {
  return plainLine(
    routes.map(({ httpMethod, template }) => `${httpMethod} ${template.source}`).join(", "),
    maxDescription,
  );
}

function fallbackResource(fallback: FunctionPlan, plan: Plan): FunctionResource {
  const isEvery = fallback.methods.length === plan.methods.length;
  const rpcs = isEvery ? "every RPC" : `every RPC with the authentication of the API (${authText(fallback.auth)})`;
  return {
    ...functionResource(fallback, plan),
    isUnrouted: true,
    serves: [],
    rpcs: `${rpcs}, for requests that match no other function's routes`,
    description: plainLine(
      `${rpcs.replace(/^e/, "E")}, for requests that match no other function's routes.`,
      maxDescription,
    ),
  };
}

type Deployed = Pick<
  FunctionPlan,
  | "id"
  | "auth"
  | "bundle"
  | "methods"
  | "streams"
  | "payloads"
  | "environment"
  | "policies"
  | "limits"
  | "deadLetterQueue"
> &
  Partial<Pick<FunctionPlan, "service">>;

function functionResource(fn: Deployed, plan: Plan): FunctionResource {
  const policies = [...plan.deployment.policies, ...fn.policies];
  const { file, handler } = entryPoint(plan, fn.id);
  const queue = deadLetterQueueOf(fn, plan.deployment);
  return {
    id: fn.id,
    ...(fn.service === undefined ? {} : { service: fn.service.fullName }),
    isUnrouted: false,
    rpcs: rpcNames(fn.methods),
    serves: fn.methods.map(({ service, method }) => `${service.fullName}.${method.name}`),
    description: describe(fn),
    entry: file,
    bundle: {
      format: fn.bundle.format,
      standIns: standIns(plan.layout, fn.bundle),
      external: plan.build.external,
    },
    zip: `${plan.layout.zips}/${zipName(fn.id)}`,
    ...(plan.go === undefined ? {} : { program: plan.layout.outDir }),
    handler,
    environment: fn.environment.map(({ name, value }) => ({ name, value: settingValue(value) })),
    limits: fn.limits ?? {},
    policies: rolePolicies(fn, policies, plan),
    managedPolicies: managedPolicies(policies),
    ...(queue === undefined ? {} : { deadLetterQueue: queueArn(queue) }),
    logGroupName: join`/aws/lambda/${place("stack")}/${fn.id}`,
    invokers: invokersOf(fn, targetGroup(fn.id), plan),
    ...(plan.deployment.frontDoor === "function-url" ? { url: urlResource(fn, plan) } : {}),
    ...(plan.deployment.frontDoor === "alb" ? { targetGroup: { name: targetGroup(fn.id) } } : {}),
  };
}

function describe(fn: Pick<FunctionPlan, "methods">): string {
  const [first] = fn.methods;
  const comment = fn.methods.length === 1 ? plainLine(first?.method.comment ?? "", maxDescription) : "";
  return comment === "" ? plainLine(rpcNames(fn.methods), maxDescription) : comment;
}

function urlResource({ streams, auth }: Pick<FunctionPlan, "auth" | "streams">, { deployment }: Plan): UrlResource {
  const { cors } = deployment;
  const isOpen = auth.kind === "none";
  if (cors?.answeredBy !== "door") return { open: isOpen, streams };
  const methods = cors.methods.every((method) => urlMethods.has(method)) ? cors.methods : ["*"];
  return { open: isOpen, streams, cors: { ...cors, methods } };
}

/** Methods that the CORS settings of a Function URL can name. */
const urlMethods: ReadonlySet<string> = new Set(["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"]);

/** Longest name of a target group, without the part that tells stacks apart. */
const maxGroupName = 32 - "-12345678".length;

const suffix: Reference = { kind: "suffix" };

function targetGroup(functionId: string): Value {
  return join`${targetGroupName(functionId)}-${suffix}`;
}

/** The function's id where it is short enough; what is cut off is told apart by a hash. */
export function targetGroupName(functionId: string): string {
  if (functionId.length <= maxGroupName) return functionId;
  const hash = createHash("sha256").update(functionId).digest("hex").slice(0, 8);
  return `${functionId.slice(0, maxGroupName - 9).replace(/-$/, "")}-${hash}`;
}
