/** Front doors: the AWS services that turn an HTTP request into a Lambda event, as far as generation is concerned. */
import type { Binding } from "../model/api-model.js";
import type { EventReader } from "../runtime/doors/door.js";
import type { FrontDoorId } from "./front-door-id.js";
import type { PathLanguage } from "./path-language.js";
import type { RouteKey } from "./route-key.js";

/** One AWS event source, seen from the generator. */
export interface FrontDoor {
  readonly id: FrontDoorId;
  /** The common name of the service. */
  readonly title: string;
  /** The article of the title. */
  readonly article: "a" | "an";
  /** Facts for people who choose a front door. */
  readonly facts: DoorFacts;
  readonly authentication: Authentication;
  /** The reader of its events, as in the function. */
  readonly reader: EventReader;
  readonly limits: FrontDoorLimits;
  readonly routing: Routing;
  /** Whether responses can be streamed: never, not from functions in a VPC, or always. */
  readonly streams: "never" | "outside-vpc" | "always";
  /** Its routes may stand among those of other APIs, so that one that takes every request would take theirs. */
  readonly sharesRoutes: boolean;
  /** Whether the door answers cross-origin requests, by the settings in the template; else the function does. */
  readonly answersCors: boolean;
  /** The path reaches the function decoded, so that `/`, `?` and `%` inside a segment cannot be told from structure. */
  readonly decodesPath: boolean;
  /** Bodies of text types, JSON among them, reach the function as text even if they are compressed: their bytes are lost. */
  readonly damagesCompressedJson: boolean;
  /** The routes by which requests for a binding come in. Never fails: what cannot be said exactly is widened. */
  projectBinding(binding: Binding): Projection;
  /** The paths to use instead of those that were projected, by the projected one, where they have to go together. */
  arrangePaths(paths: readonly string[]): ReadonlyMap<string, string>;
  /** The paths that a route matches. */
  languageOf(key: RouteKey): PathLanguage;
  /**
   * The routes for what these do not take, none where there is no need: with them every request reaches a function, unless the door's
   * grammar has no such route.
   */
  catchUnrouted(keys: readonly RouteKey[]): readonly RouteKey[];
  /** The routes by which preflights of browsers come in, for these and for unrouted requests. */
  catchPreflights(keys: readonly RouteKey[]): readonly RouteKey[];
  /** Counts how much of the door's limit (`limits.routes`) distinct routes use. */
  countRoutes(keys: readonly RouteKey[]): number;
}

/**
 * The way in which the door chooses among routes that match a request. `full-match-first`: one with the request's
 * method, a full match before a greedy one. `resource-first`: the most specific path, whatever its methods. `ordered`:
 * the first in an order that we decide. `none`: every request goes to the one function behind the door.
 */
export type Routing = "full-match-first" | "resource-first" | "ordered" | "none";

/**
 * Facts of AWS about a front door, one line each. Prices are list prices of us-east-1 in November 2026, without Lambda
 * itself, which costs the same behind all of them.
 */
export interface DoorFacts {
  /** Largest request and response. */
  readonly sizes: string;
  readonly time: string;
  readonly streaming: string;
  readonly authentication: string;
  /** Ways to keep it off the internet. */
  readonly privateAccess: string;
  readonly firewall: string;
  readonly price: string;
}

/** The callers that a front door can authenticate. */
export interface Authentication {
  /** The kinds of authentication, including `none`. */
  readonly kinds: readonly AuthenticationKind[];
  /** The possible callers without authentication: `everybody on the internet`. */
  readonly reachedBy: string;
  /** Advice for a kind that it does not check. */
  readonly help: string;
}

/** The names of the kinds, in the order in which messages list them. */
export const authenticationKinds = ["iam", "jwt", "cognito", "lambda", "oidc", "none"] as const;

/**
 * A check of callers. `iam`: a SigV4 signature. `jwt`: a bearer token of an issuer. `cognito`: a token of a user pool, or its login.
 * `lambda`: a function decides. `oidc`: the login of an OpenID provider. `none`: no check.
 */
export type AuthenticationKind = (typeof authenticationKinds)[number];

/** Quotas of a front door in a new account. */
export interface FrontDoorLimits {
  /** Routes, resources of a REST API, or rules of a load balancer. */
  readonly routes: number;
  /** Functions behind one door, where it limits them itself. */
  readonly functions?: number;
  /** Seconds until the door gives up. */
  readonly seconds: number;
  /** Bytes of a response that is sent whole, as the function's result in JSON. */
  readonly responseBytes: number;
}

/** A binding in the grammar of a front door. */
export interface Projection {
  /** The routes; `keys[0]` is used for display. */
  readonly keys: readonly [RouteKey, ...RouteKey[]];
  readonly problems: readonly ProjectionProblem[];
}

/** A part of a binding that the door's routes cannot express. */
export type ProjectionProblem =
  /** The literal holds characters that a route cannot have; the segment became a variable. */
  | { readonly kind: "literal"; readonly text: string }
  /** The method is not one that the door routes; requests with it may be refused before any function sees them. */
  | { readonly kind: "httpMethod"; readonly httpMethod: string }
  /** The door answers this path itself. */
  | { readonly kind: "reserved"; readonly text: string }
  /** The route would be longer than the door's rules may be; it takes whatever begins like it. */
  | { readonly kind: "length"; readonly text: string };

/** `an API Gateway HTTP API`. */
export function withArticle({ article, title }: Pick<FrontDoor, "article" | "title">): string {
  return `${article} ${title}`;
}
