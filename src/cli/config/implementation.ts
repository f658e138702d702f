/** Settings that name code of the user: `./src/library.ts#libraryService`, and servers that register it. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Diagnostic, diagnostic, didYouMean, type Location, suggest } from "../../diagnostics.js";
import { idiomaticStyle } from "../../emit/message-style.js";
import { pathInside } from "../../path-inside.js";
import type { ModuleExport, ModuleSystem, ServerFile } from "../../plan/plan.js";
import { moduleSystem } from "../../build/module-system.js";
import type { ImplementationOptions, ServiceOptions } from "../../plan/plan-options.js";
import type { MethodConfig, ServiceConfig } from "./config.js";
import { definedMembers } from "./defined-members.js";
import { isProxy, messageStyle } from "./message-style.js";
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

/** An object that a module exports, the server that registers it, or a service that has not moved yet. */
export function settleImplementation(
  sources: SettingSources,
  setting: ServiceConfig["implementation"],
  at: ConfigPath,
): Pick<ServiceOptions, "grpcJs" | "server" | "system" | "proxy"> {
  if (typeof setting === "object") {
    const location = sources.located?.places.ofValue([...at, "server"]);
    const found = location && resolveServer(setting.server, sources.root, location, sources.report);
    if (found === undefined) return {};
    return setting.bridge === true ? { ...found, server: { ...found.server, bridge: true } } : found;
  }
  if (isProxy(setting)) return definedMembers({ proxy: settleProxy(sources, setting, at) });
  const found = findExport(sources, setting, at);
  if (found === undefined) return {};
  const { system, ...grpcJs } = found;
  return { grpcJs, ...definedMembers({ system }) };
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
  const style = messageStyle(ofHandlers ? undefined : service.messages, "proto-loader");
  return { implementation: { kind: "grpc-js", object, system }, messages: style };
}

/** `proxy` or `proxy:stock`, a dependency, which gets binary. CF009 if there is no such dependency. */
export function settleProxy(
  sources: SettingSources,
  setting: string | undefined,
  at: ConfigPath,
): ImplementationOptions | undefined {
  if (setting === undefined || sources.config.language === "go") return undefined;
  const dependency = setting.slice("proxy:".length) || defaultDependency;
  const known = Object.keys(sources.config.dependencies ?? {});
  if (!known.includes(dependency)) {
    const message = `there is no dependency "${dependency}" to pass requests on to${didYouMean(suggest(dependency, known))}`;
    const help = `name the server: dependencies: { ${dependency}: { address: "library.internal:50051" } }`;
    sources.report(diagnostic("CF009", message, { location: sources.located?.places.ofValue(at), help }));
    return undefined;
  }
  return { implementation: { kind: "proxy", dependency }, messages: idiomaticStyle };
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
