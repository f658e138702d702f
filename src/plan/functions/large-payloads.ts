/** The functions that send or take large payloads through S3. */
import type { DeploymentOptions } from "../plan-options.js";
import type { FunctionPlan, LargePayloadsPlan, MethodPlan, PayloadsPlan } from "../plan.js";

/** Plans what a function has of `deployment.largePayloads`; neither half without that setting. */
export function planPayloads(
  { streams, methods }: Pick<FunctionPlan, "streams" | "methods">,
  largePayloads: LargePayloadsPlan | undefined,
): PayloadsPlan {
  if (largePayloads === undefined) return { responses: false, uploads: [] };
  return {
    responses: largePayloads.responses !== "refuse" && !streams,
    uploads: largePayloads.uploads ? methods.filter(takesBody) : [],
  };
}

function takesBody({ method }: MethodPlan): boolean {
  return method.bindings.some(({ body }) => body.kind !== "none");
}

type CorsOptions = NonNullable<DeploymentOptions["cors"]>;

/** Request headers by which uploads are asked for and named. */
const uploadHeaders = ["x-upload-content-length", "x-upload-content-type", "x-upload-id"];

/** Pages that may call may also upload. */
export function withUploadHeaders(cors: CorsOptions, largePayloads: LargePayloadsPlan | undefined): CorsOptions {
  if (largePayloads?.uploads !== true || cors.headers.includes("*")) return cors;
  const named = new Set(cors.headers.map((name) => name.toLowerCase()));
  return { ...cors, headers: [...cors.headers, ...uploadHeaders.filter((name) => !named.has(name))] };
}
