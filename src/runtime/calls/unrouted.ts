/**
 * Answers to requests that match no RPC of this function, as one function with every route would give them: 404, or
 * that the path exists for other methods. Other functions' templates are text: `POST /v1/shelves/* merge` for POST on
 * `/v1/{name=shelves/*}:merge`.
 */
import type { Endpoint, Route } from "./endpoint.js";
import type { HttpResponse } from "../http.js";
import type { Profile } from "../routing/profile.js";
import { refuseWith } from "./respond.js";

/** An endpoint without RPCs, for requests that no route of the front door takes. */
export function unrouted(profile: Profile, templates: readonly string[]): Endpoint {
  // No GET handler exists here, so a form-encoded POST is not treated as a GET.
  return { profile: { ...profile, formPost: false, mediaTypes: "ignore" }, routes: templates.map(toRoute) };
}

/** An endpoint that also knows the templates of other functions, for paths that its widened routes let through. */
export function withForeignTemplates(endpoint: Endpoint, templates: readonly string[]): Endpoint {
  return { ...endpoint, routes: [...templates.map(toRoute), ...endpoint.routes] };
}

/** A route of another function: a request for it is answered with 404. */
/** RPCs of another function among those of this one: requests for them, which escapes bring here, are answered with 404. */
export function guarded(profile: Profile, templates: readonly string[]): Endpoint {
  return { profile, routes: templates.map(toRoute) };
}

function toRoute(text: string): Route {
  return bareRoute(text, () => refuseWith("NOT_FOUND", "Not Found"));
}

/** A route without an RPC, by its method and path, and its answer. */
export function bareRoute(text: string, respond: () => HttpResponse): Route {
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
    answer: async () => respond(),
  };
}
