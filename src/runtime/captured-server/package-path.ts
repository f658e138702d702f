/**
 * Stands in for what `loadPackageDefinition` makes of a .proto file that is not read: any path of names leads on, so that
 * `proto.acme.library.v1.LibraryService.service` is known by the names that led to it.
 */
import { type DefinedMethod, methodDefinitions, namesIn } from "./defined-services.js";
import { refuseCall } from "./refuse.js";
import type { LoaderOptions } from "./loader-options.js";

/** The names that lead to a definition, and the options of the loader that would have read it. */
export interface PackagePath {
  /** `acme.library.v1.LibraryService.service`. */
  readonly names: string;
  readonly options: LoaderOptions;
}

const paths = new WeakMap<object, PackagePath>();

/** The path behind an object that `packagePath` made; undefined for other objects. */
export function pathOf(definition: object): PackagePath | undefined {
  return paths.get(definition);
}

/**
 * An object for a path: its members are the paths below, and `new` makes a client whose calls fail. Loops over its members find the
 * services that are defined.
 */
export function packagePath(names: string, options: LoaderOptions): object {
  const below = new Map(Object.entries(definedMembers(names, options)));
  const isPackage = methodDefinitions(names) === undefined && namesIn(names).length > 0;
  // What may be a service can be made with `new`; a bound function can, and has no `prototype` of its own.
  const target = Object.assign(isPackage ? {} : function path() {}.bind(undefined), Object.fromEntries(below));
  const proxy = new Proxy(target, {
    get: (_, name) => {
      // A promise that resolves to this object asks for `then`, and inspection for symbols.
      if (typeof name === "symbol" || name === "then") return undefined;
      const known = below.get(name);
      if (known !== undefined) return known;
      // What has one of these members is a service or a message for who looks for packages.
      if (isPackage && (name === "service" || name === "format")) return undefined;
      const made = packagePath(names === "" ? name : `${names}.${name}`, options);
      below.set(name, made);
      return made;
    },
    construct: () => clientOf(names),
  });
  paths.set(proxy, { names, options });
  return proxy;
}

/** The members of a package, of a service's client, or of its definition, as far as they are defined. */
function definedMembers(names: string, options: LoaderOptions): { readonly [name: string]: object } {
  const methods = methodDefinitions(names);
  if (methods !== undefined)
    return { service: packagePath(`${names}.service`, options), prototype: byBothNames(methods) };
  const ofDefinition = names.endsWith(".service") ? methodDefinitions(names.slice(0, -".service".length)) : undefined;
  if (ofDefinition !== undefined) return ofDefinition;
  const paths = namesIn(names).map((name) => [name, packagePath(names === "" ? name : `${names}.${name}`, options)]);
  return Object.fromEntries(paths);
}

/** The methods of a client: each has a second name in camelCase. */
function byBothNames(methods: { readonly [name: string]: DefinedMethod }): object {
  const second = Object.values(methods).map((method) => [method.originalName, method]);
  return { ...methods, ...Object.fromEntries(second) };
}

/** A client that can be made and closed, as servers do at their start; a call through it throws by name. */
export function clientOf(service: string): object {
  return new Proxy(
    { close: () => undefined },
    {
      get: (client, name) => {
        if (typeof name === "symbol" || name === "then") return undefined;
        if (name === "close") return client.close;
        return (...parameters: unknown[]) => refuseCall(service, calledMethod(name, parameters));
      },
    },
  );
}

/** The path that generated code hands to `makeUnaryRequest` and the like, or the name of a method. */
function calledMethod(name: string, [path]: readonly unknown[]): string {
  return /^make\w+Request$/.test(name) && typeof path === "string" ? path.replace(/^\//, "") : name;
}
