/** Reports of functions about their requests: settings of the API, and the shares of single RPCs. */
import type { MethodPlan, MethodSample, ObservabilityPlan } from "../plan.js";
import type { PlanOptions } from "../plan-options.js";

/** The plan, or undefined if functions tell nothing. */
export function planObservability(methods: readonly MethodPlan[], options: PlanOptions): ObservabilityPlan | undefined {
  const { observability } = options;
  if (observability === undefined) return undefined;
  const { requests, metrics, correlationIds } = observability;
  if (!requests && metrics === "none" && correlationIds.length === 0) return undefined;
  return { ...observability, samples: methods.flatMap((method) => ownSample(method, options)) };
}

function ownSample({ service, method }: MethodPlan, { methodOptions, serviceOptions }: PlanOptions): MethodSample[] {
  const share =
    methodOptions?.get(`${service.fullName}.${method.name}`)?.sampleSuccesses ??
    serviceOptions.get(service.fullName)?.sampleSuccesses;
  return share === undefined ? [] : [{ rpc: `${service.fullName}/${method.name}`, share }];
}
