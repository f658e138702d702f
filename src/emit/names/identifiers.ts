/** Identifiers of TypeScript: words of the language, and names of types that emitted code uses itself. */
import { pascalCase } from "../../plan/naming.js";

/** The name of a declaration: `Outer_Inner` for `pkg.Outer.Inner`, as protobuf-es and ts-proto have it. */
export function typeName(fullName: string, packageName: string): string {
  const local = packageName === "" ? fullName : fullName.slice(packageName.length + 1);
  return safeTypeName(local.replaceAll(".", "_"));
}

/** A message named like a type that emitted code uses itself gets an underscore. */
function safeTypeName(name: string): string {
  return reservedTypeNames.has(name) || reservedWords.has(name) ? `${name}_` : name;
}

const reservedTypeNames: ReadonlySet<string> = new Set([
  ..."Array BigInt Boolean Buffer DataView Date Error Infinity JSON Long Map Math NaN Number Object Promise Proxy Readonly".split(
    " ",
  ),
  ..."ReadonlyArray Record RegExp Set String Symbol TypeError Uint8Array undefined globalThis".split(" "),
]);

const reservedWords: ReadonlySet<string> = new Set([
  ..."abstract any arguments as async await bigint boolean break case catch class const continue debugger declare default".split(
    " ",
  ),
  ..."delete do else enum eval export extends false finally for from function get if implements import in infer".split(
    " ",
  ),
  ..."instanceof interface is keyof let module namespace never new null number object of package private protected".split(
    " ",
  ),
  ..."public readonly require return set static string super switch symbol this throw true try type typeof undefined".split(
    " ",
  ),
  ..."unique unknown using var void while with yield".split(" "),
]);

/** Turns a name into one that can be declared: an underscore is added to a word of the language. */
export function safeIdentifier(name: string): string {
  return reservedWords.has(name) ? `${name}_` : name;
}

/** `LibraryService` -> `libraryService`, `HTTPProxy` -> `httpProxy`. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name);
  return pascal.slice(0, 1).toLowerCase() + pascal.slice(1);
}
