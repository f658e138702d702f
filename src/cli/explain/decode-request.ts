/** Runs the code that would be generated for a binding, so that what is shown is what a handler gets. */
import { loadBindings } from "../../build/load-bindings.js";
import type { Plan, RoutePlan } from "../../plan/plan.js";
import type { QueryPair } from "../../runtime/http.js";
import { showMessage } from "./show-message.js";

/** A request message, or the message of the 400 that a client gets. `differs`: the query has an effect on it. */
export type DecodedRequest =
  | { readonly kind: "decoded"; readonly request: unknown; readonly differs: boolean }
  | { readonly kind: "refused"; readonly message: string };

/** Decodes a request with an empty body and these parameters. */
export type DecodeQuery = (query: string | readonly QueryPair[]) => DecodedRequest;

/** Loads the decoder of a binding. Undefined when that fails, as without a package that the message style needs. */
export async function loadDecoder(
  plan: Plan,
  route: RoutePlan,
  captures: readonly string[],
  root: string,
): Promise<DecodeQuery | undefined> {
  const rpc = await loadBindings(plan, route.method, root);
  const binding = rpc?.bindings[route.binding.index];
  if (binding === undefined) return undefined;
  const decode = (query: string | readonly QueryPair[]): unknown =>
    binding.decode({ query, contentType: "", body: "" }, ...captures);
  return (query) => {
    try {
      const request = decode(query);
      return {
        kind: "decoded",
        request,
        differs: query.length > 0 && showMessage(request) !== showMessage(decode("")),
      };
    } catch (error) {
      if (error instanceof Error && error.name === "DecodeError") return { kind: "refused", message: error.message };
      throw error;
    }
  };
}
