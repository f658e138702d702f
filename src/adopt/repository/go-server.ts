/** A server in Go that a repository has: its module, its generated code, and what registers its services. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type FoundImplementation, type GoProject, gatewayOf, readGoProject } from "../../go/go-project.js";
import { defaultPlaces } from "../../plan/go/default-places.js";

/** The module, with the services that it has code for. */
export interface GoServer {
  readonly module: GoProject["module"];
  /** In the order of the protos. */
  readonly services: readonly GoService[];
}

/** A service with generated code, of a gateway too. */
export interface GoService {
  /** Full name. */
  readonly name: string;
  /** Absent: the module registers none. */
  readonly registered?: FoundImplementation;
}

/** Finds it by go.mod in the project's folder; undefined without generated code for any of the services (full names). */
export function findGoServer(root: string, services: readonly string[]): GoServer | undefined {
  if (services.length === 0 || !existsSync(join(root, "go.mod"))) return undefined;
  const project = readGoProject({ folder: root, cwd: root, outDir: defaultPlaces.go.outDir });
  if (project === undefined) return undefined;
  const found = services.flatMap((name) => goServiceOf(project, name) ?? []);
  return found.length === 0 ? undefined : { module: project.module, services: found };
}

function goServiceOf({ stubs, gateways, main }: GoProject, name: string): GoService | undefined {
  const generated = stubs.get(name);
  if (generated === undefined || gatewayOf(gateways, name, generated) === undefined) return undefined;
  const { goName, from } = generated;
  const registrations = main.implementations.filter(
    (one) => one.goName === goName && (one.importPath ?? from.importPath) === from.importPath,
  );
  const registered = registrations.find(({ expression }) => expression !== undefined) ?? registrations[0];
  return { name, ...(registered === undefined ? {} : { registered }) };
}

/** The services to generate for: those that are registered, or all with generated code if none is. */
export function ownServices({ services }: GoServer): readonly string[] {
  const registered = services.filter((service) => service.registered !== undefined);
  return (registered.length > 0 ? registered : services).map(({ name }) => name);
}
