/** The names of functions in a binary codec module, and references to those of another module. */
import type { MessagePlan, ModulePlan } from "../names/typescript-plan.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { binaryModule } from "../objects/modules.js";
import type { NativeForm } from "../objects/native-type.js";
import type { RuntimeSymbol } from "../objects/runtime-exports.js";

/** `readShelf(reader, end, into?)`; for an enum `readTheme(reader)`. */
export function readName(name: string): string {
  return `read${separated(name)}`;
}

/** `writeShelf(writer, message)`; for an enum `writeTheme(writer, value)`. */
export function writeName(name: string): string {
  return `write${separated(name)}`;
}

/** `readInt64ValueBare`: the wrapped value alone. */
export function readBareName(name: string): string {
  return `${readName(name)}Bare`;
}

/** `writeInt64ValueBare`: a wrapper around the value. */
export function writeBareName(name: string): string {
  return `${writeName(name)}Bare`;
}

/** The functions of the runtime that read and write a plain value; undefined for wrappers, which have emitted functions. */
export function nativeBinary(
  native: NativeForm,
): { readonly read: RuntimeSymbol; readonly write: RuntimeSymbol } | undefined {
  switch (native.kind) {
    case "scalar":
      return undefined;
    case "Struct":
      return { read: ["struct-binary", "readStruct"], write: ["struct-binary", "writeStruct"] };
    case "Value":
      return { read: ["struct-binary", "readValue"], write: ["struct-binary", "writeValue"] };
    case "ListValue":
      return { read: ["struct-binary", "readListValue"], write: ["struct-binary", "writeListValue"] };
    case "Timestamp":
      return { read: ["date-binary", "readTimestamp"], write: ["date-binary", "writeTimestamp"] };
    case "FieldMask":
      return { read: ["date-binary", "readFieldMask"], write: ["date-binary", "writeFieldMask"] };
    default:
      return native satisfies never;
  }
}

/** `isTheme(value)`, for closed enums. */
export function testName(name: string): string {
  return `is${separated(name)}`;
}

/** `readShelf_labelsEntry(reader, message)`: a field name and a nested message's cannot be equal, so neither can these. */
export function readEntryName(message: Pick<MessagePlan, "name">, fieldName: string): string {
  return `${readName(message.name)}_${fieldName}Entry`;
}

/** `clearShelf_kind(message, kept)`: a oneof and a message in it cannot have one name, so neither can these. */
export function clearName(message: Pick<MessagePlan, "name">, oneofName: string): string {
  return `clear${separated(message.name)}_${oneofName}`;
}

/** A message named `r` must not make `writer`, which is a parameter. */
function separated(name: string): string {
  return /^[a-z]/.test(name) ? `_${name}` : name;
}

/** The local name of a function that the binary codec of `module` exports. */
export function binaryFunction(context: EmitContext, module: ModulePlan, name: string): string {
  const declaring = binaryModule(context.plan.layout, module);
  return `${declaring}.ts` === context.file.path ? name : context.file.use(declaring, name);
}
