/** Which functions send or take large payloads by way of S3. */
import type { CorsPlan, FunctionPlan, LargePayloadsPlan, MethodPlan, Plan } from "../plan.js";

/** The halves that a function has. */
export interface PayloadUse {
  /** Its responses are sent whole, and may be too large for that. */
  readonly responses: boolean;
  /** It has an RPC whose requests have bodies. */
  readonly uploads: boolean;
}

/** What a function has of `deployment.largePayloads`; neither half without that setting. */
export function payloadUseOf(
  { streams, methods }: Pick<FunctionPlan, "streams" | "methods">,
  { largePayloads }: Pick<Plan["deployment"], "largePayloads">,
): PayloadUse {
  if (largePayloads === undefined) return { responses: false, uploads: false };
  return {
    responses: largePayloads.responses !== "refuse" && !streams,
    uploads: largePayloads.uploads && methods.some(takesBody),
  };
}

/** Whether a request for an RPC can have a body. */
export function takesBody({ method }: Pick<MethodPlan, "method">): boolean {
  return method.bindings.some(({ body }) => body.kind !== "none");
}

/** Request headers by which uploads are asked for and named. */
const uploadHeaders = ["x-upload-content-length", "x-upload-content-type", "x-upload-id"];

/** Pages that may call may also upload. */
export function withUploadHeaders(
  cors: Omit<CorsPlan, "methods">,
  largePayloads: LargePayloadsPlan | undefined,
): Omit<CorsPlan, "methods"> {
  if (largePayloads?.uploads !== true || cors.headers.includes("*")) return cors;
  const named = new Set(cors.headers.map((name) => name.toLowerCase()));
  return { ...cors, headers: [...cors.headers, ...uploadHeaders.filter((name) => !named.has(name))] };
}
