/** RPCs with their implementations, and what the code of their bindings reads and writes. */
import type { Binding, Field, Method, Service } from "../model/api-model.js";
import type { AuthPlan } from "./auth-plan.js";
import type { DependencyProtocol } from "./dependency-plan.js";
import type { StyleOptions } from "./style-options.js";
import type { BehaviourOptions } from "./transcoding-options.js";

/** One RPC with its implementation. */
export interface MethodPlan {
  readonly service: Service;
  readonly method: Method;
  /** Service and RPC as words of a path, unique over the plan: `library-service/get-shelf`. A service may be two words: `acme-v1/shelves`. */
  readonly id: string;
  readonly style: StyleOptions;
  readonly implementation: Implementation;
  /** Division of its requests while it moves. Absent: the implementation answers all of them. */
  readonly traffic?: TrafficPlan;
  /** The authentication that every route of its requests asks for. */
  readonly auth: AuthPlan;
  /** Bindings in the order of `method.bindings`. */
  readonly bindings: readonly BindingPlan[];
  /** Lists of interceptors, outermost first: the API's, then the service's. */
  readonly interceptors: readonly ModuleExport[];
  /** The HTTP status of a unary reply. Default: 200. */
  readonly successStatus?: number;
  /** The form of a stream of replies. Absent: there is one reply. */
  readonly stream?: StreamForm;
  /** Most messages of a stream of requests. Default: the runtime's own limit. */
  readonly maxMessages?: number;
}

/** The form of a stream of replies. */
export interface StreamForm {
  readonly format: NonNullable<BehaviourOptions["streaming"]>;
  /** Whether the Accept header of a request can choose another. */
  readonly byAccept: boolean;
}

/** One binding of an RPC with what its code reads and writes. */
export interface BindingPlan {
  readonly binding: Binding;
  /** Query parameters set fields of the request. */
  readonly takesQuery: boolean;
  /** The body is a google.api.HttpBody as bytes, which are passed on as they are. */
  readonly takesRaw: boolean;
  /** Full name of the message that the body holds, where it may come in other forms than JSON. */
  readonly body: string | undefined;
  /** The forms besides JSON. */
  readonly bodyForms: readonly BodyForm[];
  /** The update mask that the members of the body fill. */
  readonly masked: MaskedBody | undefined;
  readonly reply: ReplyForm;
  /** The reply may go out as protobuf binary. */
  readonly binaryReply: boolean;
}

/**
 * Form of a reply: JSON, or the bytes of a google.api.HttpBody with its type (`raw`), with a newline after each message of a stream
 * (`rawLines`), or said to be JSON (`rawAsJson`).
 */
export type ReplyForm = "json" | "raw" | "rawLines" | "rawAsJson";

/** A form of a body besides JSON. */
export type BodyForm = "binary" | "form";

/** A PATCH whose body is a message field, where the request has exactly one FieldMask at the top level. */
export interface MaskedBody {
  /** The request's field that holds the mask. */
  readonly mask: Field;
  /** Full name of the message that the body is. */
  readonly bodyType: string;
}

/** Something that a module exports. */
export interface ModuleExport {
  /** A file, relative to the project root, or `npm:` and a package. */
  readonly module: string;
  readonly exportName: string;
}

/** The parts of the user's code that every function gets; absent members leave the runtime's defaults. */
export interface CustomizationPlan {
  /** An `ErrorMapper` of the runtime. */
  readonly errorMapper?: ModuleExport;
  /** `HeaderMatchers` of the runtime. */
  readonly headers?: ModuleExport;
}

/** The code of an RPC. */
export type Implementation =
  /** A function for each RPC, scaffolded when absent. */
  | { readonly kind: "function" }
  /** An existing grpc-js service object `{ method(call, callback) }`. */
  | {
      readonly kind: "grpc-js";
      readonly object: ModuleExport;
      /** The system of the module that declares the object. */
      readonly system: ModuleSystem;
    }
  /** An object of functions of (request, context), which a server of nice-grpc is given. */
  | { readonly kind: "nice-grpc"; readonly object: ModuleExport; readonly system: ModuleSystem }
  /** A dependency that answers: the service that has not moved yet, or the gateway in front of it. */
  | { readonly kind: "proxy"; readonly dependency: string; readonly protocol: DependencyProtocol }
  /** The service object that a server of the user registers. */
  | { readonly kind: "server"; readonly server: ServerFile; readonly system: ModuleSystem };

/** CommonJS code expects sloppy mode and `__dirname`. */
export type ModuleSystem = "esm" | "commonjs";

/** A module of the user that registers services. */
export interface ServerFile {
  /** Relative to the project root, or `npm:` and a package; named in errors, too. */
  readonly file: string;
  /** The export that starts the server; absent: importing the module does. */
  readonly start?: string;
  /** Messages are those of the definition's own generated code. Default: those of the style. */
  readonly bridge?: true;
  /** It registers with a router of Connect: `start` starts its server, or is a function of the router. Default: grpc-js. */
  readonly connect?: "server" | "routes";
}

/** The requests that the code of an RPC answers, while the server that it comes from answers the others. */
export interface TrafficPlan {
  /** The dependency that answers the others. */
  readonly old: string;
  /** Percent that the code answers. */
  readonly share: number;
  /** Requests with one of these are always among them. */
  readonly testers: readonly RequestPart[];
  /** Its value decides about a request. Absent: chance does. */
  readonly sticky?: RequestPart;
  /** Whether each side stands in for the other. Only for RPCs that change nothing. */
  readonly fallback: boolean;
  /** Name of a parameter of SSM whose shares go before `share`: `/library/traffic`. Absent: none. */
  readonly parameter?: string;
}

/** A part of a request, of which `equals` is the value; any, where that is absent. */
export interface RequestPart {
  readonly from: "header" | "cookie" | "query";
  /** A header's is in lower case. */
  readonly name: string;
  readonly equals?: string;
}

/** The setting of one level; the level above has what is absent. */
export interface TrafficOptions {
  readonly old?: string;
  readonly share?: number;
  /** `header:x-canary=1`, `cookie:beta`. */
  readonly testers?: readonly string[];
  /** `cookie:session`. */
  readonly sticky?: string;
  readonly fallback?: boolean;
  readonly parameter?: string;
}
