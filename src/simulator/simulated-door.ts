/** The common interface of the simulated front doors, for a server that runs any of them. */
import type { FrontDoorId } from "../front-door/front-door-id.js";
import type { PathTemplate } from "../http-rule/path-template.js";
import type { StreamingDoor } from "./lambda-stream.js";
import type { Admission, WireRequest, WireResponse } from "./wire.js";

/** A route of an API Gateway API with what it leads to. */
export interface DoorRoute<Target> {
  /** `GET`, or `ANY`. */
  readonly httpMethod: string;
  /** `/v1/shelves/{shelf}/{rest+}`, or `$default`. */
  readonly path: string;
  readonly target: Target;
}

/** A rule of a load balancer's listener with what it leads to. All conditions have to hold. */
export interface ListenerRule<Target> {
  /** Lower numbers are tried first. */
  readonly priority: number;
  /** Any of these; none means any method. */
  readonly httpMethods: readonly string[];
  /** Any of these, `*` for any number of characters (slashes too), `?` for one; none here and in `pathRegexes` means any path. */
  readonly pathPatterns: readonly string[];
  readonly pathRegexes: readonly string[];
  readonly target: Target;
}

/** A declared binding with the function of its RPC. */
export interface BoundTarget<Target> {
  readonly httpMethod: string;
  readonly template: PathTemplate;
  readonly target: Target;
}

/** The routing of a deployment; each door reads its own part. */
export interface RoutingTable<Target> {
  readonly routes: readonly DoorRoute<Target>[];
  readonly rules: readonly ListenerRule<Target>[];
  /** Bindings for doors without routes, which have an address for each function. */
  readonly bindings: readonly BoundTarget<Target>[];
}

/** The route that a door chose. */
export interface ChosenRoute {
  /** `GET /v1/shelves/{shelf}`, `$default`. */
  readonly key: string;
  /** Path parameters as the door's event has them. */
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Requests are signed (AWS_IAM); then functions behind a REST API get no Authorization header. Default false. */
  readonly signed?: boolean;
}

/** A chosen route with what it leads to. */
export interface RouteChoice<Target> extends ChosenRoute {
  readonly target: Target;
}

/** Settings of a door. */
export interface DoorSettings {
  /** Stage of an API. Default `$default` for an HTTP API, `live` for a REST API. */
  readonly stage?: string;
  /** Path that a custom domain puts in front of the API's own, without the stage: `/library`. Default none. */
  readonly basePath?: string;
  /** ALB: `lambda.multi_value_headers.enabled`. Default true, as generated templates have it. */
  readonly multiValueHeaders?: boolean;
  /** REST API: content types whose bodies are base64 on their way. Default none, as AWS has it. */
  readonly binaryMediaTypes?: readonly string[];
  /** HTTP API. Default 2.0. */
  readonly payloadFormatVersion?: "1.0" | "2.0";
  /** HTTP API and Function URL: what the door tells browsers. Default nothing. */
  readonly cors?: CorsSettings;
}

/** Permissions of pages from other origins; lists as the template has them. */
export interface CorsSettings {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number;
  readonly credentials: boolean;
}

/** The data of one request. */
export interface AdmitOptions extends DoorSettings {
  /** Chooses the route for a method and a path, the latter as the door sees it, without stage; undefined when none matches. */
  readonly route: (method: string, path: string) => ChosenRoute | undefined;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The failures of a function that has no result. */
export type FunctionFailure = "failed" | "timed-out";

/** A front door for local use. */
export interface SimulatedDoor {
  readonly id: FrontDoorId;
  /** Largest request body, in bytes. */
  readonly maxRequestBytes: number;
  /** Chooses for a method and a path as the door sees it; undefined when the door leads them nowhere. */
  readonly choose: <Target>(
    table: RoutingTable<Target>,
    method: string,
    path: string,
  ) => RouteChoice<Target> | undefined;
  /** From the wire to the event, or to the door's own refusal. */
  readonly admit: (request: WireRequest, options: AdmitOptions) => Admission<object>;
  /** From the function's result to the wire; `event` is what the function was called with. */
  readonly answer: (result: unknown, event: object, settings: DoorSettings) => WireResponse;
  /** Undefined where the door sends every response whole. */
  readonly streaming?: StreamingDoor;
  /** Changes the headers of a streamed response as the door does. Default: not at all. */
  readonly shareStreamed?: (
    headers: WireResponse["headers"],
    event: object,
    settings: DoorSettings,
  ) => WireResponse["headers"];
  /** The door's response if there is no result. */
  readonly answerFailure: (failure: FunctionFailure) => WireResponse;
}
