/** What `explain` finds out about a request; plain data, JSON-serialisable apart from the plan's own objects. */
import type { RoutePlan, TranscodingOptions } from "../../plan/plan.js";
import type { RequestLine } from "./request-line.js";

/** A request under a plan. */
export interface Explanation {
  readonly request: RequestLine;
  readonly profile: TranscodingOptions["profile"];
  readonly door: DoorPassage;
  readonly answer: Answer;
  /** What the profile would make of the request as sent, over all bindings, where that is something else than `answer`. */
  readonly withoutDoor?: Answer;
  /** Every other binding, in the order in which they are tried. */
  readonly others: readonly Loser[];
}

/** What becomes of a request at the front door. */
export type DoorPassage =
  | {
      readonly kind: "passed";
      /** The path as the function gets it. */
      readonly path: string;
      /** `GET /v1/shelves/{name}`. */
      readonly routeKey: string;
      readonly functionId: string;
    }
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly reason: string;
      /** The path that no route was found for; undefined when the door could not even read it. */
      readonly path?: string;
    };

/** Who answers. */
export type Answer =
  | { readonly kind: "rpc"; readonly route: RoutePlan; readonly captures: readonly string[] }
  /** The function answers by itself, with a google.rpc.Status. */
  | { readonly kind: "status"; readonly status: number; readonly code: number; readonly reason: string }
  /** Nobody of ours: the door did. */
  | { readonly kind: "door" };

/** A binding that does not answer. */
export interface Loser {
  readonly route: RoutePlan;
  /** `shadowed`: matches, but another one goes first. `method`: matches the path only. `path`: does not match. */
  readonly kind: "shadowed" | "method" | "path";
  readonly reason: string;
  /** How much of template and path agree from the left: 0 nothing, 1 all of it. */
  readonly nearness: number;
}
