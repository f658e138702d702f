/** Every name of the output is made here, so that emitters agree and collisions are seen in one place. */
import { compareText } from "../diagnostics.js";
import { windowsNameProblem } from "../windows-names.js";
import type { Field, Oneof } from "../model/api-model.js";
import type { MessageStyle } from "../model/message-style.js";

/** The name of a nested declaration in TypeScript: `Outer_Inner` for `pkg.Outer.Inner`, as protobuf-es and ts-proto have it. */
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

/** The property that holds a field in a style's message objects. */
export function propertyName(
  field: Pick<Field, "name" | "fullName"> & { readonly oneof?: Field["oneof"] },
  style: MessageStyle,
): string {
  const isProtobufJs = style.names === "proto" || style.names === "protobufjs";
  if (isProtobufJs && field.fullName.startsWith("google.protobuf.")) return bundledName(field);
  const name = styleCase(field.name, style);
  return style.names === "protobuf-es" && field.oneof !== undefined ? name : safeProperty(name, style);
}

/**
 * protobufjs has the google.protobuf files built in, in camel case whatever `keepCase` says, except for this one field.
 */
function bundledName(field: Pick<Field, "name" | "fullName">): string {
  return field.fullName === "google.protobuf.Any.type_url" ? field.name : lowerCamelCase(field.name);
}

/** The property that holds a oneof (`union`, `virtual`) in a style's message objects. */
export function oneofPropertyName(oneof: Pick<Oneof, "name">, style: MessageStyle): string {
  return safeProperty(styleCase(oneof.name, style), style);
}

/**
 * Setting `__proto__` would change the prototype, and an absent `constructor` or `toString` would read as the one of every
 * object: they get an underscore, the latter only where no existing code knows the property by its name.
 */
function safeProperty(name: string, style: MessageStyle): string {
  if (style.names === "protobuf-es") return /^(constructor|toString|toJSON|valueOf)$/.test(name) ? `${name}$` : name;
  const unsafe = name === "__proto__" || (style.names === "lowerCamel" && name in Object.prototype);
  return unsafe ? `${name}_` : name;
}

function styleCase(name: string, style: MessageStyle): string {
  switch (style.names) {
    case "proto":
      return name;
    case "protobufjs":
      return name.slice(0, 1) + name.slice(1).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    case "lowerCamel":
    case "protobuf-es":
      return lowerCamelCase(name);
    case "ts-proto":
      return tsProtoCase(name);
    default:
      return style.names satisfies never;
  }
}

/** `SHELF_ID` -> `shelfId`, `shelf_Id` -> `shelfId`, `_id` -> `Id`; a name without underscores stays as it is. */
function tsProtoCase(name: string): string {
  if (!name.includes("_")) return name;
  const [first = "", ...rest] = (/[a-z]/.test(name) ? name : name.toLowerCase()).split("_");
  return first + rest.map(capitalize).join("");
}

/** ProtoJSON's rule: an underscore goes and the next character is upper-cased. */
export function lowerCamelCase(name: string): string {
  return name.replace(/_+(.?)/g, (_, next: string) => next.toUpperCase());
}

/** `LibraryService` -> `library-service`, `GetHTTPInfo` -> `get-http-info`, `get_shelf2` -> `get-shelf2`. */
export function kebabCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .replaceAll(/[_.\s]+/g, "-")
    .toLowerCase();
}

/** Kebab case that starts with a letter and names a file on any system: proto names may consist of underscores and digits alone. */
export function fileWord(name: string): string {
  const word = kebabCase(name).replace(/-+/g, "-").replace(/^-|-$/g, "");
  return /^[a-z]/.test(word) && windowsNameProblem(word) === undefined ? word : `x${word}`;
}

/** `LibraryService` -> `libraryService`, `HTTPProxy` -> `httpProxy`. */
export function camelCase(name: string): string {
  const [first = "", ...rest] = kebabCase(name)
    .split("-")
    .filter((word) => word !== "");
  return first + rest.map(capitalize).join("");
}

/** `library-service` -> `LibraryService`. */
export function pascalCase(name: string): string {
  return kebabCase(name).split("-").map(capitalize).join("");
}

function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** The wanted name, or with 2, 3 … behind it where it is taken. */
export function uniqueName(wanted: string, taken: ReadonlySet<string>): string {
  let unique = wanted;
  for (let suffix = 2; taken.has(unique); suffix++) unique = `${wanted}${suffix}`;
  return unique;
}

/**
 * Gives every key a distinct name: the first keeps the wanted one, later ones get 2, 3 … in the order of their keys, so
 * that the result does not depend on the order of declaration.
 */
export function uniqueNames(wanted: ReadonlyMap<string, string>): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const [key, name] of [...wanted].sort(([a], [b]) => compareText(a, b))) {
    const unique = uniqueName(name, taken);
    taken.add(unique);
    names.set(key, unique);
  }
  return names;
}
