/** The properties of message objects, as each message style names them. */
import type { Field, Oneof } from "../../model/api-model.js";
import type { MessageStyle } from "../message-style.js";

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
  return first + rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
}

/** ProtoJSON's rule: an underscore goes and the next character is upper-cased. */
export function lowerCamelCase(name: string): string {
  return name.replace(/_+(.?)/g, (_, next: string) => next.toUpperCase());
}
