/** The decisions of the user, from the configuration file and flags, validated and with defaults filled in. */
import type { Location } from "../diagnostics.js";
import type { PathTemplate } from "../http-rule/path-template.js";
import type { GoOptions } from "./go-plan.js";
import type {
  AuthSetting,
  BuildPlan,
  CachePlan,
  ClientStreaming,
  CorsPlan,
  CustomizationPlan,
  DeadLetterSetting,
  DependencyPlan,
  DeploymentPlan,
  EnvironmentVariable,
  FixedAnswer,
  FunctionLimits,
  Implementation,
  Layout,
  ModuleExport,
  ModuleSystem,
  ObservabilityPlan,
  OwnHandler,
  Policy,
  ServerFile,
  ThrottlingPlan,
  TrafficOptions,
  TranscodingOptions,
} from "./plan.js";
import type { StyleOptions } from "./style-options.js";

export interface PlanOptions {
  readonly layout: Layout;
  readonly transcoding: TranscodingOptions;
  readonly deployment: DeploymentOptions;
  /** Default: `buildDefaults`. */
  readonly build?: Partial<BuildPlan>;
  /** Full names of the services to generate; undefined for all of the target files. */
  readonly services?: readonly string[];
  /** Full names, and patterns with `*`, of the messages that a google.protobuf.Any may hold in JSON; undefined: see `resolvableTypes`. */
  readonly anyTypes?: readonly string[];
  /** Style of scaffolded services. */
  readonly messages: StyleOptions;
  /** The code of services that do not name their own. Default: scaffolded functions. */
  readonly proxy?: ImplementationOptions;
  /** Division of requests while RPCs move. Default: their code answers all. */
  readonly traffic?: TrafficOptions;
  /** Places in the configuration that name a service or an Any type, by that name; for diagnostics only. */
  readonly places?: ReadonlyMap<string, Location>;
  /** Around every method. Default: none. */
  readonly interceptors?: ModuleExport;
  /** Default: neither errors nor headers are treated specially. */
  readonly customization?: CustomizationPlan;
  /** Default: functions tell nothing. */
  readonly observability?: Omit<ObservabilityPlan, "samples" | "tracing">;
  /** Settings by full name of the method. Default: none. */
  readonly methodOptions?: ReadonlyMap<string, MethodOptions>;
  /** Settings by full name of the service. */
  readonly serviceOptions: ReadonlyMap<string, ServiceOptions>;
  /** Routes of the user's own. Default: none. */
  readonly routes?: readonly OwnRouteOptions[];
  /** Services that handlers call. Default: none. */
  readonly dependencies?: readonly DependencyPlan[];
  /** Code is generated in Go. Absent: in TypeScript. */
  readonly go?: GoOptions;
}

/** A route of the user's own. */
export interface OwnRouteOptions {
  readonly httpMethod: string;
  /** Literals, and variables of one segment. */
  readonly template: PathTemplate;
  /** Its place in the configuration. */
  readonly location: Location;
  /** Default: that of the API. */
  readonly auth?: AuthSetting;
  readonly answer: { readonly kind: "fixed"; readonly fixed: FixedAnswer } | OwnHandler;
}

/** Settings of one RPC. */
export interface MethodOptions extends FunctionLimits {
  /** The HTTP status of a reply, 200 to 299. Default: 200. */
  readonly status?: number;
  /** Treatment of a stream of requests. Default: `TranscodingOptions.clientStreaming`. */
  readonly clientStreaming?: ClientStreaming;
  /** Limits of its routes. Default: those of the service. */
  readonly throttling?: ThrottlingPlan;
  /** Default: that of the service. */
  readonly cache?: CachePlan | false;
  /** Default: that of the service. */
  readonly sampleSuccesses?: number;
  /** Default: that of its service. */
  readonly auth?: AuthSetting;
  /** Default: that of its service. */
  readonly deadLetterQueue?: DeadLetterSetting;
  /** Default: that of its service. */
  readonly own?: ImplementationOptions;
  /** Default: that of its service. */
  readonly traffic?: TrafficOptions;
}

/** An implementation, and the style of the messages that it takes. */
export interface ImplementationOptions {
  readonly implementation: Implementation;
  readonly messages: StyleOptions;
}

/** Settings of one service. */
export interface ServiceOptions extends FunctionLimits {
  /** An object that a module exports. Undefined, as the next two are: scaffolded functions. */
  readonly grpcJs?: ModuleExport;
  /** Functions of (request, context) for nice-grpc. */
  readonly niceGrpc?: ModuleExport;
  /** A server, or a function of a router, that registers the object. */
  readonly server?: ServerFile;
  /** A dependency that answers. Default: as in `PlanOptions`. */
  readonly proxy?: ImplementationOptions;
  /** Default: that of the API. */
  readonly traffic?: TrafficOptions;
  /** The system of the module of `grpcJs`, `niceGrpc` or `server`. Default: `esm`. */
  readonly system?: ModuleSystem;
  /** Default: `PlanOptions.messages`. */
  readonly messages?: StyleOptions;
  /** Around its methods, inside of those of the API. Default: none. */
  readonly interceptors?: ModuleExport;
  /** Variables of the functions with its RPCs. Default: none. */
  readonly environment?: readonly EnvironmentVariable[];
  /** Default: none. */
  readonly policies?: readonly Policy[];
  /** Limits of the routes of its RPCs. Default: those of the deployment. */
  readonly throttling?: ThrottlingPlan;
  /** Default: that of the deployment. */
  readonly cache?: CachePlan | false;
  /** Default: that of the API. */
  readonly sampleSuccesses?: number;
  /** Default: that of the API. */
  readonly auth?: AuthSetting;
  /** Default: that of the deployment. */
  readonly deadLetterQueue?: DeadLetterSetting;
}

/**
 * The user's settings of the deployment; `deploymentDefaults` has the rest, and `apiName` is made from the common
 * package of the services.
 */
export type DeploymentOptions = Partial<Omit<DeploymentPlan, "auth" | "cors" | "rulePriorities">> & {
  readonly auth?: AuthSetting;
  /** Default: `per-rpc`, and `per-service` behind a Function URL. */
  readonly functions?: FunctionGrouping;
  readonly rulePriorities?: Partial<DeploymentPlan["rulePriorities"]>;
  /** The methods are those of the routes. */
  readonly cors?: Omit<CorsPlan, "answeredBy" | "methods">;
};

/** The grouping of RPCs into functions. */
export type FunctionGrouping =
  | { readonly kind: "per-rpc" }
  | { readonly kind: "per-service" }
  | { readonly kind: "single" }
  | { readonly kind: "groups"; readonly groups: readonly FunctionGroup[] };

/** RPCs of one function; an RPC without a group has its own function. */
export interface FunctionGroup {
  /** Kebab case; names the function. */
  readonly name: string;
  /** Full names of RPCs and services. An RPC that is named goes before its service. */
  readonly members: readonly string[];
}
