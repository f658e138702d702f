/** TypeScriptPlan: a plan with the names and paths that its declarations have in TypeScript. */
import type { MessageStyle } from "../message-style.js";
import type {
  EnumCodecs,
  FilePlan,
  FunctionPlan,
  MessageCodecs,
  MethodPlan,
  ModuleExport,
  Plan,
} from "../../plan/plan.js";

/** A plan for the emitters of TypeScript; `namePlan` makes it. */
export interface TypeScriptPlan extends Plan {
  /** One per planned file; sorted by path. */
  readonly modules: readonly ModulePlan[];
  readonly methods: readonly NamedMethod[];
  readonly functions: readonly NamedFunction[];
  readonly unrouted: Plan["unrouted"] & { readonly fallback?: NamedFunction };
}

/** The modules of one .proto file in one message style. */
export interface ModulePlan extends FilePlan {
  /** The same object for equal styles. */
  readonly style: MessageStyle;
  /** Below `outDir`, without extension: `acme/library/v1/library`, or `<style>/acme/…` for a further style. */
  readonly path: string;
  readonly messages: readonly MessagePlan[];
  readonly enums: readonly EnumPlan[];
}

/** A message of a module. */
export interface MessagePlan extends MessageCodecs {
  /** Name of the interface, unique in its module. */
  readonly name: string;
}

/** An enum of a module. */
export interface EnumPlan extends EnumCodecs {
  /** Name of the type, unique in its module. */
  readonly name: string;
}

/** An RPC with its names. */
export interface NamedMethod extends MethodPlan {
  /** The same object for equal styles. */
  readonly style: MessageStyle;
  /** The constant with its bindings, unique over the plan: `libraryServiceGetShelf`. */
  readonly constant: string;
  /** The handler's file (`src/handlers/library-service/get-shelf.ts`), or the module of the service object. */
  readonly code: ModuleExport;
}

/** A function of RPCs with their names. */
export interface NamedFunction extends FunctionPlan {
  readonly methods: readonly NamedMethod[];
}
