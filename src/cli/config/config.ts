/**
 * The configuration after `schema.json` has accepted it: the same keys, paths as written. Written by `npm run
 * settings` from schema.json.
 */

/**
 * Configuration of grpc2lambda. Paths are relative to the file. Every key may be left out; flags on the command
 * line override.
 */
export interface Config {
  /** .proto files, or folders that hold them. Default: what the command line names. */
  readonly protos?: readonly string[];
  /** Folders in which imports are looked up, like protoc's -I. Default: the folder of this file. */
  readonly include?: readonly string[];
  /**
   * A FileDescriptorSet to read instead of .proto text, from `buf build -o image.binpb` or `protoc --include_imports
   * --include_source_info --descriptor_set_out`.
   */
  readonly descriptorSet?: string;
  /**
   * A google.api.Service YAML file with http.rules, or a list of such files. Their rules apply in the order of the
   * files.
   */
  readonly serviceConfig?: string | readonly string[];
  /** Folder of the generated files; nothing else may live in it. Default: gen, with language go internal/lambda. */
  readonly out?: string;
  /**
   * Folder of your handlers; a first version of each is written once. Default: src/handlers, with language go
   * internal/handlers.
   */
  readonly handlers?: string;
  /** The deployment template. Default: template.yaml. */
  readonly template?: string;
  /** Folder of the functions' zips, which `grpc2lambda build` makes and the template names. Default: build/lambda. */
  readonly zips?: string;
  /**
   * Language of the generated code and of your handlers: typescript, or go for services of grpc-gateway and grpc-go.
   * Default: typescript.
   */
  readonly language?: "typescript" | "go";
  /** Settings of code in Go. */
  readonly go?: GoConfig;
  /** Full names of the services to generate. Default: all services of the named files. */
  readonly only?: readonly string[];
  /**
   * Full names of methods to leave out, package.Service.Method: they get no route and no function. For RPCs that stay
   * on a gRPC server.
   */
  readonly skip?: readonly string[];
  /**
   * Methods without an HTTP rule: `report` leaves them out with a note, `ignore` without one, nor one on skipped
   * methods and streams of requests, `bind` makes them POST /package.Service/Method. Default: report.
   */
  readonly unbound?: "report" | "bind" | "ignore";
  /**
   * Full names of the messages that a google.protobuf.Any may hold in JSON, and that details of errors may be in
   * addition to those of google.rpc; `*` matches any text: acme.library.*. Messages that they contain are included.
   * Default: every message of the files and their imports, except those that only options need.
   */
  readonly anyTypes?: readonly string[];
  /** Shape of messages in scaffolded handlers. Default: idiomatic. */
  readonly messages?: MessagesConfig;
  /**
   * Code around every method, as module#export: ./src/interceptors.ts#interceptors, an array of Interceptor
   * (gen/runtime/interceptors.ts). Default: none.
   */
  readonly interceptors?: string;
  /**
   * Form of errors, as module#export: ./src/errors.ts#errorMapper, an ErrorMapper (gen/runtime/customize.ts).
   * Default: a google.rpc.Status in JSON.
   */
  readonly errorMapper?: string;
  /**
   * Headers that become metadata, and metadata that becomes headers, as module#export: ./src/headers.ts#headers,
   * HeaderMatchers (gen/runtime/customize.ts). Default: as grpc-gateway.
   */
  readonly headers?: string;
  /**
   * The code of services that do not name their own: `proxy`, the dependency `old` answers over gRPC; `proxy:stock`,
   * the dependency `stock` does. Default: one function per RPC in the handlers folder.
   */
  readonly implementation?: string;
  /**
   * Requests that the code of an RPC answers while it moves: a dependency, the server that it comes from, answers the
   * others. For RPCs that have code of their own. Default: the code answers all.
   */
  readonly traffic?: TrafficConfig;
  /**
   * Services that handlers call, by name. Functions get their addresses as variables, and gen/dependencies.ts has
   * clients for them. Read it with `Object.entries`, because the names are the user's.
   */
  readonly dependencies?: Readonly<Record<string, DependencyConfig>>;
  /**
   * Settings by full name of the RPC: acme.library.v1.LibraryService.CreateShelf. Read it with `Object.entries`,
   * because the names are the user's.
   */
  readonly methods?: Readonly<Record<string, MethodConfig>>;
  /** Settings by full name of the service. Read it with `Object.entries`, because the names are the user's. */
  readonly services?: Readonly<Record<string, ServiceConfig>>;
  /** Logs of functions about requests, `false` for none. Default: true, a line of JSON for each request. */
  readonly observability?: boolean | ObservabilityConfig;
  /**
   * Routes of your own in addition to those of the RPCs: a health path, a callback, a document. Not behind a Function
   * URL. Default: none.
   */
  readonly routes?: readonly OwnRouteConfig[];
  /** JSON and HTTP behaviour. */
  readonly transcoding?: TranscodingConfig;
  /** Content of the deployment template. */
  readonly deployment?: DeploymentConfig;
  /** Zips of the functions, which `grpc2lambda build` makes. */
  readonly build?: BuildConfig;
  /** Settings of `grpc2lambda compare`. */
  readonly compare?: CompareConfig;
}

/** Names of values of Go: one, or a list. */
export type GoValuesConfig = string | readonly string[];

/** Settings of code in Go. Names of declarations are import path, dot, name. */
export interface GoConfig {
  /** Folder of go.mod, relative to this file. Default: the same folder. */
  readonly module?: string;
  /**
   * Code between an event and your handlers: gateway, the generated code and the runtime of your grpc-gateway;
   * static, bindings and codecs that are generated here (not available yet). Default: gateway.
   */
  readonly mode?: "gateway" | "static";
  /**
   * Import paths of generated code by proto package, where it is not in the module. Default: found in the module.
   * Read it with `Object.entries`, because the names are the user's.
   */
  readonly packages?: Readonly<Record<string, string>>;
  /**
   * Interceptors of unary calls, outermost first: names of []grpc.UnaryServerInterceptor, of interceptors, or of
   * functions that give either. Default: those of grpc.NewServer in the module.
   */
  readonly unaryInterceptors?: GoValuesConfig;
  /** Interceptors of streams, likewise. */
  readonly streamInterceptors?: GoValuesConfig;
  /**
   * Options of the gateway, likewise: []runtime.ServeMuxOption. Default: those of runtime.NewServeMux in the module.
   */
  readonly muxOptions?: GoValuesConfig;
  /** Code around the gateway: a func(http.Handler) http.Handler. Default: none. */
  readonly middleware?: string;
}

/** A service that handlers call. */
export interface DependencyConfig {
  /** Host and port, such as stock.internal:50051. The variable <NAME>_ADDRESS of every function. */
  readonly address: TemplateValueConfig;
  /** Whether it speaks TLS. Default: true. */
  readonly tls?: boolean;
  /**
   * The protocol of `implementation: proxy`: `grpc`, the server itself; `http`, the gateway in front of it, which
   * gets requests byte for byte. Default: grpc.
   */
  readonly protocol?: "grpc" | "http";
  /**
   * Options of TLS for `implementation: proxy`, as module#export: an object or a function with `ca`, `cert`, `key`,
   * `passphrase` and `servername` of Node. Default: the authorities that Node trusts, and no certificate of the
   * function's own.
   */
  readonly tlsOptions?: string;
  /**
   * ARN of a secret in Secrets Manager that handlers read. The variable <NAME>_SECRET_ARN of every function, which
   * may then read it. Default: none.
   */
  readonly secret?: TemplateValueConfig;
}

/** Requests that new code answers. What a level leaves out is that of the level above. */
export interface TrafficConfig {
  /** The dependency that answers the other requests, over gRPC. Default: old. */
  readonly old?: string;
  /** Percent of the requests that the new code answers. Default: 0. */
  readonly share?: number;
  /**
   * Requests that the new code always answers, by a part of theirs, with a value or with any: `header:x-canary=1`,
   * `cookie:beta`, `query:canary`. Default: none.
   */
  readonly testers?: readonly string[];
  /**
   * The part of a request whose value decides about it, so that a caller stays on one side: `cookie:session`.
   * Default: none, chance decides, as it does without that part.
   */
  readonly sticky?: string;
  /**
   * Whether the old server answers when the new code fails (UNKNOWN, UNIMPLEMENTED, INTERNAL, UNAVAILABLE), and the
   * new code when that server is UNAVAILABLE. For RPCs that change nothing: those with GET alone, and those with
   * idempotency_level = NO_SIDE_EFFECTS. Default: false.
   */
  readonly fallback?: boolean;
  /**
   * Name of a parameter of SSM, which functions read every 30 seconds: its percents, such as {"*": 0,
   * "LibraryService/GetShelf": 50}, go before `share`. Default: none.
   */
  readonly parameter?: string;
}

/** Settings of one RPC. */
export interface MethodConfig {
  /**
   * The code of this RPC, where it is not that of its service: `handlers`, a function in the handlers folder;
   * module#export, a grpc-js service object; `proxy`, the service that has not moved yet. Default: that of its
   * service.
   */
  readonly implementation?: string;
  /** Requests that the code of this RPC answers while it moves. Default: that of its service. */
  readonly traffic?: TrafficConfig;
  /** Authentication of callers of this RPC. Default: that of its service. */
  readonly auth?: AuthConfig;
  /** The HTTP status of a reply; with 204 it has no body. Streams keep 200. Default: 200. */
  readonly status?: number;
  /**
   * Treatment of a stream of requests: whether the messages of one request body are the stream. Default: the value of
   * transcoding.clientStreaming.
   */
  readonly clientStreaming?: ClientStreamingConfig;
  /** Share of this RPC's successful requests that have a line in the log. Default: that of the service. */
  readonly sampleSuccesses?: number;
  /**
   * MB of the function with this RPC. Of a function with several RPCs the largest value counts. Default: that of the
   * service.
   */
  readonly memorySize?: number;
  /**
   * Seconds per invocation of the function with this RPC, less than the front door waits. The largest value counts.
   * Default: that of the service.
   */
  readonly timeout?: number;
  /** MB of /tmp of the function with this RPC. The largest value counts. Default: that of the service. */
  readonly ephemeralStorage?: number;
  /**
   * Instances kept for the function with this RPC, and no more than these; 0 switches it off. The largest value
   * counts. Default: that of the service.
   */
  readonly reservedConcurrency?: number;
  /**
   * Instances of the released version of the function with this RPC that are kept warm. The largest value counts.
   * Default: that of the service.
   */
  readonly provisionedConcurrency?: number;
  /**
   * Queue that gets events which the function with this RPC fails on when it is called asynchronously. RPCs of one
   * function name no two. Default: that of the service.
   */
  readonly deadLetterQueue?: DeadLetterQueueConfig;
  /**
   * Requests that the routes of this RPC take, each of them. Of a route that several RPCs share the largest values
   * count. Default: that of the service.
   */
  readonly throttling?: ThrottlingConfig;
  /**
   * Answers to GET requests of this RPC that a REST API gives again without asking the function: `true` for 300
   * seconds, or settings. Default: that of its service.
   */
  readonly cache?: boolean | CacheConfig;
}

/** The treatment of streams of requests; `maxMessages` is given if it is not 10,000. */
export type ClientStreamingConfig =
  | "refuse"
  | "collect"
  | {
      /** Collect, and refuse a request with more messages (RESOURCE_EXHAUSTED). */
      readonly maxMessages: number;
    };

/** Settings of one service. */
export interface ServiceConfig {
  /**
   * An existing implementation that is used unchanged. TypeScript: what the `library` of the service takes (a service
   * object, or a function of Connect's router), as module#export: ./src/library.ts#libraryService, or a package:
   * @acme/library#libraryService; or the server that registers it: { server: ./server.js }. Or `proxy`: the service
   * that has not moved yet answers, over gRPC; see docs/migrating.md. Go: example.com/library/internal/server.New, a
   * function, a variable or a type. Default: that of the API; in Go what the module registers.
   */
  readonly implementation?: string | ServerConfig;
  /** Requests that the code of its RPCs answers while it moves. Default: that of the API. */
  readonly traffic?: TrafficConfig;
  /**
   * Library whose server calls the implementation: `grpc-js` (methods of (call, callback)), `nice-grpc` (functions of
   * (request, context), with ServerError and async iterables) or `connect` (what a function of ConnectRouter
   * registers, with messages of protobuf-es: `messages` says nothing then). TypeScript only. Default: grpc-js.
   */
  readonly library?: "grpc-js" | "nice-grpc" | "connect";
  /** Code around every method of this service, inside of that around every method of the API. Default: none. */
  readonly interceptors?: string;
  /** Authentication of callers of this service. Default: that of the deployment. */
  readonly auth?: AuthConfig;
  /**
   * Shape of messages in this service's code. Default: proto-loader's own defaults for an existing service object,
   * else the shape of all scaffolded handlers.
   */
  readonly messages?: MessagesConfig;
  /** Variables of the functions with this service's RPCs, in addition to those of deployment.environment. */
  readonly environment?: EnvironmentConfig;
  /** Permissions of the functions with this service's RPCs, in addition to deployment.policies. */
  readonly policies?: readonly PolicyConfig[];
  /**
   * Share of the successful requests of this service's RPCs that have a line in the log. Default: that of
   * observability.
   */
  readonly sampleSuccesses?: number;
  /**
   * MB of the functions with this service's RPCs. Of a function with several RPCs the largest value counts. Default:
   * that of the deployment.
   */
  readonly memorySize?: number;
  /**
   * Seconds per invocation of the functions with this service's RPCs, less than the front door waits. The largest
   * value counts. Default: that of the deployment.
   */
  readonly timeout?: number;
  /**
   * MB of /tmp of the functions with this service's RPCs. The largest value counts. Default: that of the deployment.
   */
  readonly ephemeralStorage?: number;
  /**
   * Instances kept for the functions with this service's RPCs, and no more than these; 0 switches it off. The largest
   * value counts. Default: that of the deployment.
   */
  readonly reservedConcurrency?: number;
  /**
   * Instances of the released versions of functions with RPCs of this service that are kept warm. The largest value
   * counts. Default: that of the API.
   */
  readonly provisionedConcurrency?: number;
  /**
   * Queue that gets events which the functions with this service's RPCs fail on when they are called asynchronously.
   * Default: that of the deployment.
   */
  readonly deadLetterQueue?: DeadLetterQueueConfig;
  /** Requests that the routes of this service's RPCs take, each of them. Default: that of the deployment. */
  readonly throttling?: ThrottlingConfig;
  /**
   * Answers to GET requests of its RPCs that a REST API gives again without asking the function: `true` for 300
   * seconds, or settings. Default: that of the deployment.
   */
  readonly cache?: boolean | CacheConfig;
}

/** A module that registers its services with a server. */
export interface ServerConfig {
  /**
   * A module that registers its services with a server of @grpc/grpc-js, nice-grpc or Connect and may listen:
   * ./server.js. If importing it does not start the server, with the exported function that does: ./server.js#main.
   */
  readonly server: string;
  /**
   * Messages are those of the generated code that the server registers its services with: classes of google-protobuf
   * (grpc-tools), or of any other generator. Binary goes between, which costs time and size; `messages` says nothing
   * then. Default: false.
   */
  readonly bridge?: boolean;
}

/** A preset, or options of @grpc/proto-loader on top of one. */
export type MessagesConfig = MessagesPresetConfig | MessageOptionsConfig;

/** A shape of messages. */
export type MessagesPresetConfig = "idiomatic" | "proto-loader" | "ts-proto" | "protobuf-es";

/** Spelled as in @grpc/proto-loader, with constructors as their names. */
export interface MessageOptionsConfig {
  /**
   * Source of the options that are not given: `idiomatic` (lossless, checked by the compiler), `proto-loader` (what
   * @grpc/proto-loader gives without options), `ts-proto` (what ts-proto generates without options) or `protobuf-es`
   * (the messages of @bufbuild/protobuf 2). Default: `idiomatic` for scaffolded functions, `proto-loader` for an
   * existing service object.
   */
  readonly preset?: MessagesPresetConfig;
  /** Field names as declared, instead of camel case. */
  readonly keepCase?: boolean;
  /** 64-bit integers. */
  readonly longs?: "BigInt" | "String" | "Number" | "Long";
  /** Enum values as names or as numbers. */
  readonly enums?: "String" | "Number";
  /** Values of `bytes` fields; `String` is base64. */
  readonly bytes?: "Uint8Array" | "Buffer" | "String" | "Array";
  /** Set absent fields to their default. */
  readonly defaults?: boolean;
  /** Set absent repeated fields to []; implied by `defaults`. */
  readonly arrays?: boolean;
  /** Set absent map fields to {}; implied by `defaults`. */
  readonly objects?: boolean;
  /**
   * `true`: a property named after the oneof holds the name of the member that is set. `false`: members only.
   * `union`: one property that holds { case, value }.
   */
  readonly oneofs?: boolean | "union";
}

/** Logs of functions about requests. */
export interface ObservabilityConfig {
  /** Whether every request has a line of JSON in the log, refused and unrouted ones too. Default: true. */
  readonly requests?: boolean;
  /** Share of successful requests that have a line, 0 to 1. Requests that fail always have one. Default: 1. */
  readonly sampleSuccesses?: number;
  /**
   * Whether the line of a request at which the server failed (HTTP 5xx) has the error with its stack, and path,
   * query, headers and body without their secrets. Default: true.
   */
  readonly failedRequests?: boolean;
  /**
   * A logger of yours that writes all lines, as module#export: ./src/logger.ts#logger, an object with debug, info,
   * warn and error as those of Powertools. Default: lines of JSON on the standard output.
   */
  readonly logger?: string;
  /**
   * Headers whose ids are in every line of a request, and go on to what its handler calls: x-correlation-id. The
   * first one gets the id of the invocation if none of them came. Default: none.
   */
  readonly correlationIds?: readonly string[];
  /**
   * Metrics of every request by RPC and gRPC code: none; emf, for which each request writes one more line to the log,
   * of which CloudWatch makes metrics; or pushgateway, which pushes them to the Prometheus Pushgateway at the
   * variable PUSHGATEWAY_URL before the answer. Default: none.
   */
  readonly metrics?: "none" | "emf" | "pushgateway";
  /**
   * Names of headers, parameters and fields whose values stay out of the log, in addition to fields declared
   * debug_redact and to names of credentials. Default: none.
   */
  readonly redact?: readonly string[];
}

/** JSON and HTTP behaviour. */
export interface TranscodingConfig {
  /** `grpc-gateway` behaves as grpc-gateway v2, `spec` as google/api/http.proto says. Default: grpc-gateway. */
  readonly profile?: "grpc-gateway" | "spec";
  /**
   * Version of grpc-gateway that the profile of that name behaves as: `2.30` for that and older ones, `2.33` for that
   * and newer ones. Without effect on profile spec. Default: 2.33.
   */
  readonly gateway?: "2.30" | "2.33" | 2.3 | 2.33;
  /** Print fields that hold their default. Default: true. */
  readonly emitDefaults?: boolean;
  /** Print field names as declared instead of lowerCamelCase. Default: false. */
  readonly originalNames?: boolean;
  /** Print enum values as numbers. Default: false. */
  readonly enumsAsNumbers?: boolean;
  /**
   * Unknown JSON members and query parameters. Default: ignore in the grpc-gateway profile, reject in the spec
   * profile.
   */
  readonly unknownFields?: "ignore" | "reject";
  /** Accept a body in the rule of a DELETE. Default: false. */
  readonly allowDeleteBody?: boolean;
  /** Bodies may be protobuf binary (application/x-protobuf), both ways. Errors stay JSON. Default: false. */
  readonly binary?: boolean;
  /**
   * Bodies that are messages may be forms (application/x-www-form-urlencoded, multipart/form-data), with fields named
   * as query parameters are. Default: false.
   */
  readonly formBodies?: boolean;
  /**
   * Precedence of several matching templates. Default: lastDeclared in the grpc-gateway profile, specificity in the
   * spec profile.
   */
  readonly precedence?: "lastDeclared" | "specificity";
  /**
   * Percent-decoding of paths: `legacy` everything before the path is split, the others after it; `allExceptReserved`
   * and `allExceptSlash` leave those characters escaped in what ** matches (profile spec: in every variable of
   * several segments). Default: legacy in the grpc-gateway profile, allExceptSlash in the spec profile.
   */
  readonly pathUnescaping?: "legacy" | "allExceptReserved" | "allExceptSlash" | "all";
  /**
   * The status if a path exists for other methods only. Default: 501 in the grpc-gateway profile, 405 with Allow in
   * the spec profile.
   */
  readonly methodNotAllowed?: 405 | 501;
  /** GET bindings answer HEAD. Default: false in the grpc-gateway profile, true in the spec profile. */
  readonly headFromGet?: boolean;
  /**
   * OPTIONS is answered with the methods of the path. Default: false in the grpc-gateway profile, true in the spec
   * profile.
   */
  readonly optionsFromRoutes?: boolean;
  /**
   * Form-encoded POST requests: method override, and fields as query parameters. Default: true in the grpc-gateway
   * profile, false in the spec profile.
   */
  readonly formPost?: boolean;
  /**
   * Treatment of request headers `Grpc-Metadata-Foo`, which any client can send: with `drop` nothing; `forward`
   * metadata `foo`, except for `authorization` and names that begin with `grpcgateway-`, which handlers take for
   * checked; `forwardAll` those, too. Default: drop; forward with `gateway: "2.30"`.
   */
  readonly grpcMetadata?: "drop" | "forward" | "forwardAll";
  /**
   * Query parameters in addition to a body of `*`: `bind` sets fields that the body left out. Default: ignore in the
   * grpc-gateway profile, bind in the spec profile.
   */
  readonly queryWithBodyStar?: "ignore" | "bind";
  /**
   * Bodies that are not JSON, and clients that do not accept JSON: `check` refuses them with 415 and 406. Default:
   * ignore in the grpc-gateway profile, check in the spec profile.
   */
  readonly mediaTypes?: "ignore" | "check";
  /**
   * Reading of a google.api.HttpBody that is a request or its body: `json`, the message {"contentType", "data"}, or
   * `raw`, the bytes with their Content-Type. Default: json in the grpc-gateway profile, raw in the spec profile.
   */
  readonly httpBodyRequests?: "json" | "raw";
  /**
   * End of each message of a stream of google.api.HttpBody: `lines` a newline, `raw` nothing, so that the messages
   * are one file. Default: lines in the grpc-gateway profile, raw in the spec profile.
   */
  readonly httpBodyStreams?: "lines" | "raw";
  /**
   * Form of server streams: lines of {"result"}, lines of messages, one JSON array, or server-sent events. Default:
   * resultLines.
   */
  readonly streaming?: "resultLines" | "ndjson" | "jsonArray" | "sse";
  /**
   * The Accept header can choose another form of a server stream: `text/event-stream`, `application/x-ndjson`, or one
   * JSON array. Default: false in the grpc-gateway profile, true in the spec profile.
   */
  readonly streamingByAccept?: boolean;
  /**
   * RPCs that stream their requests: `refuse` is an error if one has an HTTP rule, `collect` takes the messages of
   * one request body, JSON values one after the other or one array, at most 10,000 or { maxMessages: … }. Default:
   * refuse.
   */
  readonly clientStreaming?: ClientStreamingConfig;
}

/** Settings of the deployment template. */
export interface DeploymentConfig {
  /**
   * The tool that deploys: `sam` (AWS SAM), `cloudformation` (a plain template, without a transform), `terraform` (a
   * module) or `cdk` (a construct for the AWS CDK). Default: sam.
   */
  readonly target?: "sam" | "cloudformation" | "terraform" | "cdk";
  /**
   * The AWS service that receives HTTP requests: `http-api` (API Gateway HTTP API), `rest-api` (API Gateway REST API:
   * paths arrive as sent, streaming), `alb` (Application Load Balancer: rules by regular expression) or
   * `function-url` (no routing). `grpc2lambda inspect --doors` compares them for your API. Default: http-api.
   */
  readonly frontDoor?: "http-api" | "rest-api" | "alb" | "function-url";
  /**
   * The load balancer of the front door alb: `own` makes an internal load balancer with a listener, `existing` adds
   * rules to a listener that is a parameter of the template. Default: own.
   */
  readonly loadBalancer?: "own" | "existing";
  /**
   * Host names in the rules of the front door alb; * and ? match any text. A listener that others use needs them if
   * the API is to answer requests that match no RPC. They share the five values of a rule with methods and paths.
   * Default: every host.
   */
  readonly hosts?: readonly string[];
  /**
   * Priorities that the rules of the front door alb may take, for a listener that has rules of its own. Default: 1 to
   * 50000.
   */
  readonly rulePriorities?: {
    /** Lowest number, of the rule that is tried first. Default: 1. */
    readonly first?: number;
    /** Highest number, of the rule that is tried last. Default: 50000. */
    readonly last?: number;
  };
  /**
   * Source of the answer to requests that match no RPC: `function` (as one function with all routes would: 404, 501
   * or 405; several functions need one more for it, without RPCs), `rpcs` (that one more function has every RPC, and
   * so also answers paths that a route cannot express: %2F, %3A and other escapes, empty segments) or `door` (the
   * front door, in its own words). Default: function.
   */
  readonly unrouted?: "function" | "rpcs" | "door";
  /**
   * RPCs that share a Lambda function: `per-rpc`, `per-service`, `single`, or groups: names of functions with full
   * names of the RPCs and services in them; other RPCs then have a function each. Default: per-rpc, and per-service
   * behind a Function URL. Read it with `Object.entries`, because the names are the user's.
   */
  readonly functions?: FunctionsPresetConfig | Readonly<Record<string, readonly string[]>>;
  /** Names the API; kebab case. Default: made from the package of the services. */
  readonly apiName?: string;
  /**
   * Path that a custom domain puts in front of the API's own: /library. Functions leave it out of the paths that they
   * match; the variable GRPC2LAMBDA_BASE_PATH of a function stands for it where it is not set. Default: none.
   */
  readonly basePath?: string;
  /**
   * A host name of the API's own, with its certificate. Not behind a Function URL. Default: none, the API answers
   * under the name that AWS gives it.
   */
  readonly domain?: DomainConfig;
  /**
   * Requests that each route of an HTTP API or a REST API takes, the default of two parameters of the template: {
   * rate, burst }, or `unlimited` for the account's own limits. What is above is answered 429. Default: { rate: 100,
   * burst: 200 }.
   */
  readonly throttling?: UnlimitedConfig | ThrottlingConfig;
  /** ARN of the web ACL of AWS WAF in front of a REST API or of the template's own load balancer. Default: none. */
  readonly waf?: ArnValueConfig;
  /**
   * Reach of a REST API: `regional` answers the internet, `private` only the VPC endpoints that `allow.vpcEndpoints`
   * names. Default: regional.
   */
  readonly endpoint?: "regional" | "private";
  /**
   * Callers that reach a REST API at all, by its resource policy; all that is named has to hold. Default: everybody
   * reaches it, and `auth` decides.
   */
  readonly allow?: AllowConfig;
  /** Lambda runtime. Default: nodejs24.x. */
  readonly runtime?: "nodejs24.x" | "nodejs22.x";
  /** Processor of the functions. Default: arm64. */
  readonly architecture?: "arm64" | "x86_64";
  /** MB per function. Default: 512. */
  readonly memorySize?: number;
  /**
   * Seconds per invocation, less than the front door waits (30 for an HTTP API, 29 for a REST API): a function needs
   * time to answer DEADLINE_EXCEEDED. Default: 28.
   */
  readonly timeout?: number;
  /** MB of /tmp per function. Default: 512, Lambda's own. */
  readonly ephemeralStorage?: number;
  /**
   * Instances kept for each function, and no more than these; 0 switches it off. It takes from what all functions of
   * the account share. Default: none are kept.
   */
  readonly reservedConcurrency?: number;
  /**
   * Instances of the released version of each function that are kept warm, and paid for by the hour. Needs `release`.
   * Default: none.
   */
  readonly provisionedConcurrency?: number;
  /**
   * Queue of SQS that gets events which functions fail on when they are called asynchronously, by rules, topics and
   * schedules of your own: `own` makes an encrypted one, an ARN names one that exists. Default: none.
   */
  readonly deadLetterQueue?: DeadLetterQueueConfig;
  /**
   * Answers to GET requests of all RPCs that a REST API gives again without asking the function: `true` for 300
   * seconds, or settings. It is paid by the hour. Default: false.
   */
  readonly cache?: boolean | CacheConfig;
  /** GB of the cache, where an RPC has one. Default: 0.5. */
  readonly cacheSize?: number;
  /**
   * Clients reach the API by IPv6, too: an HTTP API, a REST API, their domain, or the own load balancer, whose
   * subnets then have IPv6. A Function URL has it anyway. Default: false.
   */
  readonly ipv6?: boolean;
  /**
   * The usage plan of a REST API whose RPCs ask for an API key (`auth: { apiKey: true }`). Default: a plan without
   * limits, and one key.
   */
  readonly usagePlan?: UsagePlanConfig;
  /**
   * Callers get a published version of each function, by an alias that integrations, URLs, permissions and target
   * groups name: `true`, or settings. Default: false, callers get what was deployed last.
   */
  readonly release?: boolean | ReleaseConfig;
  /** ARNs of layers and extensions of every function. Default: none. */
  readonly layers?: readonly LayerArnConfig[];
  /** ARN of the key that encrypts environment variables. Default: a key of AWS. */
  readonly kmsKey?: KeyArnConfig;
  /** ARN of the policy that bounds every role. Default: none. */
  readonly permissionsBoundary?: PolicyArnConfig;
  /** Path of every role, such as /teams/library/. Default: /. */
  readonly rolePath?: string;
  /** Tags of functions, roles and log groups, by name. Default: none. */
  readonly tags?: TagsConfig;
  /**
   * Alarms on what the front door answers with 5xx, on calls that Lambda refuses, and on the instances that the
   * account has: `true`, or settings. Lambda itself counts no failure of an RPC. Default: false.
   */
  readonly alarms?: boolean | AlarmsConfig;
  /**
   * A CloudWatch dashboard for each service: requests, errors and latency of the front door; calls, duration,
   * instances and throttles of its functions. Default: false.
   */
  readonly dashboards?: boolean;
  /**
   * Traces in X-Ray: none; lambda, a segment for each call of a function; or calls, for which functions add what the
   * request was (RPC, gRPC code) and what its handler called over HTTP and gRPC. Default: lambda.
   */
  readonly tracing?: "none" | "lambda" | "calls";
  /**
   * Log every request where the front door does so when asked: a REST API to CloudWatch, an own load balancer to a
   * bucket. `true`, or settings. An HTTP API always does. Default: false.
   */
  readonly accessLogs?: boolean | AccessLogsConfig;
  /**
   * Logs that stay when their stack goes or nothing asks for them any more: `none`, those of requests (`access`), or
   * those of functions as well (`all`). Default: access.
   */
  readonly keepLogs?: "none" | "access" | "all";
  /**
   * Write a list of everything that deploying allows, for people who review it, beside the template:
   * `template.permissions.txt`. Default: false.
   */
  readonly permissionList?: boolean;
  /**
   * ARN of the key that encrypts log groups; its policy has to let CloudWatch Logs of the region use it. Default: a
   * key of AWS.
   */
  readonly logKmsKey?: LogKeyArnConfig;
  /** One of the values that CloudWatch Logs accepts. Default: 30. */
  readonly logRetentionDays?: number;
  /**
   * Authentication of callers of RPCs for which `services` and `methods` name no other, and of requests that match no
   * RPC. Default: iam.
   */
  readonly auth?: AuthConfig;
  /** Environment variables of every function. */
  readonly environment?: EnvironmentConfig;
  /**
   * Permissions of every function, in addition to writing its logs and traces. Put what only one service needs under
   * that service.
   */
  readonly policies?: readonly PolicyConfig[];
  /**
   * Run the functions in subnets of a VPC, which the template then takes as parameters: `true`, or settings. Default:
   * false.
   */
  readonly vpc?: boolean | VpcConfig;
  /** Pages that may call the API from a browser. Default: only those of the API's own origin. */
  readonly cors?: CorsConfig;
  /**
   * Responses are compressed for clients that accept it (brotli, gzip), and compressed requests are inflated: `true`,
   * or settings. Default: false, bodies stay as they are.
   */
  readonly compression?: boolean | CompressionConfig;
  /**
   * Responses and requests that are too large for the front door go through an S3 bucket: `true`, or settings.
   * Default: false, they are refused.
   */
  readonly largePayloads?: boolean | LargePayloadsConfig;
}

/**
 * A kind of authentication, or settings of one. Settings without `kind` refine the authentication of the level
 * above; one that is absent at all levels is a parameter of the template.
 */
export type AuthConfig = AuthKindConfig | AuthSettingsConfig;

/**
 * A check of callers: `iam` signed requests, `jwt` bearer tokens of an issuer, `cognito` tokens of a user pool or
 * behind a load balancer its login, `lambda` a function decides, `oidc` the login of an OpenID provider behind a
 * load balancer, `none` no check.
 */
export type AuthKindConfig = "iam" | "jwt" | "cognito" | "lambda" | "oidc" | "none";

/** Settings of authentication. */
export interface AuthSettingsConfig {
  /** The kind of authentication. Default: the one of the level above. */
  readonly kind?: AuthKindConfig;
  /**
   * Scopes of which a token has to have one (jwt, cognito); behind a load balancer, those that the login asks for in
   * addition to openid (cognito, oidc). Default: any token.
   */
  readonly scopes?: readonly string[];
  /** Issuer of the tokens, their `iss` claim (jwt, oidc). Default: a parameter. */
  readonly issuer?: TemplateValueConfig;
  /** The `aud` claims that are accepted (jwt). Default: a parameter. */
  readonly audience?: readonly TemplateValueConfig[];
  /** URL of the keys of the issuer, for a load balancer (jwt). Default: a parameter. */
  readonly jwksEndpoint?: TemplateValueConfig;
  /** ARN of the user pool (cognito). Default: a parameter. */
  readonly userPool?: TemplateValueConfig;
  /** Client that a load balancer logs users in with (cognito, oidc). Default: a parameter. */
  readonly clientId?: TemplateValueConfig;
  /**
   * Prefix of the domain of the user pool's login, or its own domain name, for a load balancer (cognito). Default: a
   * parameter.
   */
  readonly userPoolDomain?: TemplateValueConfig;
  /** URL at which users log in (oidc). Default: a parameter. */
  readonly authorizationEndpoint?: TemplateValueConfig;
  /** URL at which the load balancer gets tokens (oidc). Default: a parameter. */
  readonly tokenEndpoint?: TemplateValueConfig;
  /** URL at which the load balancer asks for the user's claims (oidc). Default: a parameter. */
  readonly userInfoEndpoint?: TemplateValueConfig;
  /** ARN of the secret of Secrets Manager whose text is the client's secret (oidc). Default: a parameter. */
  readonly clientSecret?: TemplateValueConfig;
  /**
   * Requests without a session behind a load balancer: `login` leads browsers to the login, `deny` answers 401
   * (cognito, oidc). Default: login.
   */
  readonly unauthenticated?: "login" | "deny";
  /**
   * The function that decides (lambda): its ARN, or `handler` with your own, which is built and deployed with the
   * others. Default: a parameter with an ARN.
   */
  readonly function?: AuthorizerConfig;
  /**
   * Requests need an API key of the usage plan as well, which counts them and proves nothing (a REST API). It belongs
   * to the kind: a level with another kind says it again. Default: that of the level above with the same kind, or no
   * key.
   */
  readonly apiKey?: boolean;
  /**
   * The question that a REST API asks the function (lambda): `request` sends the request without its body, `token`
   * the text of the one header of identitySources. Default: request.
   */
  readonly asks?: "request" | "token";
  /**
   * The parts of a request that the function decides by; a request that lacks one is refused without asking (lambda).
   * Default: header.Authorization.
   */
  readonly identitySources?: readonly string[];
  /**
   * Seconds for which a decision of the function counts, for one route and the same values of all identitySources
   * (lambda). Default: 0, each request is asked about.
   */
  readonly cacheSeconds?: number;
}

/** An ARN, or a function of your own. */
export type AuthorizerConfig = TemplateValueConfig | OwnAuthorizerConfig;

/**
 * A function of your own that decides about callers, with a role of its own. It gets the events of an authorizer of
 * the front door.
 */
export interface OwnAuthorizerConfig {
  /** Its Lambda handler, as module#export: ./src/authorizer.ts#handler. */
  readonly handler: string;
  /** Variables of the function, in addition to those of deployment.environment. */
  readonly environment?: EnvironmentConfig;
  /** All that its role may do, in addition to its logs and traces. */
  readonly policies?: readonly PolicyConfig[];
  /** MB of the function. Default: that of the deployment. */
  readonly memorySize?: number;
  /** Seconds per decision. An API waits for 10. Default: 10, or that of the deployment if it is less. */
  readonly timeout?: number;
  /** MB of /tmp. Default: that of the deployment. */
  readonly ephemeralStorage?: number;
  /**
   * Instances kept for the function, and no more than these; 0 refuses every caller. Default: that of the deployment.
   */
  readonly reservedConcurrency?: number;
  /** Instances of its released version that are kept warm. Default: none, whatever the deployment has. */
  readonly provisionedConcurrency?: number;
}

/** A rule for which RPCs share a function. */
export type FunctionsPresetConfig = "per-rpc" | "per-service" | "single";

/** A host name of the API's own, and the way to it. */
export interface DomainConfig {
  /** Such as api.example.com, or ${Stage}.api.example.com; in small letters. */
  readonly name: DomainNameConfig;
  /** ARN of a certificate of AWS Certificate Manager, in the region of the API. */
  readonly certificate: ArnValueConfig;
  /**
   * Path in front of the API's own: /library. Functions leave it out of the paths that they match. Default:
   * deployment.basePath.
   */
  readonly basePath?: string;
  /**
   * Id of the hosted zone of Route 53 that gets the record of the name. Default: none, the record is made elsewhere;
   * an output says what it has to lead to.
   */
  readonly hostedZone?: HostedZoneConfig;
  /** Version of TLS that clients have to speak at least; 1.3 not behind an HTTP API. Default: 1.2. */
  readonly minimumTls?: "1.2" | "1.3" | 1.2 | 1.3;
  /** Authorities of which clients have to present a certificate. Default: they need none. */
  readonly mtls?: MtlsConfig;
  /**
   * The API answers under this name alone: its execute-api address is switched off, and the rules of a load balancer
   * ask for the name. Default: true.
   */
  readonly only?: boolean;
}

/** A host name. */
export type DomainNameConfig = string | TemplateValueConfig;

/** An ARN. */
export type ArnValueConfig = string | TemplateValueConfig;

/** ARN of a version of a layer. */
export type LayerArnConfig = string | TemplateValueConfig;

/** ARN of a key of KMS. */
export type KeyArnConfig = string | TemplateValueConfig;

/** ARN of a key of KMS, not of an alias. */
export type LogKeyArnConfig = string | TemplateValueConfig;

/** ARN of a policy of IAM. */
export type PolicyArnConfig = string | TemplateValueConfig;

/** A queue for events that failed: `own`, `none`, or the ARN of one that exists. */
export type DeadLetterQueueConfig = string | TemplateValueConfig;

/** The id of a hosted zone. */
export type HostedZoneConfig = string | TemplateValueConfig;

/** Certificates of clients. */
export interface MtlsConfig {
  /** Certificates of the authorities as a PEM file in S3: s3://bucket/authorities.pem. */
  readonly truststore: string;
  /** Version of that object, in a bucket with versions. Default: the newest when deploying. */
  readonly version?: string;
}

/** Requests that a route takes. */
export interface ThrottlingConfig {
  /** Requests a second, in the long run. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

/** No limit of the API's own. */
export type UnlimitedConfig = "unlimited";

/** Answers that are given again. */
export interface CacheConfig {
  /** Seconds for which an answer counts. Default: 300. */
  readonly seconds?: number;
}

/** The usage plan of a REST API: what the holder of each key may use. */
export interface UsagePlanConfig {
  /** Requests that each key may send, to all routes together. Default: no limit but those of the routes. */
  readonly throttling?: ThrottlingConfig;
  /** Requests that each key may send in a period. AWS counts approximately. Default: no limit. */
  readonly quota?: QuotaConfig;
  /** `own` makes one key, whose value AWS chooses; `none` leaves keys to you. Default: own. */
  readonly key?: "own" | "none";
  /**
   * The place of the key: `header` is X-API-Key, `authorizer` the `usageIdentifierKey` that an authorizer returns.
   * Default: header.
   */
  readonly keySource?: "header" | "authorizer";
}

/** Requests in a period. */
export interface QuotaConfig {
  /** Number of requests. */
  readonly requests: number;
  /** The period. */
  readonly per: "day" | "week" | "month";
}

/** Callers that reach a REST API at all. */
export interface AllowConfig {
  /**
   * Ids of the VPC endpoints of execute-api that a private API answers. Default: none, which a private API cannot be
   * without.
   */
  readonly vpcEndpoints?: readonly VpcEndpointConfig[];
  /** Addresses of clients, such as 192.0.2.0/24. Behind a private API those in the VPC. Default: every address. */
  readonly sourceIps?: readonly AddressRangeConfig[];
  /**
   * Accounts of AWS whose principals may sign requests, with auth: iam. Each principal still needs
   * execute-api:Invoke. Default: the API's own account.
   */
  readonly accounts?: readonly AccountConfig[];
}

/** The id of a VPC endpoint. */
export type VpcEndpointConfig = string | TemplateValueConfig;

/** Addresses. */
export type AddressRangeConfig = string | TemplateValueConfig;

/** An account of AWS. */
export type AccountConfig = string | TemplateValueConfig;

/** A route that belongs to no RPC, with a fixed answer or a function. */
export interface OwnRouteConfig {
  /** HTTP method; * for all. */
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "*";
  /** Such as /healthz, or /callbacks/{provider} with variables that are whole segments. */
  readonly path: string;
  /** Authentication of callers of this route. Default: that of the deployment. */
  readonly auth?: AuthConfig;
  /** The answer, which a function of its own gives. Either this or `function`. */
  readonly fixed?: FixedAnswerConfig;
  /**
   * Your own Lambda handler, as module#export: ./src/callback.ts#handler. It gets the events of the front door as
   * they are. Routes with the same one share a function.
   */
  readonly function?: string;
  /** Variables of that function, in addition to those of deployment.environment. */
  readonly environment?: EnvironmentConfig;
  /** All that the role of that function may do, in addition to its logs and traces. */
  readonly policies?: readonly PolicyConfig[];
  /** MB of that function. Of routes with one function the largest value counts. Default: that of the deployment. */
  readonly memorySize?: number;
  /**
   * Seconds per invocation of that function, less than the front door waits. The largest value counts. Default: that
   * of the deployment.
   */
  readonly timeout?: number;
  /** MB of /tmp of that function. The largest value counts. Default: that of the deployment. */
  readonly ephemeralStorage?: number;
  /**
   * Instances kept for that function, and no more than these; 0 switches it off. The largest value counts. Default:
   * that of the deployment.
   */
  readonly reservedConcurrency?: number;
  /**
   * Instances of the released version of that function that are kept warm. The largest value counts. Default: none,
   * whatever the deployment has.
   */
  readonly provisionedConcurrency?: number;
  /**
   * Queue that gets events which that function fails on when it is called asynchronously. Routes with one function
   * name no two. Default: that of the deployment.
   */
  readonly deadLetterQueue?: DeadLetterQueueConfig;
}

/** An answer that is known when the code is generated. */
export interface FixedAnswerConfig {
  /** HTTP status. Default: 200. */
  readonly status?: number;
  /** Header lines by name. Default: a Content-Type by the name of the file, or text/plain. */
  readonly headers?: HeaderLinesConfig;
  /** The body as text. Default: empty. */
  readonly body?: string;
  /** A file of UTF-8 text with the body, in place of `body`: ./openapi.json. It is read by `generate`. */
  readonly file?: string;
}

/** Values of headers by name. Read it with `Object.entries`, because the names are the user's. */
export type HeaderLinesConfig = Readonly<Record<string, string>>;

/** Values of tags by name. Read it with `Object.entries`, because the names are the user's. */
export type TagsConfig = Readonly<Record<string, TemplateValueConfig>>;

/**
 * Values by name. They are readable in the template and in the console: keep secrets in Secrets Manager and name
 * them here. Read it with `Object.entries`, because the names are the user's.
 */
export type EnvironmentConfig = Readonly<Record<string, TemplateValueConfig>>;

/**
 * Text, in which ${AWS::Region}, ${AWS::AccountId}, ${AWS::Partition}, ${AWS::StackName} and ${Stage} are filled
 * in; or { ref: Name } for a parameter of the template, which is declared when it does not exist.
 */
export type TemplateValueConfig =
  | string
  | {
      /** Name of the parameter. */
      readonly ref: string;
    };

/** The ARN of a managed policy, or actions with the resources that they are allowed on. */
export type PolicyConfig =
  | string
  | {
      /** Such as dynamodb:GetItem. */
      readonly actions: readonly string[];
      /** ARNs, such as arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/shelves. */
      readonly resources: readonly ResourceConfig[];
    };

/** An ARN, or * for all. */
export type ResourceConfig = string | TemplateValueConfig;

/** Permissions of pages that call the API from a browser. */
export interface CorsConfig {
  /** Such as https://app.example.com, or * for every page. */
  readonly origins: readonly string[];
  /** Request headers that a page may send, or *. Default: authorization and content-type. */
  readonly headers?: readonly string[];
  /** Response headers that a page may read. Default: none, except for those that every page may read. */
  readonly exposeHeaders?: readonly string[];
  /** Seconds for which a browser remembers the answer. Default: 600. */
  readonly maxAge?: number;
  /** Whether requests may carry cookies. Default: false. */
  readonly credentials?: boolean;
}

/** Settings of zips. */
export interface BuildConfig {
  /**
   * Bundler: `grpc2lambda build`, whose zips the template names, or `sam build`, which bundles each function by
   * itself and needs esbuild among the `dependencies`. Default: grpc2lambda.
   */
  readonly by?: "grpc2lambda" | "sam";
  /** A source map beside each zip; none is ever in a zip. Default: true. */
  readonly sourceMaps?: boolean;
  /** Budget of a zip: `build` names each larger one and ends with exit code 1. Default: Lambda's own limits. */
  readonly maxZipBytes?: number;
  /**
   * Packages that are not bundled, because a layer or Lambda's runtime brings them, such as `@aws-sdk/*`. Default:
   * none.
   */
  readonly external?: readonly string[];
  /** Files and folders that go into every zip, under the same path. Default: none. */
  readonly files?: readonly string[];
}

/** Limits of compression. */
export interface CompressionConfig {
  /** Bytes that a response has to have to be compressed. Default: 1024. */
  readonly minBytes?: number;
  /**
   * Bytes that a request may inflate to, and a response may have before it is compressed. Default: 67108864, or an
   * eighth of a memorySize below 512.
   */
  readonly maxBytes?: number;
}

/** The network of the functions. */
export interface VpcConfig {
  /**
   * Security group of the functions: `existing` takes groups that are a parameter, `own` makes one that lets them out
   * to the ports of `dependencies` and to HTTPS. Default: existing.
   */
  readonly securityGroup?: "own" | "existing";
}

/** Logs of requests. */
export interface AccessLogsConfig {
  /** Bucket of a load balancer's logs: `own` makes one, `existing` takes one that is a parameter. Default: own. */
  readonly bucket?: "own" | "existing";
  /**
   * Make the role by which the REST APIs of the account log. An account has one in a region: leave it to one stack,
   * which keeps it when it goes. Default: false.
   */
  readonly accountRole?: boolean;
}

/** When there is an alarm, and who hears of it. */
export interface AlarmsConfig {
  /**
   * Topic of SNS that gets them: `existing` takes its ARN as a parameter, `own` makes an encrypted topic with a key
   * of its own. Default: existing.
   */
  readonly topic?: "own" | "existing";
  /** Answers with 5xx in a minute from which on there is an alarm, as the next ones a parameter. Default: 5. */
  readonly serverErrors?: number;
  /**
   * Percent of the requests of five minutes that are answered with 5xx; fewer than 100 requests count as none.
   * Default: 1.
   */
  readonly serverErrorRate?: number;
  /** Calls that Lambda refuses in a minute because no instance is free. Default: 1. */
  readonly throttles?: number;
  /** Events in the queues for those that failed, where there are any. Default: 1. */
  readonly deadLetters?: number;
  /**
   * Instances that all functions of the account use or have reserved in the region; an account has 1,000 unless AWS
   * raised that. Default: 800.
   */
  readonly concurrency?: number;
}

/** Versions of functions, and how requests move to a new one. */
export interface ReleaseConfig {
  /** Name of the alias. Another name is another alias: callers that name the old one lose it. Default: live. */
  readonly alias?: string;
  /**
   * The way in which CodeDeploy moves requests to a new version, and back if an alarm goes off: a canary, linearly,
   * or all at once. The parameter TrafficShifting says otherwise for a stage. Not of the target terraform. Default:
   * all at once, without CodeDeploy.
   */
  readonly traffic?:
    | "AllAtOnce"
    | "Canary10Percent5Minutes"
    | "Canary10Percent10Minutes"
    | "Canary10Percent15Minutes"
    | "Canary10Percent30Minutes"
    | "Linear10PercentEvery1Minute"
    | "Linear10PercentEvery2Minutes"
    | "Linear10PercentEvery3Minutes"
    | "Linear10PercentEvery10Minutes";
}

/** Settings of payloads that go through S3. */
export interface LargePayloadsConfig {
  /**
   * `own` makes a private bucket that S3 empties within two days, `existing` takes one that is a parameter of the
   * template. Default: own.
   */
  readonly bucket?: "own" | "existing";
  /**
   * Answer instead of a response that is too large: `redirect` (303 See Other to a link, which clients follow by
   * themselves), `envelope` (the link in JSON) or `refuse` (RESOURCE_EXHAUSTED). Default: redirect.
   */
  readonly responses?: "redirect" | "envelope" | "refuse";
  /** Whether clients may upload the bodies of requests. Default: true. */
  readonly uploads?: boolean;
  /** Bytes of a response's body beyond which it goes to S3 although the front door would accept it. Default: none. */
  readonly threshold?: number;
  /**
   * Bytes that a response or an upload may have, compressed or not; the function holds them in memory. Default:
   * 33554432 (32 MiB).
   */
  readonly maxBytes?: number;
  /**
   * Seconds for which links work, and no longer than the session of the function's role that signed them. Default:
   * 900.
   */
  readonly linkSeconds?: number;
  /** Beginning of the keys of objects: library/. Default: nothing. */
  readonly prefix?: string;
  /** Delete an upload once a call has succeeded with it. Default: false, so that a call can be repeated. */
  readonly deleteUploads?: boolean;
}

/** Settings of `grpc2lambda compare`. */
export interface CompareConfig {
  /** The old service, as `--old` takes it: https://api.old.example.com, or grpc://host:port. */
  readonly old?: string;
  /** Differences that are overlooked, by RPC. Paths are checked against the messages. */
  readonly rules?: readonly CompareRuleConfig[];
  /** Built-in rules that are switched off. */
  readonly without?: readonly (
    | "hop-by-hop"
    | "date"
    | "length"
    | "encoding"
    | "server"
    | "via"
    | "amazon"
    | "grpc-metadata"
    | "alb-cookie"
  )[];
  /**
   * Further secrets that are kept out of files: names of headers, `body:` and the name of a field, `query:` and the
   * name of a parameter, `path:` and that of a variable of paths. Default: the usual headers and parameters, fields
   * with debug_redact, and texts that look like credentials.
   */
  readonly redact?: readonly string[];
}

/** Differences of one RPC that are overlooked. */
export interface CompareRuleConfig {
  /** Full name of an RPC, package.Service.Method, or `*` for all. */
  readonly rpc: string;
  /** Fields of the reply that are not compared, with all below them: books[].etag. */
  readonly ignore?: readonly string[];
  /** Lists whose order does not count. Items are matched as a whole, or by the field that `by` names. */
  readonly unordered?: readonly (
    | string
    | {
        readonly path: string;
        readonly by: string;
      }
  )[];
  /**
   * Distance that values may have, by path: numbers, and durations such as 2s or 50ms for times. Read it with
   * `Object.entries`, because the names are the user's.
   */
  readonly tolerance?: Readonly<Record<string, number | string>>;
  /** Names of headers that are not compared. */
  readonly ignoreHeaders?: readonly string[];
  /** Pairs of statuses that are accepted. */
  readonly status?: readonly {
    readonly old: number;
    readonly new: number;
  }[];
  /** Increase of the 95th percentile that is accepted: 20%. Default: latency is shown and not judged. */
  readonly latency?: string;
}
