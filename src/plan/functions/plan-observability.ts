/** Reports of functions about their requests: settings of the API, and the shares of single RPCs. */
import type { MethodPlan, MethodSample, ObservabilityPlan } from "../plan.js";
import type { PlanOptions } from "../plan-options.js";

/** The plan, or undefined if functions tell nothing. */
export function planObservability(methods: readonly MethodPlan[], options: PlanOptions): ObservabilityPlan | undefined {
  const tracing = options.deployment?.tracing === "calls" && options.go === undefined;
  const settings = options.observability ?? silence;
  const { requests, metrics, correlationIds } = settings;
  if (!requests && metrics === "none" && correlationIds.length === 0 && !tracing) return undefined;
  return { ...settings, tracing, samples: methods.flatMap((method) => ownSample(method, options)) };
}

/** Settings of functions that write nothing. */
const silence: NonNullable<PlanOptions["observability"]> = {
  requests: false,
  sampleSuccesses: 1,
  failedRequests: false,
  correlationIds: [],
  metrics: "none",
  redact: [],
};

function ownSample({ service, method }: MethodPlan, { methodOptions, serviceOptions }: PlanOptions): MethodSample[] {
  const share =
    methodOptions?.get(`${service.fullName}.${method.name}`)?.sampleSuccesses ??
    serviceOptions.get(service.fullName)?.sampleSuccesses;
  return share === undefined ? [] : [{ rpc: `${service.fullName}/${method.name}`, share }];
}
