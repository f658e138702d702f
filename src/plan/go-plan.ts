/** The part of a plan for functions in Go: the packages that its code uses, and the values that it takes from the user's. */
import type { Location } from "../diagnostics.js";
import type { GoExpression, GoPackage } from "../go/go-project.js";

/** Settings of code in Go. */
export interface GoOptions {
  /** Absolute path of the folder with go.mod. */
  readonly folder: string;
  /** The place in the configuration. */
  readonly location?: Location;
  /** The output folder relative to the module. */
  readonly outDir: string;
  /** The folder of scaffolds relative to the module. */
  readonly handlersDir: string;
  /** Import paths of generated code by proto package, where it is not in the module. */
  readonly packages: ReadonlyMap<string, string>;
  /** Implementations by full name of the service. */
  readonly implementations: ReadonlyMap<string, NamedValue>;
  /** Absent: those that a main package has. */
  readonly unaryInterceptors?: readonly NamedValue[];
  readonly streamInterceptors?: readonly NamedValue[];
  readonly muxOptions?: readonly NamedValue[];
  /** Takes the gateway as an http.Handler, and gives one. */
  readonly middleware?: NamedValue;
}

/** Something of the user's code by its name: `example.com/library/server.New`. */
export interface NamedValue {
  readonly text: string;
  readonly location?: Location;
}

/** The Go part of a plan. */
export interface GoPlan {
  /** Import path of the output folder. */
  readonly importPath: string;
  /** In the order in which the gateway registers them: where two paths match, the later one is taken. */
  readonly services: readonly GoServicePlan[];
  readonly unaryInterceptors: readonly GoListPart[];
  readonly streamInterceptors: readonly GoListPart[];
  readonly muxOptions: readonly GoListPart[];
  readonly middleware?: GoExpression;
}

/** One service with its generated code and its implementation. */
export interface GoServicePlan {
  readonly fullName: string;
  /** Its name in generated code. */
  readonly goName: string;
  readonly stubs: GoPackage;
  readonly gateway: GoPackage;
  readonly implementation: GoImplementation;
}

/** The implementation of a service. */
export interface GoImplementation {
  readonly expression: GoExpression;
  /** The expression gives an error, too. */
  readonly returnsError: boolean;
  /** The place that names it, for a comment: `services.acme.v1.Library.implementation`, or `that of cmd/server/main.go`. */
  readonly origin: string;
  /** A first version is written once; the folder of its package, relative to the project. */
  readonly scaffold?: string;
}

/** A part of a list: one element, or a list of them. */
export interface GoListPart {
  readonly expression: GoExpression;
  readonly form: "element" | "list";
}
