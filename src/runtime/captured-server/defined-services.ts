/** The services that the server's .proto files declare, for servers that list them: NestJS finds its controllers that way. */

/** A method as @grpc/proto-loader defines it; flags that are false are absent. */
export interface DefinedMethod {
  /** The name in camelCase. */
  readonly originalName: string;
  readonly requestStream?: true;
  readonly responseStream?: true;
}

/** Methods by name, of services by full name. */
export type DefinedServices = { readonly [service: string]: { readonly [method: string]: DefinedMethod } };

let services: DefinedServices = {};

/** Notes the services. Generated code does so before the server's own code runs. */
export function defineServices(defined: DefinedServices): void {
  services = defined;
}

/** The definitions of a service's methods, by name; undefined for what is not the full name of a service. */
export function methodDefinitions(service: string): { readonly [method: string]: DefinedMethod } | undefined {
  if (!Object.hasOwn(services, service)) return undefined;
  const methods = Object.entries(services[service] ?? {}).map(([name, method]) => [
    name,
    { path: `/${service}/${name}`, requestStream: false, responseStream: false, ...method },
  ]);
  return Object.fromEntries(methods);
}

/** The names that follow a package in the full names of services: `["v1"]` for `acme.shop`, of `""` the first names. */
export function namesIn(packageName: string): string[] {
  const prefix = packageName === "" ? "" : `${packageName}.`;
  const below = Object.keys(services).filter((service) => service.startsWith(prefix));
  return [...new Set(below.map((service) => service.slice(prefix.length).split(".")[0] ?? ""))];
}
