/**
 * Stands in for what `loadPackageDefinition` makes of a .proto file that is not read: any path of names leads on, so that
 * `proto.acme.library.v1.LibraryService.service` is known by the names that led to it.
 */
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

/** An object for a path: its members are the paths below, and `new` makes a client whose calls fail. */
export function packagePath(names: string, options: LoaderOptions): object {
  const below = new Map<string, object>();
  const proxy = new Proxy(function path() {}, {
    get: (_, name) => {
      // A promise that resolves to this object asks for `then`, and inspection for symbols.
      if (typeof name === "symbol" || name === "then") return undefined;
      const known = below.get(name);
      if (known !== undefined) return known;
      const made = packagePath(names === "" ? name : `${names}.${name}`, options);
      below.set(name, made);
      return made;
    },
    construct: () => clientOf(names),
  });
  paths.set(proxy, { names, options });
  return proxy;
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
