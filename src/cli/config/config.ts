/** `grpc2lambda.yaml` after `schema.json` has accepted it: the same keys, every one optional, paths as written. */
import type { FrontDoorId } from "../../front-door/front-door-id.js";
import type { TargetId } from "../../plan/deployment-target-id.js";
import type { TrafficShift } from "../../plan/deployment-plan.js";

export interface Config {
  readonly protos?: readonly string[];
  readonly include?: readonly string[];
  readonly descriptorSet?: string;
  readonly serviceConfig?: string | readonly string[];
  readonly out?: string;
  readonly handlers?: string;
  readonly template?: string;
  readonly zips?: string;
  readonly language?: "typescript" | "go";
  readonly go?: GoConfig;
  /** Full names of the services to generate. */
  readonly only?: readonly string[];
  /** Full names of methods to leave out. */
  readonly skip?: readonly string[];
  readonly unbound?: "report" | "bind" | "ignore";
  readonly anyTypes?: readonly string[];
  readonly messages?: MessagesConfig;
  /** `module#export`, as the two below. */
  readonly interceptors?: string;
  readonly errorMapper?: string;
  readonly headers?: string;
  /** Settings by full name of the RPC. Read it with `Object.entries`, because the names are the user's. */
  readonly methods?: Readonly<Record<string, MethodConfig>>;
  /** Settings by full name. Read it with `Object.entries`, because the names are the user's. */
  readonly services?: Readonly<Record<string, ServiceConfig>>;
  readonly transcoding?: TranscodingConfig;
  readonly deployment?: DeploymentConfig;
  readonly build?: BuildConfig;
  readonly compare?: CompareConfig;
}

/** Settings of code in Go. Names of declarations are import path, dot, name. */
export interface GoConfig {
  readonly module?: string;
  readonly mode?: "gateway" | "static";
  /** Import paths by proto package. Read it with `Object.entries`, because the names are the user's. */
  readonly packages?: Readonly<Record<string, string>>;
  readonly unaryInterceptors?: string | readonly string[];
  readonly streamInterceptors?: string | readonly string[];
  readonly muxOptions?: string | readonly string[];
  readonly middleware?: string;
}

/** A preset, or @grpc/proto-loader's options on top of one. */
export type MessagesConfig = MessagesPreset | MessageOptions;

export type MessagesPreset = "idiomatic" | "proto-loader" | "ts-proto" | "protobuf-es";

/** Spelled as in @grpc/proto-loader, with constructors as their names. */
export interface MessageOptions {
  readonly preset?: MessagesPreset;
  readonly keepCase?: boolean;
  readonly longs?: "BigInt" | "String" | "Number" | "Long";
  readonly enums?: "String" | "Number";
  readonly bytes?: "Uint8Array" | "Buffer" | "String" | "Array";
  readonly defaults?: boolean;
  readonly arrays?: boolean;
  readonly objects?: boolean;
  readonly oneofs?: boolean | "union";
}

export interface MethodConfig {
  readonly status?: number;
  readonly clientStreaming?: ClientStreamingConfig;
  readonly memorySize?: number;
  readonly timeout?: number;
  readonly ephemeralStorage?: number;
  readonly reservedConcurrency?: number;
  readonly provisionedConcurrency?: number;
}

/** The treatment of streams of requests; `maxMessages` is given if it is not 10,000. */
export type ClientStreamingConfig = "refuse" | "collect" | { readonly maxMessages: number };

/** A module that registers its services with a grpc-js server: `./server.js`, or `./server.js#main` for what starts it. */
export interface ServerConfig {
  readonly server: string;
  readonly bridge?: boolean;
}

export interface ServiceConfig {
  /** `module#export`, a server, or in Go import path, dot, name. */
  readonly implementation?: string | ServerConfig;
  readonly interceptors?: string;
  readonly messages?: MessagesConfig;
  readonly environment?: EnvironmentConfig;
  readonly policies?: readonly PolicyConfig[];
  readonly memorySize?: number;
  readonly timeout?: number;
  readonly ephemeralStorage?: number;
  readonly reservedConcurrency?: number;
  readonly provisionedConcurrency?: number;
}

export interface TranscodingConfig {
  readonly profile?: "grpc-gateway" | "spec";
  /** YAML reads a version without quotes as a number. */
  readonly gateway?: "2.30" | "2.33" | 2.3 | 2.33;
  readonly emitDefaults?: boolean;
  readonly originalNames?: boolean;
  readonly enumsAsNumbers?: boolean;
  readonly unknownFields?: "ignore" | "reject";
  readonly allowDeleteBody?: boolean;
  readonly binary?: boolean;
  readonly formBodies?: boolean;
  readonly precedence?: "lastDeclared" | "specificity";
  readonly pathUnescaping?: "legacy" | "allExceptReserved" | "allExceptSlash" | "all";
  readonly methodNotAllowed?: 405 | 501;
  readonly headFromGet?: boolean;
  readonly optionsFromRoutes?: boolean;
  readonly formPost?: boolean;
  readonly grpcMetadata?: "drop" | "forward" | "forwardAll";
  readonly queryWithBodyStar?: "ignore" | "bind";
  readonly mediaTypes?: "ignore" | "check";
  readonly httpBodyRequests?: "json" | "raw";
  readonly httpBodyStreams?: "lines" | "raw";
  readonly streaming?: "resultLines" | "ndjson" | "jsonArray" | "sse";
  readonly streamingByAccept?: boolean;
  readonly clientStreaming?: ClientStreamingConfig;
}

export interface DeploymentConfig {
  readonly target?: TargetId;
  readonly frontDoor?: FrontDoorId;
  /** Groups by name; read them with `Object.entries`, the names are the user's. */
  readonly functions?: FunctionsPreset | Readonly<Record<string, readonly string[]>>;
  readonly loadBalancer?: "own" | "existing";
  readonly hosts?: readonly string[];
  readonly rulePriorities?: { readonly first?: number; readonly last?: number };
  readonly unrouted?: "function" | "rpcs" | "door";
  readonly apiName?: string;
  readonly basePath?: string;
  readonly runtime?: "nodejs24.x" | "nodejs22.x";
  readonly architecture?: "arm64" | "x86_64";
  readonly memorySize?: number;
  readonly timeout?: number;
  readonly ephemeralStorage?: number;
  readonly reservedConcurrency?: number;
  readonly provisionedConcurrency?: number;
  readonly layers?: readonly TemplateValueConfig[];
  readonly kmsKey?: TemplateValueConfig;
  readonly permissionsBoundary?: TemplateValueConfig;
  readonly rolePath?: string;
  readonly release?: boolean | ReleaseConfig;
  /** Values by name. Read it with `Object.entries`, because the names are the user's. */
  readonly tags?: EnvironmentConfig;
  readonly logRetentionDays?: number;
  readonly auth?: "iam" | "jwt" | "none";
  readonly environment?: EnvironmentConfig;
  readonly policies?: readonly PolicyConfig[];
  readonly vpc?: boolean;
  readonly cors?: CorsConfig;
  readonly compression?: boolean | CompressionConfig;
  readonly largePayloads?: boolean | LargePayloadsConfig;
}

export interface ReleaseConfig {
  readonly alias?: string;
  readonly traffic?: TrafficShift;
}

export interface BuildConfig {
  readonly by?: "grpc2lambda" | "sam";
  readonly sourceMaps?: boolean;
  readonly maxZipBytes?: number;
  readonly external?: readonly string[];
  readonly files?: readonly string[];
}

export interface CompressionConfig {
  readonly minBytes?: number;
  readonly maxBytes?: number;
}

export interface LargePayloadsConfig {
  readonly bucket?: "own" | "existing";
  readonly responses?: "redirect" | "envelope" | "refuse";
  readonly uploads?: boolean;
  readonly threshold?: number;
  readonly maxBytes?: number;
  readonly linkSeconds?: number;
  readonly prefix?: string;
  readonly deleteUploads?: boolean;
}

export interface CorsConfig {
  readonly origins: readonly string[];
  readonly headers?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAge?: number;
  readonly credentials?: boolean;
}

export type FunctionsPreset = "per-rpc" | "per-service" | "single";

/** Values by name. Read it with `Object.entries`, because the names are the user's. */
export type EnvironmentConfig = Readonly<Record<string, TemplateValueConfig>>;

/** Text, or a parameter of the template. */
export type TemplateValueConfig = string | { readonly ref: string };

/** The ARN of a managed policy, or a statement. */
export type PolicyConfig =
  | string
  | { readonly actions: readonly string[]; readonly resources: readonly TemplateValueConfig[] };

/** Settings of `compare`. */
export interface CompareConfig {
  /** A URL, as `--old` takes it. */
  readonly old?: string;
  readonly rules?: readonly CompareRuleConfig[];
  /** Built-in rules that are switched off. */
  readonly without?: readonly string[];
  /** Header names, `body:` and a field, `query:` and a parameter. */
  readonly redact?: readonly string[];
}

/** Differences of one RPC that are overlooked. */
export interface CompareRuleConfig {
  /** Full name, or `*`. */
  readonly rpc: string;
  readonly ignore?: readonly string[];
  readonly unordered?: readonly (string | { readonly path: string; readonly by: string })[];
  /** Numbers, or durations such as `2s`, by path. Read it with `Object.entries`, because the paths are the user's. */
  readonly tolerance?: Readonly<Record<string, number | string>>;
  readonly ignoreHeaders?: readonly string[];
  readonly status?: readonly { readonly old: number; readonly new: number }[];
  /** `20%` */
  readonly latency?: string;
}
