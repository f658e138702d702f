/** Lambda functions, and the routes that lead to them. */
import type { RouteKey } from "../front-door/route-key.js";
import type { PathTemplate } from "../http-rule/path-template.js";
import type { Binding, Service } from "../model/api-model.js";
import type { ThrottlingPlan } from "./door-settings.js";
import type { AuthPlan } from "./auth-plan.js";
import type { DeadLetterSetting, EnvironmentVariable, FunctionLimits, Policy } from "./deployment-plan.js";
import type { MethodPlan } from "./method-plan.js";

/** One Lambda function. */
export interface FunctionPlan {
  /** Kebab case, unique, at most 64 characters: `library-service-get-shelf`. */
  readonly id: string;
  readonly service: Service;
  /** More than one where the configuration says so or the front door cannot tell them apart. */
  readonly methods: readonly MethodPlan[];
  /** The routes of the front door, without duplicates, in order of first use. */
  readonly routeKeys: readonly RouteKey[];
  /** The authentication of all of its RPCs, which every route that leads to it asks for. */
  readonly auth: AuthPlan;
  /** Templates of other functions with paths that its routes let through. */
  readonly foreignTemplates: readonly TemplateRef[];
  /**
   * RPCs of other functions that ask for another authentication, and go before RPCs of this one for some paths: escapes bring such requests
   * past the routes of those. They are refused.
   */
  readonly guarded: readonly MethodPlan[];
  /** Its responses are sent in parts, because an RPC streams its replies and the front door can. */
  readonly streams: boolean;
  /** It answers preflights itself, and sends the headers of CORS. */
  readonly cors: boolean;
  /** Fields of its requests that are declared `debug_redact`, in both spellings, sorted. */
  readonly secrets: readonly string[];
  readonly bundle: BundlePlan;
  readonly payloads: PayloadsPlan;
  /** Variables of its services, in addition to those of every function (`DeploymentPlan.environment`). */
  readonly environment: readonly EnvironmentVariable[];
  /** Permissions of its services, in addition to those of every function (`DeploymentPlan.policies`). */
  readonly policies: readonly Policy[];
  /** Its own queue for events that it fails on. Absent: that of the API. */
  readonly deadLetterQueue?: DeadLetterSetting;
  /** Limits that differ from those of the API, because an RPC or a service of it asks for others. Absent: none. */
  readonly limits?: FunctionLimits;
}

/** A library whose packages have stand-ins: grpc-js with what is built on it, or Connect. */
export type CapturedLibrary = "grpc-js" | "connect";

/** The bundle of a function's entry. */
export interface BundlePlan {
  /** `cjs` if the user's code in it is CommonJS. */
  readonly format: "esm" | "cjs";
  /** Libraries of the servers in it whose registrations are noted, by stand-ins for their packages. */
  readonly captures: readonly CapturedLibrary[];
}

/** The parts of `DeploymentPlan.largePayloads` that a function has. */
export interface PayloadsPlan {
  /** Its responses are sent whole, and go to S3 where they are too large for that. */
  readonly responses: boolean;
  /** The RPCs whose requests may be uploaded: those that have a body. */
  readonly uploads: readonly MethodPlan[];
}

/** A template with its method; `*` is any. */
export interface TemplateRef {
  readonly httpMethod: string;
  readonly template: PathTemplate;
}

/** Requests that no binding's route takes, and preflights of browsers where a function answers them. */
export interface UnroutedPlan {
  /** A function without RPCs, where any of the routes leads to it. */
  readonly withoutRpcs?: UnroutedFunction;
  /** A function with every RPC, where any of the routes leads to it. Not among `Plan.functions`; it has no route keys. */
  readonly fallback?: FunctionPlan;
  readonly routes: readonly UnroutedRoute[];
}

/** An RPC that a path with an empty segment does not reach. */
export interface EmptySegmentLoss {
  readonly method: MethodPlan;
  /** `GET /v1/shelves//books`. */
  readonly example: string;
}

/** A Lambda function without RPCs; members as in `FunctionPlan`. */
export interface UnroutedFunction {
  readonly id: string;
  readonly cors: boolean;
}

/** A route of the front door that is no binding's. */
export interface UnroutedRoute {
  readonly key: RouteKey;
  /** Id of one of `Plan.functions`, or of the plan's functions for unrouted requests. */
  readonly functionId: string;
  /** Without credentials, whatever the API asks for: preflights carry none. */
  readonly open: boolean;
  /** `none` for an open one. */
  readonly auth: AuthPlan;
}

/** One row of the routing table. */
export interface RoutePlan {
  readonly method: MethodPlan;
  readonly binding: Binding;
  readonly routeKey: RouteKey;
  /** `FunctionPlan.id`. */
  readonly functionId: string;
}

/** A route with settings of its own. */
export interface RouteSettings {
  readonly key: RouteKey;
  readonly throttling: ThrottlingPlan;
}

/** A GET route of a REST API that is answered from its cache. */
export interface CachedRoute {
  readonly key: RouteKey;
  readonly seconds: number;
  /** Query parameters in the key of an answer, in addition to all variables of the path. */
  readonly parameters: readonly string[];
  /** The RPCs whose requests come in by it. */
  readonly methods: readonly MethodPlan[];
}

/** A rule of a load balancer's listener. All conditions have to hold. */
export interface ListenerRule {
  /** Lower ones are tried first; unique. */
  readonly priority: number;
  /** `FunctionPlan.id`. */
  readonly functionId: string;
  /** One of these; any when empty. */
  readonly httpMethods: readonly string[];
  /** One of these; `*` is any text. Empty where there are regular expressions. */
  readonly pathPatterns: readonly string[];
  /** One of these. */
  readonly pathRegexes: readonly string[];
}
