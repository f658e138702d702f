/**
 * Plan: what will be generated, with no text in it. Everything that can be decided before printing is decided here: which
 * functions exist, which routes lead to them and which codecs are reachable. Names are those of the API; a language makes its own of them.
 * Paths are relative to the project root with forward slashes unless said otherwise.
 */
import type { ApiModel } from "../model/api-model.js";
import type { BuildPlan } from "./build-plan.js";
import type { DependencyPlan } from "./dependency-plan.js";
import type { DeploymentPlan } from "./deployment-plan.js";
import type { FilePlan } from "./file-plan.js";
import type {
  CachedRoute,
  EmptySegmentLoss,
  FunctionPlan,
  ListenerRule,
  RoutePlan,
  RouteSettings,
  UnroutedPlan,
} from "./function-plan.js";
import type { GoPlan } from "./go-plan.js";
import type { CustomizationPlan, MethodPlan } from "./method-plan.js";
import type { ObservabilityPlan } from "./observability-plan.js";
import type { AuthorizerFunction, OwnFunction, OwnRoute } from "./own-route.js";
import type { TranscodingOptions, TranscodingRules } from "./transcoding-options.js";

export type { RouteKey } from "../front-door/route-key.js";
export type { BuildPlan } from "./build-plan.js";
export type * from "./auth-plan.js";
export type { DependencyPlan, EgressPort } from "./dependency-plan.js";
export type * from "./deployment-plan.js";
export type { AllowPlan, CachePlan, DomainPlan, MutualTls, ThrottlingPlan, UsagePlan } from "./door-settings.js";
export type * from "./file-plan.js";
export type * from "./function-plan.js";
export type * from "./go-plan.js";
export type * from "./method-plan.js";
export type * from "./own-route.js";
export type * from "./observability-plan.js";
export type * from "./transcoding-options.js";

/** Everything that is generated for one API. */
export interface Plan {
  readonly model: ApiModel;
  readonly layout: Layout;
  readonly transcoding: TranscodingOptions;
  readonly rules: TranscodingRules;
  /** One per .proto file and message style that something reachable needs; those of the style of scaffolded services first, if one is used. */
  readonly files: readonly FilePlan[];
  /**
   * Full names of the messages that a google.protobuf.Any may hold in JSON, and details of errors may be, sorted; those of google.protobuf
   * with a JSON form of their own not among them. Empty when neither an Any nor a packed detail can come.
   */
  readonly anyTypes: readonly string[];
  /** Every bound method of the selected services, in declaration order. */
  readonly methods: readonly MethodPlan[];
  /** The API's own treatment of errors and headers. */
  readonly customization: CustomizationPlan;
  /** Reports of functions about their requests. Absent: none but Lambda's. */
  readonly observability?: ObservabilityPlan;
  /** In the order of their first method. */
  readonly functions: readonly FunctionPlan[];
  /** Every binding, in declaration order. */
  readonly routes: readonly RoutePlan[];
  /** Routes with settings of their own. */
  readonly routeSettings: readonly RouteSettings[];
  /** Routes that are answered from the cache of a REST API. */
  readonly cachedRoutes: readonly CachedRoute[];
  /** Routes of the user's own, in the order of the configuration. */
  readonly ownRoutes: readonly OwnRoute[];
  /** The functions behind these; not among `functions`. */
  readonly ownFunctions: readonly OwnFunction[];
  /** Functions of the user's own that decide about callers; not among `functions`. */
  readonly authorizers: readonly AuthorizerFunction[];
  /** The routes and the function for requests that match no RPC. */
  readonly unrouted: UnroutedPlan;
  /** RPCs that paths with empty segments do not reach, though grpc-gateway takes them; in declaration order. */
  readonly emptySegments: readonly EmptySegmentLoss[];
  /** The rules by which a load balancer finds the function, by priority; empty for other front doors. */
  readonly listenerRules: readonly ListenerRule[];
  readonly deployment: DeploymentPlan;
  /** Services that handlers call; their variables and permissions are those of `deployment`. Absent: none. */
  readonly dependencies?: readonly DependencyPlan[];
  /** Code is generated in Go. Absent: in TypeScript. */
  readonly go?: GoPlan;
  readonly build: BuildPlan;
}

/** The places of the output. */
export interface Layout {
  /** Generated files: `gen`. */
  readonly outDir: string;
  /** User-owned scaffolds: `src/handlers`. */
  readonly handlersDir: string;
  /** The deployment template: `template.yaml`. */
  readonly template: string;
  /** Zips of the functions, which `build` makes: `build/lambda`. */
  readonly zips: string;
}
