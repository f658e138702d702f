/** The route of a binding. */
import type { Binding, Rpc } from "../rpc.js";
import type { Route } from "./endpoint.js";

/**
 * The route of the binding at `index`, answered by `answer`. What a binding leaves out is filled in, so that routes have the same members
 * in the same order, which V8 finds faster.
 */
export function boundRoute<Request, Reply>(
  { service, method }: Pick<Rpc<Request, Reply>, "service" | "method">,
  binding: Binding<Request, Reply>,
  index: number,
  answer: Route["answer"],
): Route {
  return { verb: "", captures: [], body: false, ...binding, service, method, binding: index, answer };
}
