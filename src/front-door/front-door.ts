/** Front doors: the AWS services that turn an HTTP request into a Lambda event, as far as generation is concerned. */
import type { Binding } from "../model/api-model.js";
import { httpApi } from "./http-api.js";
import type { RouteKey } from "./route-key.js";

/** One AWS event source, seen from the generator. */
export interface FrontDoor {
  /** As written in the configuration. */
  readonly id: "http-api";
  /** As people call it. */
  readonly title: string;
  /** Runtime module that turns this door's events into requests; exports a function of the same name in camel case. */
  readonly runtimeModule: string;
  readonly limits: FrontDoorLimits;
  /** The path reaches the function decoded, so that `/`, `?` and `%` inside a segment cannot be told from structure. */
  readonly decodesPath: boolean;
  /** Whether a response can be sent in parts. */
  readonly streams: boolean;
  /** The routes by which requests for a binding come in. Never fails: what cannot be said exactly is widened. */
  projectBinding(binding: Binding): Projection;
}

/** Quotas of a front door in a new account. */
export interface FrontDoorLimits {
  readonly routes: number;
  /** Seconds until the door gives up. */
  readonly seconds: number;
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
  | { readonly kind: "httpMethod"; readonly httpMethod: string };

/** Every front door that there is. */
export const frontDoors: readonly FrontDoor[] = [httpApi];
