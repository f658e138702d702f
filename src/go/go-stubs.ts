/** The Go code that protoc's plugins generated for services: what is called to register a service, and its gateway. */
import { placeIn, type GoFile } from "./go-text.js";
import type { GoPackage } from "./go-expression.js";
import { type GoModule, importPathOf } from "./go-module.js";
import type { Location } from "../diagnostics.js";

/** The generated code of one service. */
export interface GoStubs {
  /** The name of the service in Go: `LibraryService` of RegisterLibraryServiceServer. */
  readonly goName: string;
  readonly from: GoPackage;
  readonly location: Location;
  /** `registrar`: it registers with any grpc.ServiceRegistrar; `server`: only with a *grpc.Server, as plugins did until 2020. */
  readonly registersWith: "registrar" | "server";
}

/** The gateway of one service. */
export interface GoGateway {
  readonly goName: string;
  readonly from: GoPackage;
  readonly location: Location;
  readonly generation: "v1" | "v2";
}

/** Server stubs by full name of the service. */
export function findStubs(module: GoModule, files: readonly GoFile[]): Map<string, GoStubs> {
  const found = new Map<string, GoStubs>();
  for (const file of files.filter(({ path }) => path.endsWith(".pb.go"))) {
    const descriptors = file.text.matchAll(
      /^var (_?\w+?)_(?:S|s)erviceDesc = grpc\.ServiceDesc\{\s*ServiceName:\s*"([^"\n]+)"/gm,
    );
    for (const { 1: name = "", 2: fullName = "", index } of descriptors) {
      const goName = name.replace(/^_/, "");
      const isAny = new RegExp(`^func Register${goName}Server\\(\\w+ grpc\\.ServiceRegistrar,`, "m").test(file.code);
      const location = placeIn(file, index, "var".length);
      found.set(fullName, {
        goName,
        from: packageOf(module, file),
        location,
        registersWith: isAny ? "registrar" : "server",
      });
    }
  }
  return found;
}

/** Gateways by full name of the service. */
export function findGateways(module: GoModule, files: readonly GoFile[]): Map<string, GoGateway> {
  const found = new Map<string, GoGateway>();
  for (const file of files.filter(({ path }) => path.endsWith(".pb.gw.go"))) {
    const generation = [...file.imports.values()].includes(gatewayRuntime) ? "v2" : "v1";
    for (const { goName, index, fullName } of registrations(file)) {
      if (fullName === undefined) continue;
      found.set(fullName, {
        goName,
        from: packageOf(module, file),
        location: placeIn(file, index, "func".length),
        generation,
      });
    }
  }
  return found;
}

/** The package of grpc-gateway that generated code of its second generation imports. */
export const gatewayRuntime = "github.com/grpc-ecosystem/grpc-gateway/v2/runtime";

/** The functions of a gateway file, each with the service whose paths it has. The first generation has no paths: its file says which. */
function registrations(file: GoFile): { goName: string; index: number; fullName: string | undefined }[] {
  const functions = [...file.code.matchAll(/^func Register(\w+)HandlerClient\(/gm)];
  return functions.map(({ 1: goName = "", index }) => {
    const body = file.text.slice(index, file.text.indexOf("\n}\n", index));
    const fullName = /"\/([\w.]+)\/\w+"/.exec(body)?.[1] ?? goName;
    return { goName, index, fullName };
  });
}

function packageOf(module: GoModule, file: GoFile): GoPackage {
  return { importPath: importPathOf(module, file), name: file.packageName };
}
