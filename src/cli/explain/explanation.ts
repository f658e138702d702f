/** The findings of `explain` about a request; plain data, JSON-serialisable apart from the plan's own objects. */
import type { FrontDoorId } from "../../front-door/front-door-id.js";
import type { HttpRequest } from "../../runtime/http.js";
import type { RoutePlan, TranscodingOptions } from "../../plan/plan.js";
import type { RequestLine } from "./request-line.js";

/** A request under a plan. */
export interface Explanation {
  readonly request: RequestLine;
  readonly profile: TranscodingOptions["profile"];
  readonly frontDoor: FrontDoorId;
  readonly door: DoorPassage;
  readonly answer: Answer;
  /** The profile's own answer to the request as sent, over all bindings, if it differs from `answer`. */
  readonly withoutDoor?: Answer;
  /** Every other binding, in the order in which they are tried. */
  readonly others: readonly Loser[];
}

/** The part of a request that routing needs, as the front door or the function sees it. */
export type SeenRequest = Pick<HttpRequest, "method" | "path" | "pathIsDecoded">;

/** The outcome of a request at the front door. */
export type DoorPassage =
  | {
      readonly kind: "passed";
      /** The request as the function gets it. */
      readonly seen: SeenRequest;
      readonly query: HttpRequest["query"];
      /** `GET /v1/shelves/{name}`, `rule 10`, `$default`. */
      readonly routeKey: string;
      readonly functionId: string;
      /** Authentication that the route asks for, which nothing here has: `jwt (shelves.read)`. */
      readonly auth: string;
      /** Seconds for which the door gives the answer again. Absent: it asks the function each time. */
      readonly cacheSeconds?: number;
    }
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly reason: string;
      /** The request for which no route was found; undefined if the door refused it before that. */
      readonly seen?: SeenRequest;
    };

/** The part that answers. */
export type Answer =
  | { readonly kind: "rpc"; readonly route: RoutePlan; readonly captures: readonly string[] }
  /** The function answers by itself, with a google.rpc.Status. */
  | { readonly kind: "status"; readonly status: number; readonly code: number; readonly reason: string }
  /** A function behind a route of the user's own. */
  | { readonly kind: "own"; readonly route: string; readonly answer: string }
  /** Nobody of ours: the door did. */
  | { readonly kind: "door" };

/** A binding that does not answer. */
export interface Loser {
  readonly route: RoutePlan;
  /** `shadowed`: matches, but another one goes first. `method`: matches the path only. `path`: does not match. */
  readonly kind: "shadowed" | "method" | "path";
  readonly reason: string;
  /** The part of template and path that agrees from the left: 0 nothing, 1 all of it. */
  readonly nearness: number;
}
