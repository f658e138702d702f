/** Settings that name code of the user: `./src/library.ts#libraryService`, and servers that register it. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Diagnostic, diagnostic, didYouMean, type Location, suggest } from "../../diagnostics.js";
import { idiomaticStyle } from "../../emit/message-style.js";
import { pathInside } from "../../path-inside.js";
import type { ModuleExport, ModuleSystem, ServerFile, TrafficOptions } from "../../plan/plan.js";
import { checkSamBundle } from "../../build/check-sam-bundle.js";
import { moduleSystem } from "../../build/module-system.js";
import { settingDefaults } from "../../plan/setting-defaults.js";
import type { ImplementationOptions, ServiceOptions } from "../../plan/plan-options.js";
import type { MethodConfig, ServiceConfig } from "./config.js";
import { definedMembers } from "./defined-members.js";
import { defaultPreset, isProxy, messageStyle } from "./message-style.js";
import { absolutePath, type Report } from "./project-paths.js";
import type { SettingSources } from "./setting-sources.js";
import type { ConfigPath } from "./yaml-places.js";

/** The module from which emitted code imports the object: a file relative to the root, or `npm:` and a package. */
export interface ImplementationModule {
  readonly module: string;
  readonly exportName: string;
  /** Absent for a package, which a bundler takes as it is. */
  readonly system?: ModuleSystem;
}

type Library = NonNullable<ServiceConfig["library"]>;

/** An export for a library, the server that registers it, or a service that has not moved yet. */
export function settleImplementation(
  sources: SettingSources,
  { implementation: setting, library = "grpc-js" }: ServiceConfig,
  at: ConfigPath,
): Pick<ServiceOptions, "grpcJs" | "niceGrpc" | "server" | "system" | "proxy"> {
  if (typeof setting === "object") {
    const location = sources.located?.places.ofValue([...at, "server"]);
    const found = location && resolveServer(setting.server, sources.root, location, sources.report);
    if (found === undefined) return {};
    reportSamBundle(sources, found.server.file, location);
    const bridge = setting.bridge === true ? ({ bridge: true } as const) : {};
    const how = library === "connect" ? ({ bridge: true, connect: "server" } as const) : bridge;
    return { ...found, server: { ...found.server, ...how } };
  }
  if (isProxy(setting)) return definedMembers({ proxy: settleProxy(sources, setting, at) });
  if (setting === undefined) reportLibrary(sources, at.slice(0, -1));
  const found = findExport(sources, setting, at);
  return found === undefined ? {} : exportFor(library, found);
}

function reportSamBundle({ config, root, report }: SettingSources, file: string, location: Location | undefined): void {
  if (config.build?.by !== "sam") return;
  for (const finding of checkSamBundle(join(root, file), file, location)) report(finding);
}

function exportFor(library: Library, { system, ...object }: ImplementationModule): ServiceOptions {
  const known = definedMembers({ system });
  switch (library) {
    case "grpc-js":
      return { grpcJs: object, ...known };
    case "nice-grpc":
      return { niceGrpc: object, ...known };
    case "connect": {
      const { module: file, exportName: start } = object;
      return { server: { file, start, bridge: true, connect: "routes" }, ...known };
    }
    default:
      return library satisfies never;
  }
}

/** A library alone would be passed over without a word. */
function reportLibrary({ located, report }: SettingSources, service: ConfigPath): void {
  const { library } = located?.config.services?.[String(service[1])] ?? {};
  if (library === undefined) return;
  const location = located?.places.ofValue([...service, "library"]);
  const message = `${service.join(".")}.library is "${library}", expected an implementation beside it, as module#export`;
  report(diagnostic("CF004", message, { location }));
}

/** The code of one RPC, which has its service's style if it is of the same kind. */
export function settleMethodImplementation(
  sources: SettingSources,
  name: string,
  setting: MethodConfig["implementation"],
): ImplementationOptions | undefined {
  const at = ["methods", name, "implementation"];
  if (setting === undefined || sources.config.language === "go") return undefined;
  if (isProxy(setting)) return settleProxy(sources, setting, at);
  const { services, messages } = sources.config;
  const service = services?.[name.slice(0, name.lastIndexOf("."))] ?? {};
  const ofHandlers = service.implementation === undefined || isProxy(service.implementation);
  if (setting === "handlers") {
    const style = messageStyle((ofHandlers ? service.messages : undefined) ?? messages, "idiomatic");
    return { implementation: { kind: "function" }, messages: style };
  }
  const found = findExport(sources, setting, at);
  if (found === undefined) return undefined;
  const { system = "esm", ...object } = found;
  const kind = service.library ?? "grpc-js";
  if (kind === "connect") {
    const message = `${at.join(".")} is an export, but a function of Connect's router registers whole services: name it for ${name.slice(0, name.lastIndexOf("."))}`;
    sources.report(diagnostic("CF004", message, { location: sources.located?.places.ofValue(at) }));
    return undefined;
  }
  const style = messageStyle(ofHandlers ? undefined : service.messages, defaultPreset(kind));
  return { implementation: { kind, object, system }, messages: style };
}

/** `proxy` or `proxy:stock`, a dependency, which gets binary. CF009 if there is no such dependency. */
export function settleProxy(
  sources: SettingSources,
  setting: string | undefined,
  at: ConfigPath,
): ImplementationOptions | undefined {
  if (setting === undefined || sources.config.language === "go") return undefined;
  const dependency = setting.slice("proxy:".length) || defaultDependency;
  const { dependencies = {} } = sources.config;
  const server = Object.hasOwn(dependencies, dependency) ? dependencies[dependency] : undefined;
  if (server === undefined) {
    const known = Object.keys(dependencies);
    const message = `there is no dependency "${dependency}" to pass requests on to${didYouMean(suggest(dependency, known))}`;
    const help = `name the server: dependencies: { ${dependency}: { address: "library.internal:50051" } }`;
    sources.report(diagnostic("CF009", message, { location: sources.located?.places.ofValue(at), help }));
    return undefined;
  }
  const { protocol = settingDefaults.dependency.protocol } = server;
  return { implementation: { kind: "proxy", dependency, protocol }, messages: idiomaticStyle };
}

/** The setting of a level as it is; CF009 if the server that it names, or that a level above names, is not one of gRPC. */
export function settleTraffic(
  sources: SettingSources,
  traffic: TrafficOptions | undefined,
  at: ConfigPath,
  old: string = settingDefaults.traffic.old,
): TrafficOptions | undefined {
  if (traffic === undefined || sources.config.language === "go") return undefined;
  const place = traffic.old === undefined ? at : [...at, "old"];
  const server = settleProxy(sources, `proxy:${traffic.old ?? old}`, place);
  if (server?.implementation.kind !== "proxy" || server.implementation.protocol === "grpc") return traffic;
  const message = `dependency "${server.implementation.dependency}" has the protocol http, expected grpc: both sides of a divided RPC get messages`;
  const help = "name the gRPC server that answers behind the gateway, as a dependency of its own";
  sources.report(diagnostic("CF009", message, { location: sources.located?.places.ofValue(place), help }));
  return undefined;
}

/** The dependency that `proxy` alone means. */
const defaultDependency = "old";

/** The module and its export; undefined if it is not set, or if it is missing, which is reported. */
export function settleModule(
  sources: SettingSources,
  setting: string | undefined,
  at: ConfigPath,
): ModuleExport | undefined {
  const found = findExport(sources, setting, at);
  return found && { module: found.module, exportName: found.exportName };
}

/** The same as `settleModule`, with the module's system. */
function findExport(
  sources: SettingSources,
  setting: string | undefined,
  at: ConfigPath,
): ImplementationModule | undefined {
  if (setting === undefined) return undefined;
  const location = sources.located?.places.ofValue(at);
  return location && resolveImplementation(setting, sources.root, sources.root, location, sources.report);
}

/**
 * Resolves the setting; `base` is the folder that a relative module is relative to. A module that starts with `.` or `/` must exist
 * below the root as .ts or .js (CF006); anything else is a package, which is looked up when the function is bundled.
 */
export function resolveImplementation(
  setting: string,
  base: string,
  root: string,
  location: Location,
  report: Report,
): ImplementationModule | undefined {
  const [module = "", exportName = ""] = setting.split("#");
  if (!/^\.{0,2}\//.test(module)) return { module: `npm:${module}`, exportName };
  const found = findModule(module, base, root, location, report);
  if (found === undefined) return undefined;
  return { module: found.inside, exportName, system: moduleSystem(found.file) };
}

/** Resolves `{ server: ./server.js }`, with or without the export that starts the server. */
export function resolveServer(
  setting: string,
  root: string,
  location: Location,
  report: Report,
): { readonly server: ServerFile; readonly system: ModuleSystem } | undefined {
  const [module = "", start] = setting.split("#");
  const found = findModule(module, root, root, location, report);
  if (found === undefined) return undefined;
  const server = { file: found.inside, ...(start === undefined ? {} : { start }) };
  return { server, system: moduleSystem(found.file) };
}

/** A module of the project: its absolute path, and the path from the root. */
interface FoundModule {
  readonly file: string;
  readonly inside: string;
}

function findModule(
  module: string,
  base: string,
  root: string,
  location: Location,
  report: Report,
): FoundModule | undefined {
  const path = absolutePath({ base, value: module });
  if (pathInside(root, path) === undefined) {
    report(missing(`${module} is outside the project folder`, undefined, location));
    return undefined;
  }
  const file = [path, `${path}.ts`, `${path}.js`].find((candidate) => isModuleFile(candidate));
  const inside = file === undefined ? undefined : pathInside(root, file);
  if (file !== undefined && inside !== undefined) return { file, inside };
  report(missing(`there is no module ${module}`, nearby(path, module), location));
  return undefined;
}

function isModuleFile(path: string): boolean {
  return /(?<!\.d)\.[cm]?[jt]s$/.test(path) && existsSync(path) && statSync(path).isFile();
}

function nearby(path: string, module: string): string | undefined {
  const folder = dirname(path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined;
  const near = suggest(
    basename(path),
    readdirSync(folder).filter((name) => isModuleFile(join(folder, name))),
  );
  return near === undefined ? undefined : `${module.slice(0, module.lastIndexOf("/"))}/${near}`;
}

function missing(problem: string, near: string | undefined, location: Location): Diagnostic {
  return diagnostic("CF006", `${problem}, expected a .ts or .js file${didYouMean(near)}`, {
    location,
    help: "the part before # is relative to the configuration file; a package is written without ./",
  });
}
