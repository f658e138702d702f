/** What the options say of RPCs that stream their requests. */
import type { CollectRequests } from "../../model/build-model.js";
import type { MethodPlan } from "../plan.js";
import type { PlanOptions } from "../plan-options.js";

/** Which of them the model binds. */
export function collectRequests({ transcoding, methodOptions }: PlanOptions): CollectRequests {
  const methods = new Map<string, boolean>();
  for (const [name, { clientStreaming }] of methodOptions ?? []) {
    if (clientStreaming !== undefined) methods.set(name, clientStreaming !== "refuse");
  }
  return { byDefault: (transcoding.clientStreaming ?? "refuse") !== "refuse", methods };
}

/** How many messages the stream of a method may hold, where that is stated. */
export function maxMessages(fullName: string, options: PlanOptions): Pick<MethodPlan, "maxMessages"> {
  const own = options.methodOptions?.get(fullName)?.clientStreaming ?? options.transcoding.clientStreaming;
  return typeof own === "object" ? { maxMessages: own.maxMessages } : {};
}
