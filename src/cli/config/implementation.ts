/** `implementation: ./src/library.ts#libraryService`: an existing grpc-js service object, or the server that registers it. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Diagnostic, diagnostic, didYouMean, type Location, suggest } from "../../diagnostics.js";
import { pathInside } from "../../path-inside.js";
import type { ModuleSystem, ServerFile } from "../../plan/plan.js";
import { moduleSystem } from "../../build/module-system.js";
import { absolutePath, type Report } from "./project-paths.js";

/** The module from which emitted code imports the object: a file relative to the root, or `npm:` and a package. */
export interface ImplementationModule {
  readonly module: string;
  readonly exportName: string;
  /** Absent for a package, which a bundler takes as it is. */
  readonly system?: ModuleSystem;
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
