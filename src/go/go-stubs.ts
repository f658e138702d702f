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
  /** The service in the paths of its RPCs; it is spelled as in Go where the service's name is unusual. */
  readonly spelling: string;
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

/** Every gateway, in the order of the files. */
export function findGateways(module: GoModule, files: readonly GoFile[]): GoGateway[] {
  const found: GoGateway[] = [];
  for (const file of files.filter(({ path }) => path.endsWith(".pb.gw.go"))) {
    const generation = [...file.imports.values()].includes(gatewayRuntime) ? "v2" : "v1";
    for (const { goName, index, spelling } of registrations(file)) {
      const location = placeIn(file, index, "func".length);
      found.push({ goName, spelling, from: packageOf(module, file), location, generation });
    }
  }
  return found;
}

/** The package of grpc-gateway that generated code of its second generation imports. */
export const gatewayRuntime = "github.com/grpc-ecosystem/grpc-gateway/v2/runtime";

/** The functions of a gateway file, each with the service whose paths it has. The first generation has no paths: its file says which. */
function registrations(file: GoFile): { goName: string; index: number; spelling: string }[] {
  const functions = [...file.code.matchAll(/^func Register(\w+)HandlerClient\(/gm)];
  return functions.map(({ 1: goName = "", index }) => {
    const body = file.text.slice(index, file.text.indexOf("\n}\n", index));
    return { goName, index, spelling: /"\/([\w.]+)\/\w+"/.exec(body)?.[1] ?? goName };
  });
}

function packageOf(module: GoModule, file: GoFile): GoPackage {
  return { importPath: importPathOf(module, file), name: file.packageName };
}

/** The gateway of a service: by the paths of its RPCs, else by its name in the package of its stubs. */
export function gatewayOf(
  gateways: readonly GoGateway[],
  fullName: string,
  stubs: Pick<GoStubs, "goName" | "from">,
): GoGateway | undefined {
  const named = gateways.filter(({ goName }) => goName === stubs.goName);
  return (
    gateways.find(({ spelling }) => spelling === fullName) ??
    named.find(({ from }) => from.importPath === stubs.from.importPath) ??
    named.find(({ generation }) => generation === "v1")
  );
}
