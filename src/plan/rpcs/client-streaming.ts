/** Options of RPCs that stream their requests. */
import type { CollectRequests } from "../../model/build-model.js";
import type { MethodPlan } from "../plan.js";
import type { PlanOptions } from "../plan-options.js";

/** The streams of requests that the model binds. */
export function collectRequests({ transcoding, methodOptions }: PlanOptions): CollectRequests {
  const methods = new Map<string, boolean>();
  for (const [name, { clientStreaming }] of methodOptions ?? []) {
    if (clientStreaming !== undefined) methods.set(name, clientStreaming !== "refuse");
  }
  return { byDefault: (transcoding.clientStreaming ?? "refuse") !== "refuse", methods };
}

/** Most messages of a method's stream of requests, if the options state it. */
export function maxMessages(fullName: string, options: PlanOptions): Pick<MethodPlan, "maxMessages"> {
  const own = options.methodOptions?.get(fullName)?.clientStreaming ?? options.transcoding.clientStreaming;
  return typeof own === "object" ? { maxMessages: own.maxMessages } : {};
}
