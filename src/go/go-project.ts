/** A user's Go module, as far as generating for it needs it. */
import { readMains, type GoMain } from "./go-main.js";
import { type GoModule, readGoFiles, readModule } from "./go-module.js";
import { findGateways, findStubs, type GoGateway, type GoStubs } from "./go-stubs.js";
import { findSymbol, type SymbolName } from "./go-symbols.js";

export type { Found, FoundImplementation, GoMain } from "./go-main.js";
export type { GoExpression, GoPackage } from "./go-expression.js";
export type { GoModule } from "./go-module.js";
export { keywords, packageName, predeclared } from "./go-names.js";
export { type GoGateway, type GoStubs, gatewayOf } from "./go-stubs.js";
export { type GoSymbol, type SymbolName, splitSymbol } from "./go-symbols.js";

/** The module, its generated code and its main packages. */
export interface GoProject {
  readonly module: GoModule;
  readonly stubs: ReadonlyMap<string, GoStubs>;
  readonly gateways: readonly GoGateway[];
  readonly main: GoMain;
  /** Looks a declaration up; see `findSymbol`. */
  readonly symbol: (name: SymbolName) => ReturnType<typeof findSymbol>;
}

/** The place of the module. */
export interface GoProjectRequest {
  /** Absolute path of the folder with go.mod. */
  readonly folder: string;
  /** Paths are shown relative to it. */
  readonly cwd: string;
  /** The output folder, relative to the module: what is in it is ours. */
  readonly outDir: string;
}

/** Reads the module as text; undefined if there is none. */
export function readGoProject({ folder, cwd, outDir }: GoProjectRequest): GoProject | undefined {
  const module = readModule(folder);
  if (module === undefined) return undefined;
  const files = readGoFiles(module, cwd, outDir);
  return {
    module,
    stubs: findStubs(module, files),
    gateways: findGateways(module, files),
    main: readMains(files),
    symbol: (name) => findSymbol(module, files, name),
  };
}
