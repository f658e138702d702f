/** Which bindings read query parameters. */
import type { Binding, Method } from "../../model/api-model.js";
import type { TranscodingOptions } from "../plan.js";

/**
 * Whether fields that neither path nor body binds come from the query. With `body: "*"` there are none, but profile `spec` lets the
 * query set what the body left out, as Envoy does; grpc-gateway ignores it. `queryWithBodyStar` decides otherwise. A parameter would belong to no
 * message of a stream.
 */
export function takesQuery(
  method: Pick<Method, "clientStreaming">,
  binding: Pick<Binding, "body">,
  options: Pick<TranscodingOptions, "profile" | "behaviour">,
): boolean {
  if (method.clientStreaming) return false;
  if (binding.body.kind !== "all") return true;
  return (options.behaviour?.queryWithBodyStar ?? (options.profile === "spec" ? "bind" : "ignore")) === "bind";
}
