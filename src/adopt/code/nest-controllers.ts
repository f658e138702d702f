/** Controllers of NestJS that implement services: `@GrpcMethod("Greeter", "SayHello")`. */
import { posix } from "node:path";
import type { ClassDeclaration, Decorator, MethodDeclaration } from "ts-morph";
import { bySimpleName } from "./definition.js";
import type { FoundImplementation } from "./find-implementations.js";
import { findNestServers, type NestServer, textOf } from "./nest-servers.js";
import type { Sources } from "./sources.js";

/** Decorators of methods, and those of classes that ts-proto generates with `nestJs=true`. */
export const nestDecorators = /\bGrpc(?:Stream)?(?:Method|Call)\b|ControllerMethods\(/;

const ofMethods = /^Grpc(?:Stream)?(?:Method|Call)$/;
const ofClasses = /^(\w+)ControllerMethods$/;

/** A class with the methods of one service. */
interface Controller extends Pick<FoundImplementation, "file" | "line" | "service" | "style" | "start"> {
  readonly methods: readonly string[];
}

/** One entry for each service that controllers in `files` implement, which may be several; it is where the first one is. */
export function findControllers(
  sources: Sources,
  files: readonly string[],
  services: readonly string[],
): FoundImplementation[] {
  const servers = files.length === 0 ? [] : findNestServers(sources);
  const groups = new Map<string, Controller[]>();
  for (const file of files)
    for (const controller of controllersIn(sources, file, services, servers)) {
      const { service, start } = controller;
      const key = JSON.stringify(service === undefined ? [file, controller.line] : [service, start]);
      groups.set(key, [...(groups.get(key) ?? []), controller]);
    }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const methods = [first, ...others].flatMap((one) => one.methods);
    const noun = others.length === 0 ? "a controller" : "controllers";
    return [{ ...first, library: "nestjs" as const, methods, form: `${noun} with ${methods.join(", ")}` }];
  });
}

function controllersIn(
  sources: Sources,
  file: string,
  services: readonly string[],
  servers: readonly NestServer[],
): Controller[] {
  return (sources.open(file)?.getClasses() ?? []).flatMap((declared) =>
    [...methodsByService(sources, declared)].map(([name, methods]) => {
      const service = services.includes(name) ? name : bySimpleName([name], services);
      const { style, start } = startOf(file, service, servers);
      return { file, line: declared.getStartLineNumber(), service, methods, style, start };
    }),
  );
}

/** Names of methods by the service that the decorators name. */
function methodsByService(sources: Sources, declared: ClassDeclaration): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (service: string, method: string): void => {
    found.set(service, [...(found.get(service) ?? []), method]);
  };
  for (const decorator of declared.getDecorators()) {
    const [, service] = ofClasses.exec(decorator.getName()) ?? [];
    if (service !== undefined) for (const method of rpcMethods(declared)) add(service, method);
  }
  for (const method of declared.getMethods())
    for (const decorator of method.getDecorators().filter((one) => ofMethods.test(one.getName())))
      add(...namesOf(sources, decorator, method, declared.getName() ?? ""));
  return found;
}

/** NestJS takes the name of the class, and that of the method with a first letter in upper case, for those that are not given. */
function namesOf(
  sources: Sources,
  decorator: Decorator,
  method: MethodDeclaration,
  className: string,
): [service: string, method: string] {
  const [service, name] = decorator.getArguments().map((one) => textOf(sources, one));
  const own = method.getName();
  return [service ?? className, name ?? own.slice(0, 1).toUpperCase() + own.slice(1)];
}

function rpcMethods(declared: ClassDeclaration): string[] {
  const own = declared.getInstanceMethods().filter((one) => !one.hasModifier("private"));
  return own.map((one) => one.getName());
}

/** The nearest of the servers that have the package. */
function startOf(
  path: string,
  service: string | undefined,
  servers: readonly NestServer[],
): Pick<FoundImplementation, "style" | "start"> {
  const fits = servers.filter(
    ({ packages }) => packages === undefined || packages.some((name) => service?.startsWith(`${name}.`)),
  );
  const [nearest] = [...fits].sort((a, b) => steps(path, a.file) - steps(path, b.file));
  if (nearest !== undefined) return nearest;
  const reason = "no createMicroservice or connectMicroservice with Transport.GRPC and its package was found";
  return { style: { kind: "unknown", reason }, start: { kind: "unknown", reason } };
}

/** Folders from one file to another. */
function steps(from: string, to: string): number {
  return posix.relative(posix.dirname(from), posix.dirname(to)).split("/").length;
}
