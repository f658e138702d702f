/** Routes of the user's own in addition to the RPCs (a health path, a callback, a document), and functions of the user's own. */
import type { RouteKey } from "../front-door/route-key.js";
import type { PathTemplate } from "../http-rule/path-template.js";
import type { AuthPlan } from "./auth-plan.js";
import type { DeadLetterSetting, EnvironmentVariable, FunctionLimits, Policy } from "./deployment-plan.js";
import type { BundlePlan } from "./function-plan.js";
import type { ModuleExport } from "./method-plan.js";

/** A route that belongs to no RPC. */
export interface OwnRoute {
  readonly httpMethod: string;
  readonly template: PathTemplate;
  /** Routes of the front door; the first is the one to show. */
  readonly keys: readonly [RouteKey, ...RouteKey[]];
  /** Id of one of `Plan.ownFunctions`. */
  readonly functionId: string;
  /** The authentication of callers, as all routes of its function ask for it. */
  readonly auth: AuthPlan;
  /** Absent: a function of the user answers. */
  readonly fixed?: FixedAnswer;
}

/** An answer that is known when the code is generated. */
export interface FixedAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** A Lambda function behind routes of the user's own. It has no RPC. */
export interface OwnFunction {
  /** Kebab case, unique among all functions. */
  readonly id: string;
  /** The user's handler, which gets the events of the front door as they are. Absent: the function gives the fixed answers. */
  readonly handler?: ModuleExport;
  readonly auth: AuthPlan;
  readonly bundle: BundlePlan;
  /** Variables in addition to those of every function. */
  readonly environment: readonly EnvironmentVariable[];
  /** All that its role may do in addition to its logs and traces. */
  readonly policies: readonly Policy[];
  /** Limits that differ from those of the API. Absent: none. */
  readonly limits?: FunctionLimits;
  /** Its own queue for events that it fails on. Absent: that of the API. */
  readonly deadLetterQueue?: DeadLetterSetting;
}

/** A Lambda handler of the user, with the settings of its function. */
export interface OwnHandler
  extends Pick<OwnFunction, "bundle" | "environment" | "policies" | "limits" | "deadLetterQueue"> {
  readonly kind: "function";
  /** Kebab case; names the function, unless another one has the name. */
  readonly name: string;
  readonly handler: ModuleExport;
}

/** A Lambda function of the user's own that decides about callers. No route leads to it: the front door asks it. */
export interface AuthorizerFunction extends Omit<OwnFunction, "auth" | "handler"> {
  readonly handler: ModuleExport;
}
