/** Which bindings read query parameters. */
import type { Binding, Message, Method } from "../../model/api-model.js";
import type { TranscodingOptions } from "../plan.js";

/**
 * Whether fields that neither path nor body binds come from the query. With `body: "*"` there are none, but profile `spec` lets the
 * query set what the body left out, as Envoy does; grpc-gateway ignores it. `queryWithBodyStar` decides otherwise. A parameter would belong to no
 * message of a stream. Where path and body bind every field of `request`, a query is not even looked at, unless unknown parameters are
 * refused.
 */
export function takesQuery(
  method: Pick<Method, "clientStreaming">,
  request: Pick<Message, "fields">,
  binding: Pick<Binding, "body" | "pathParams">,
  options: Pick<TranscodingOptions, "profile" | "behaviour" | "unknownFields">,
): boolean {
  if (method.clientStreaming) return false;
  if (binding.body.kind !== "all") return options.unknownFields === "reject" || leavesFields(request, binding);
  return (options.behaviour?.queryWithBodyStar ?? (options.profile === "spec" ? "bind" : "ignore")) === "bind";
}

/** A variable that is below a field leaves the rest of that field. */
function leavesFields({ fields }: Pick<Message, "fields">, binding: Pick<Binding, "body" | "pathParams">): boolean {
  const { body, pathParams } = binding;
  const bound = new Set(pathParams.filter((param) => param.fields.length === 1).map((param) => param.fields[0]?.name));
  if (body.kind === "field" && body.above.length === 0) bound.add(body.field.name);
  return fields.some(({ name }) => !bound.has(name));
}
