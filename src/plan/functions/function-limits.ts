/** Limits of functions: memory, time, /tmp and instances. */
import { deploymentDefaults } from "../deployment-defaults.js";
import type { DeploymentPlan, FunctionLimits, FunctionPlan, MethodPlan } from "../plan.js";
import type { PlanOptions } from "../plan-options.js";

const names = [
  "memorySize",
  "timeout",
  "ephemeralStorage",
  "reservedConcurrency",
  "provisionedConcurrency",
] as const satisfies readonly (keyof FunctionLimits)[];

/**
 * The limits of a function where an RPC of it, or a service, asks for another one than the API has: then the largest that one of its RPCs has.
 * Undefined where none asks.
 */
export function planLimits(methods: readonly MethodPlan[], options: PlanOptions): FunctionLimits | undefined {
  const limits = names.flatMap((name) => {
    const asked = methods.map(({ service, method }) => {
      return (
        options.methodOptions?.get(method.fullName)?.[name] ?? options.serviceOptions.get(service.fullName)?.[name]
      );
    });
    if (asked.every((value) => value === undefined)) return [];
    const common = limitsOfApi({ ...deploymentDefaults, ...options.deployment })[name];
    return [[name, asked.reduce<number>((most, value) => Math.max(most, value ?? common ?? 0), 0)] as const];
  });
  return limits.length === 0 ? undefined : Object.fromEntries(limits);
}

/** The larger of two values of each limit; undefined where neither side has any. */
export function largestLimits(
  a: FunctionLimits | undefined,
  b: FunctionLimits | undefined,
): FunctionLimits | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Object.fromEntries(
    names.flatMap((name) => {
      const [one, other] = [a[name], b[name]];
      if (one === undefined && other === undefined) return [];
      return [[name, Math.max(one ?? 0, other ?? 0)] as const];
    }),
  );
}

/** The limits that a function has: its own, or those of the API. */
export function limitsOf(
  { limits }: Pick<FunctionPlan, "limits">,
  deployment: DeploymentPlan,
): FunctionLimits & Pick<DeploymentPlan, "memorySize" | "timeout"> {
  const { memorySize, timeout } = deployment;
  return { memorySize, timeout, ...limitsOfApi(deployment), ...limits };
}

function limitsOfApi(deployment: FunctionLimits): FunctionLimits {
  return Object.fromEntries(
    names.flatMap((name) => (deployment[name] === undefined ? [] : [[name, deployment[name]]])),
  );
}
