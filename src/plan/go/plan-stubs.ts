/** The generated code of a service: found in the module, or named by package. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { type GoPackage, type GoProject, gatewayOf, packageName } from "../../go/go-project.js";
import type { Service } from "../../model/api-model.js";
import type { GoOptions, GoServicePlan } from "../go-plan.js";

type Stubs = Pick<GoServicePlan, "goName" | "stubs" | "gateway">;

/** The stubs and the gateway of a service; undefined after an error. */
export function planStubs(
  service: Service,
  options: GoOptions,
  project: GoProject,
  report: (finding: Diagnostic) => void,
): Stubs | undefined {
  const named = packageNamed(service, options);
  if (named !== undefined) return { goName: goServiceName(service.name), stubs: named, gateway: named };
  const stubs = project.stubs.get(service.fullName);
  if (stubs === undefined) {
    report(missing(service, "_grpc.pb.go", "protoc-gen-go-grpc"));
    return undefined;
  }
  const gateway = gatewayOf(project.gateways, service.fullName, stubs);
  if (gateway === undefined) {
    report(missing(service, ".pb.gw.go", "protoc-gen-grpc-gateway"));
    return undefined;
  }
  if (gateway.generation === "v1") {
    report(
      tooOld(
        "grpc-gateway's first generation generated this code, expected its second (import path …/grpc-gateway/v2)",
        {
          location: gateway.location,
          help: "generate again with protoc-gen-grpc-gateway v2: answers of the first generation differ from those of the second, and nothing here imitates them",
        },
      ),
    );
    return undefined;
  }
  if (stubs.registersWith === "server") {
    report(
      tooOld(`Register${stubs.goName}Server takes a *grpc.Server, expected a grpc.ServiceRegistrar`, {
        location: stubs.location,
        help: "generate again with protoc-gen-go-grpc 1.0 or later",
      }),
    );
    return undefined;
  }
  return { goName: stubs.goName, stubs: stubs.from, gateway: gateway.from };
}

/** The package that the configuration names for the service's proto package. */
function packageNamed({ fullName }: Service, { packages }: GoOptions): GoPackage | undefined {
  const importPath = packages.get(fullName.slice(0, Math.max(0, fullName.lastIndexOf("."))));
  return importPath === undefined
    ? undefined
    : { importPath, name: packageName(importPath.split("/").at(-1) ?? ""), isGuess: true };
}

/** The name that protoc's plugins give a service: parts joined, each with an upper-case letter in front. */
function goServiceName(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()).replace(/^_/, "X_");
}

function missing({ fullName, location }: Service, ending: string, plugin: string): Diagnostic {
  return diagnostic(
    "GO003",
    `the Go module has no generated code of ${plugin} for ${fullName}, expected a file that ends in ${ending}`,
    {
      location,
      help: `generate it with ${plugin}, or name the package that it is in under go.packages`,
    },
  );
}

function tooOld(message: string, parts: Parameters<typeof diagnostic>[2]): Diagnostic {
  return diagnostic("GO004", message, parts);
}
