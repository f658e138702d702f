/**
 * Plan: what will be generated, with no text in it. Everything that can be decided before printing is decided here: which
 * functions exist, which routes lead to them, what each module exports and which codecs are reachable.
 * Paths are relative to the project root with forward slashes unless said otherwise.
 */
import type { FrontDoorId } from "../front-door/front-door-id.js";
import type { RouteKey } from "../front-door/route-key.js";
import type { PathTemplate } from "../http-rule/path-template.js";
import type { ApiModel, Binding, Enum, Field, Message, Method, ProtoFile, Service } from "../model/api-model.js";
import type { MessageStyle } from "../model/message-style.js";
import type { Profile, StreamFormat } from "../runtime/routing/profile.js";

export type { RouteKey } from "../front-door/route-key.js";

export interface Plan {
  readonly model: ApiModel;
  readonly layout: Layout;
  readonly transcoding: TranscodingOptions;
  readonly rules: TranscodingRules;
  /** One per .proto file and message style that something reachable needs; sorted by path. */
  readonly modules: readonly ModulePlan[];
  /**
   * Full names of the messages that a google.protobuf.Any may hold in JSON, and details of errors may be, sorted; those of google.protobuf
   * with a JSON form of their own not among them. Empty when neither an Any nor a packed detail can come.
   */
  readonly anyTypes: readonly string[];
  /** Every bound method of the selected services, in declaration order. */
  readonly methods: readonly MethodPlan[];
  /** The API's own treatment of errors and headers. */
  readonly customization: CustomizationPlan;
  /** In the order of their first method. */
  readonly functions: readonly FunctionPlan[];
  /** Every binding, in declaration order. */
  readonly routes: readonly RoutePlan[];
  /** Who answers requests that no binding's route takes. */
  readonly unrouted: UnroutedPlan;
  /** How a load balancer finds the function, by priority; empty for other front doors. */
  readonly listenerRules: readonly ListenerRule[];
  readonly deployment: DeploymentPlan;
}

/** Where things go. */
export interface Layout {
  /** Generated files: `gen`. */
  readonly outDir: string;
  /** User-owned scaffolds: `src/handlers`. */
  readonly handlersDir: string;
  /** The deployment template: `template.yaml`. */
  readonly template: string;
}

/** JSON and HTTP behaviour that is fixed at generation. See docs/transcoding.md. */
export interface TranscodingOptions {
  readonly profile: "grpc-gateway" | "spec";
  /** The generation of grpc-gateway that the profile of that name imitates. Default: the newest. */
  readonly gateway?: GatewayVersion;
  /** Single behaviours that differ from the profile's. Default: none. */
  readonly behaviour?: BehaviourOptions;
  /** Print fields that hold their default. */
  readonly emitDefaults: boolean;
  /** Print field names as declared instead of lowerCamelCase. */
  readonly originalNames: boolean;
  /** Print enum values as numbers. */
  readonly enumsAsNumbers: boolean;
  /** Bodies may be protobuf binary (application/x-protobuf), both ways. Default: false. */
  readonly binary?: boolean;
  /** Bodies that are messages may be forms: application/x-www-form-urlencoded, multipart/form-data. Default: false. */
  readonly formBodies?: boolean;
  /** Unknown JSON members (and enum names) and query parameters. */
  readonly unknownFields: "ignore" | "reject";
  /** RPCs that stream their requests, where nothing is said of one. Default: refuse. */
  readonly clientStreaming?: ClientStreaming;
}

/** How messages are read and printed where profiles and versions of grpc-gateway differ and no option decides. */
export interface TranscodingRules {
  /** Maps and structs are printed in the order of their keys. */
  readonly sortsKeys: boolean;
  /** JSON may have no other numbers of a closed enum than those that are declared. */
  readonly closesEnums: boolean;
  /** The first JSON value of a body is read, and what follows it ignored. */
  readonly readsFirstValue: boolean;
  /** An empty body sets a field whose absence would show. */
  readonly fillsEmptyBody: boolean;
  /** The text of a FieldMask in a path or query: as in JSON, paths as they are, or those with empty ones among them. */
  readonly maskText: "json" | "paths" | "everyPath";
  /** The generation of grpc-gateway that texts of parameters are read as. */
  readonly gateway: GatewayVersion;
}

/**
 * Versions of grpc-gateway between which answers differ: `2.30` is that and what was before, `2.33` is that and what came after. Between
 * them the differences came one by one.
 */
export type GatewayVersion = "2.30" | "2.33";

/** An RPC that streams its requests gets no binding, or gets the messages of one HTTP body: at most 10,000, or as many as stated. */
export type ClientStreaming = "refuse" | "collect" | { readonly maxMessages: number };

/** Single behaviours; absent ones are the profile's. See docs/transcoding.md. */
export interface BehaviourOptions {
  /** Which of several matching templates answers. */
  readonly precedence?: Profile["precedence"];
  /** What is percent-decoded in a path, and when; see the runtime's path-unescaping.ts. */
  readonly pathUnescaping?: "legacy" | "allExceptReserved" | "allExceptSlash" | "all";
  readonly methodNotAllowed?: Profile["methodNotAllowed"];
  readonly headFromGet?: boolean;
  readonly optionsFromRoutes?: boolean;
  /** Form-encoded POST requests: method override, and fields as query parameters. */
  readonly formPost?: boolean;
  /**
   * What becomes of `Grpc-Metadata-` headers: nothing, or metadata, that of names which stand for something checked (`authorization`,
   * `grpcgateway-…`) left out or not.
   */
  readonly grpcMetadata?: "drop" | "forward" | "forwardAll";
  /** Whether the query sets what a body `*` left out. */
  readonly queryWithBodyStar?: "ignore" | "bind";
  readonly mediaTypes?: "ignore" | "check";
  readonly streaming?: StreamFormat;
}

/** The modules emitted for one .proto file in one message style. */
export interface ModulePlan {
  readonly file: ProtoFile;
  readonly style: MessageStyle;
  /** Below `outDir`, without extension: `acme/library/v1/library`, or `<style>/acme/…` for a further style. */
  readonly path: string;
  readonly messages: readonly MessagePlan[];
  readonly enums: readonly EnumPlan[];
}

/** A message of a module; map entries and synthetic types do not appear. */
export interface MessagePlan {
  readonly message: Message;
  /** Name of the interface. */
  readonly name: string;
  /** Whether it has neither lists nor maps, so that its JSON text is joined from its parts. */
  readonly flat: boolean;
  /** Whether it can contain itself, at any depth, so that its JSON has to be kept from nesting too deep. */
  readonly recursive: boolean;
  /** Which codec functions something reachable calls. */
  readonly decodeJson: boolean;
  /** The text of the whole message. */
  readonly encodeJson: boolean;
  /** The message as a part of a larger JSON object. */
  readonly buildJson: boolean;
  readonly decodeBinary: boolean;
  readonly encodeBinary: boolean;
  /** Query parameters can reach it: the setter for its fields is emitted. */
  readonly params: boolean;
}

export interface EnumPlan {
  readonly enum: Enum;
  readonly name: string;
  readonly decodeJson: boolean;
  readonly encodeJson: boolean;
  readonly params: boolean;
}

/** One RPC with its implementation. */
export interface MethodPlan {
  readonly service: Service;
  readonly method: Method;
  /** Unique over the plan, a TypeScript identifier: `libraryServiceGetShelf`. */
  readonly id: string;
  readonly style: MessageStyle;
  readonly implementation: Implementation;
  /** As `method.bindings`. */
  readonly bindings: readonly BindingPlan[];
  /** Lists of interceptors, outermost first: the API's, then the service's. */
  readonly interceptors: readonly ModuleExport[];
  /** The HTTP status of a unary reply. Default: 200. */
  readonly successStatus?: number;
  /** How many messages a stream of requests may hold. Default: the runtime's own limit. */
  readonly maxMessages?: number;
}

/** One binding of an RPC with what its code reads and writes. */
export interface BindingPlan {
  readonly binding: Binding;
  /** Query parameters set fields of the request. */
  readonly takesQuery: boolean;
  /** The body is a google.api.HttpBody: bytes that are passed on as they are. */
  readonly takesRaw: boolean;
  /** Full name of the message that the body holds, where it may come in other forms than JSON. */
  readonly body: string | undefined;
  /** The forms besides JSON. */
  readonly bodyForms: readonly BodyForm[];
  /** The update mask that the members of the body fill. */
  readonly masked: MaskedBody | undefined;
  /** The reply may go out as protobuf binary. */
  readonly binaryReply: boolean;
}

/** A form of a body besides JSON. */
export type BodyForm = "binary" | "form";

/** A PATCH whose body is a message field, where the request has exactly one FieldMask at the top level. */
export interface MaskedBody {
  /** The request's field that holds the mask. */
  readonly mask: Field;
  /** Full name of the message that the body is. */
  readonly bodyType: string;
}

/** Something that a module of the user exports. */
export interface ModuleExport {
  /** Relative to the project root without extension, or `npm:` and a package. */
  readonly module: string;
  readonly exportName: string;
}

/** What every function gets from the user's code; absent members leave the runtime's own way. */
export interface CustomizationPlan {
  /** An `ErrorMapper` of the runtime. */
  readonly errorMapper?: ModuleExport;
  /** `HeaderMatchers` of the runtime. */
  readonly headers?: ModuleExport;
}

/** Where an RPC's code is. Specifiers have the extension that an ESM import needs (`.js`). */
export type Implementation =
  /** `async (request, context) => reply`, one file per RPC, scaffolded when absent. */
  | {
      readonly kind: "function" /** `src/handlers/library-service/get-shelf.ts` */;
      readonly file: string;
      readonly exportName: string;
    }
  /** An existing grpc-js service object `{ method(call, callback) }`. */
  | {
      readonly kind: "grpc-js";
      readonly module: string;
      readonly exportName: string;
      /** What the method may be called there, best first; see `grpcJsNames`. */
      readonly names: readonly string[];
    };

/** One Lambda function. */
export interface FunctionPlan {
  /** Kebab case, unique, at most 64 characters: `library-service-get-shelf`. */
  readonly id: string;
  /** Below `outDir`: `functions/library-service-get-shelf.ts`. */
  readonly path: string;
  readonly service: Service;
  /** More than one where the configuration says so or the front door cannot tell them apart. */
  readonly methods: readonly MethodPlan[];
  /** What the front door is told, without duplicates, in order of first use. */
  readonly routeKeys: readonly RouteKey[];
  /** Templates of other functions with paths that its routes let through. */
  readonly passing: readonly TemplateRef[];
  /** Its responses are sent in parts, because an RPC streams its replies and the front door can. */
  readonly streams: boolean;
  /** It answers browsers itself. */
  readonly cors: boolean;
  readonly payloads: PayloadsPlan;
  /** What its services have beside what every function has (`DeploymentPlan.environment`). */
  readonly environment: readonly EnvironmentVariable[];
  /** What its services may do beside what every function may (`DeploymentPlan.policies`). */
  readonly policies: readonly Policy[];
}

/** What a function has of `DeploymentPlan.largePayloads`. */
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
  readonly own?: OwnFunction;
  readonly routes: readonly UnroutedRoute[];
}

/** A Lambda function without RPCs; members as in `FunctionPlan`. */
export interface OwnFunction {
  readonly id: string;
  readonly path: string;
  readonly cors: boolean;
}

/** A route of the front door that is no binding's. */
export interface UnroutedRoute {
  readonly key: RouteKey;
  /** `FunctionPlan.id` or `OwnFunction.id`. */
  readonly functionId: string;
  /** Without credentials, whatever the API asks for: preflights carry none. */
  readonly open: boolean;
}

/** One row of the routing table. */
export interface RoutePlan {
  readonly method: MethodPlan;
  readonly binding: Binding;
  readonly routeKey: RouteKey;
  /** `FunctionPlan.id`. */
  readonly functionId: string;
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

/** What the deployment template says beyond functions and routes. */
export interface DeploymentPlan {
  readonly frontDoor: FrontDoorId;
  /** Kebab case; names the API: `library`. */
  readonly apiName: string;
  readonly runtime: "nodejs24.x" | "nodejs22.x";
  readonly architecture: "arm64" | "x86_64";
  /** Rules go to an internal load balancer of the template, or to a listener that is a parameter. Of the front door `alb` only. */
  readonly loadBalancer: "own" | "existing";
  /** Host names that a load balancer's rules ask for, up to three, `*` and `?` for any text; empty for every host. */
  readonly hosts: readonly string[];
  /** Priorities that a load balancer's rules take, 1 to 50,000. */
  readonly rulePriorities: { readonly first: number; readonly last: number };
  /** Who answers requests that no route takes: a function, as the API with all its routes in one would, or the front door, in its own words. */
  readonly unrouted: "function" | "door";
  /** MB, 128–10240. */
  readonly memorySize: number;
  /** Seconds, less than the front door waits. */
  readonly timeout: number;
  /** One of the values CloudWatch Logs accepts. */
  readonly logRetentionDays: number;
  /**
   * Who may call. `iam`: requests signed with SigV4 by principals that are allowed execute-api:Invoke (the default, works
   * without further input). `jwt`: bearer tokens of the issuer and audience given as template parameters. `none`: everybody.
   */
  readonly auth: "iam" | "jwt" | "none";
  /** Of every function, in the order of the configuration. */
  readonly environment: readonly EnvironmentVariable[];
  /** What every function may do, beside writing its logs and traces. */
  readonly policies: readonly Policy[];
  /** Functions run in subnets that are parameters of the template. Default false. */
  readonly vpc: boolean;
  /** Absent: browsers are refused responses from other origins than the API's own. */
  readonly cors?: CorsPlan;
  /** Absent: bodies go in and out as they are. */
  readonly compression?: CompressionPlan;
  /** Absent: what is too large for the front door is refused. */
  readonly largePayloads?: LargePayloadsPlan;
}

/** Which bodies are compressed, and how far they may inflate; absent members are as the runtime has them. */
export interface CompressionPlan {
  /** Bytes that a response has to have to be compressed. */
  readonly minBytes?: number;
  /** Bytes that a request may inflate to, and a response may have before it is compressed. */
  readonly maxBytes?: number;
}

/** How payloads that are too large for the front door go through S3. `FunctionPlan.payloads` says which functions have which half. */
export interface LargePayloadsPlan {
  /** Made by the template, or a parameter of it. */
  readonly bucket: "own" | "existing";
  /** What a client gets instead of a response that is too large. `refuse`: an error. */
  readonly responses: "redirect" | "envelope" | "refuse";
  /** Whether clients may upload requests. */
  readonly uploads: boolean;
  /** Bytes of a response's body beyond which it goes to S3 although the door would take it. */
  readonly threshold?: number;
  /** Bytes that a response or an upload may have. */
  readonly maxBytes: number;
  /** Seconds for which a link works: 1 to 604800. */
  readonly linkSeconds: number;
  /** In front of every key: "", or `library/`. */
  readonly prefix: string;
  /** Uploads are deleted once a call has succeeded with them. */
  readonly deleteUploads: boolean;
}

/** Which pages may call the API from a browser. */
export interface CorsPlan {
  /** Who answers preflights and adds the headers: the front door, as its settings say, or the function. */
  readonly answeredBy: "door" | "function";
  /** `https://app.example.com`, or `*`. */
  readonly origins: readonly string[];
  /** HTTP methods that routes have, sorted. */
  readonly methods: readonly string[];
  /** Request headers, `*` for all. */
  readonly headers: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number;
  readonly credentials: boolean;
}

/** A variable that handlers read from `process.env`. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: TemplateValue;
}

/** Something that the template says. */
export type TemplateValue =
  /** As written; what in it stands for something else, the deployment target knows. */
  | { readonly kind: "text"; readonly text: string }
  /** The value of a parameter, which the template declares where it does not have it. */
  | { readonly kind: "parameter"; readonly name: string };

/** What a role is allowed. */
export type Policy =
  | { readonly kind: "managed"; readonly arn: TemplateValue }
  | { readonly kind: "statement"; readonly actions: readonly string[]; readonly resources: readonly TemplateValue[] };
