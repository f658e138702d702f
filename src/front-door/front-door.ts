/** Front doors: the AWS services that turn an HTTP request into a Lambda event, as far as generation is concerned. */
import type { Binding } from "../model/api-model.js";
import type { EventReader } from "../runtime/doors/door.js";
import { alb } from "./alb.js";
import { functionUrl } from "./function-url.js";
import { httpApi } from "./http-api.js";
import type { PathLanguage } from "./path-language.js";
import { restApi } from "./rest-api.js";
import type { RouteKey } from "./route-key.js";

/** As written in the configuration. */
export type FrontDoorId = "http-api" | "rest-api" | "alb" | "function-url";

/** One AWS event source, seen from the generator. */
export interface FrontDoor {
  readonly id: FrontDoorId;
  /** As people call it. */
  readonly title: string;
  /** What stands before the title in a sentence. */
  readonly article: "a" | "an";
  /** Runtime module that turns this door's events into requests; exports a function of the same name in camel case. */
  readonly runtimeModule: "alb" | "function-url" | "http-api" | "rest-api";
  /** The same for responses that are sent in parts; undefined where the door sends every response whole. */
  readonly streamingModule?: "function-url-stream" | "rest-api-stream";
  /** How its events become requests, as in the function. */
  readonly reader: EventReader;
  readonly limits: FrontDoorLimits;
  readonly routing: Routing;
  /** Cross-origin requests of browsers are answered for by the door, as the template says; else the function does it. */
  readonly answersBrowsers: boolean;
  /** The path reaches the function decoded, so that `/`, `?` and `%` inside a segment cannot be told from structure. */
  readonly decodesPath: boolean;
  /** The routes by which requests for a binding come in. Never fails: what cannot be said exactly is widened. */
  projectBinding(binding: Binding): Projection;
  /** The paths to use instead of those that were projected, by the projected one, where they have to go together. */
  arrangePaths(paths: readonly string[]): ReadonlyMap<string, string>;
  /** The paths that a route takes. */
  languageOf(key: RouteKey): PathLanguage;
  /**
   * The routes for what these do not take, none where there is no need: with them every request reaches a function, unless the door's
   * grammar has no such route.
   */
  catchRest(keys: readonly RouteKey[]): readonly RouteKey[];
  /** The routes by which preflights of browsers come in, for these and for the rest. */
  catchPreflights(keys: readonly RouteKey[]): readonly RouteKey[];
  /** How many of what the door limits (`limits.routes`) distinct routes take. */
  countRoutes(keys: readonly RouteKey[]): number;
}

/**
 * How the door chooses among routes that take a request. `full-match-first`: one with the request's method, a full match before a
 * greedy one. `resource-first`: the most specific path, whatever its methods. `ordered`: the first in an order that we decide.
 * `none`: every request goes to the one function behind the door.
 */
export type Routing = "full-match-first" | "resource-first" | "ordered" | "none";

/** Quotas of a front door in a new account. */
export interface FrontDoorLimits {
  /** Routes, resources of a REST API, or rules of a load balancer. */
  readonly routes: number;
  /** Functions behind one door, where it limits them itself. */
  readonly functions?: number;
  /** Seconds until the door gives up. */
  readonly seconds: number;
  /** Of a response that is sent whole, as the function's result in JSON. */
  readonly responseBytes: number;
}

/** A binding in the words of a front door. */
export interface Projection {
  /** At least one; the first is the one to show. */
  readonly keys: readonly [RouteKey, ...RouteKey[]];
  readonly problems: readonly ProjectionProblem[];
}

/** What the door cannot say. */
export type ProjectionProblem =
  /** The literal holds characters that a route cannot have; the segment became a variable. */
  | { readonly kind: "literal"; readonly text: string }
  /** The method is not one that the door routes; requests with it may be refused before any function sees them. */
  | { readonly kind: "httpMethod"; readonly httpMethod: string }
  /** The door answers this path itself. */
  | { readonly kind: "reserved"; readonly text: string }
  /** The route would be longer than the door's rules may be; it takes whatever begins like it. */
  | { readonly kind: "length"; readonly text: string };

/** Every front door that there is, the default first. */
export const frontDoors: readonly [FrontDoor, ...FrontDoor[]] = [httpApi, restApi, alb, functionUrl];

/** Their ids, as written in the configuration. */
export const frontDoorIds: readonly FrontDoorId[] = frontDoors.map(({ id }) => id);

/** The front door of an id. */
export function frontDoorOf(id: FrontDoorId): FrontDoor {
  return frontDoors.find((door) => door.id === id) ?? frontDoors[0];
}

/** `an API Gateway HTTP API`. */
export function withArticle({ article, title }: Pick<FrontDoor, "article" | "title">): string {
  return `${article} ${title}`;
}
