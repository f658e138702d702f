/** Settings of functions, from those of the services whose RPCs they have. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { EnvironmentVariable, FunctionPlan, MethodPlan, Policy } from "../plan.js";
import { planDeadLetterQueue } from "./dead-letter-queue.js";
import { planLimits } from "./function-limits.js";
import type { PlanOptions, ServiceOptions } from "../plan-options.js";

/**
 * Variables and policies of the services of `methods`, without duplicates, limits, and the queue for events. Of variables with one name the first counts, of
 * limits the largest.
 */
export function settingsOf(
  methods: readonly MethodPlan[],
  options: PlanOptions,
): Pick<FunctionPlan, "environment" | "policies" | "limits" | "deadLetterQueue"> {
  const own = servicesOf(methods).flatMap((name) => options.serviceOptions.get(name) ?? []);
  const environment = new Map<string, EnvironmentVariable>();
  for (const variable of own.flatMap((service) => service.environment ?? []))
    if (!environment.has(variable.name)) environment.set(variable.name, variable);
  const policies = new Map<string, Policy>();
  for (const policy of own.flatMap((service) => service.policies ?? [])) policies.set(JSON.stringify(policy), policy);
  const limits = planLimits(methods, options);
  return {
    environment: [...environment.values()],
    policies: [...policies.values()],
    ...(limits === undefined ? {} : { limits }),
    ...planDeadLetterQueue(methods, options),
  };
}

function servicesOf(methods: readonly MethodPlan[]): string[] {
  return [...new Set(methods.map(({ service }) => service.fullName))];
}

/** A function has one environment: PL010 for services in one that want different values for a variable. */
export function checkSettings(functions: readonly FunctionPlan[], options: PlanOptions): Diagnostic[] {
  return functions.flatMap((fn) => {
    const services = servicesOf(fn.methods);
    return fn.environment.flatMap(({ name }): Diagnostic[] => {
      const users = services.flatMap((service) => {
        const value = variableOf(options.serviceOptions.get(service), name);
        return value === undefined ? [] : [{ service, value }];
      });
      if (new Set(users.map(({ value }) => value)).size < 2) return [];
      return [
        diagnostic(
          "PL010",
          `function ${fn.id} holds RPCs of ${users.map(({ service }) => service).join(" and ")}, which set ${name} to different values`,
          {
            help: "give the variable another name in one of them, or the same value, or keep the services in functions of their own",
          },
        ),
      ];
    });
  });
}

function variableOf(service: ServiceOptions | undefined, name: string): string | undefined {
  const variable = service?.environment?.find((candidate) => candidate.name === name);
  return variable === undefined ? undefined : JSON.stringify(variable.value);
}
