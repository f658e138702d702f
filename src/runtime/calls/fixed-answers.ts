/** Answers that are known when the code is generated, to routes that belong to no RPC: a health path, a document. */
import type { HttpResponse } from "../http.js";
import type { Profile } from "../routing/profile.js";
import type { Endpoint } from "./endpoint.js";
import { bareRoute } from "./unrouted.js";

/** An answer, and what it answers: `GET /healthz`. */
export interface FixedAnswer extends Pick<HttpResponse, "status" | "headers"> {
  readonly route: string;
  readonly body: string;
}

/** An endpoint that gives the answers. */
export function fixedAnswers(profile: Profile, answers: readonly FixedAnswer[]): Endpoint {
  return {
    profile: { ...profile, formPost: false, mediaTypes: "ignore" },
    routes: answers.map(({ route, ...answer }) => bareRoute(route, () => answer)),
  };
}
