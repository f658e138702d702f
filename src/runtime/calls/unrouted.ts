/**
 * What one function with every route would answer to requests that are no RPC of this one: 404, or that the path exists for other methods.
 * Other functions' templates are text: `POST /v1/shelves/* merge` for POST on `/v1/{name=shelves/*}:merge`.
 */
import type { Endpoint, Route } from "./endpoint.js";
import type { Profile } from "../routing/profile.js";
import { refuseWith } from "./respond.js";

/** An endpoint without RPCs, for requests that no route of the front door takes. */
export function unrouted(profile: Profile, templates: readonly string[]): Endpoint {
  // Forms may stand for a GET, which there is nobody for here.
  return { profile: { ...profile, forms: false, mediaTypes: "ignore" }, routes: templates.map(toRoute) };
}

/** An endpoint whose routes let paths of other functions through. */
export function beside(endpoint: Endpoint, templates: readonly string[]): Endpoint {
  return { ...endpoint, routes: [...templates.map(toRoute), ...endpoint.routes] };
}

/** A route that answers nothing: a request for it is at the wrong function. */
function toRoute(text: string): Route {
  const [httpMethod = "", template = "", verb = ""] = text.split(" ");
  return {
    httpMethod,
    template,
    segments: template.split("/").slice(1),
    verb,
    captures: [],
    service: "",
    method: "",
    binding: 0,
    body: false,
    isStream: false,
    answer: async () => refuseWith(5, "Not Found"),
  };
}
