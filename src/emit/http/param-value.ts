/** Conversions of the text of a query parameter or a path variable to a value of a message style, as expressions. */
import type { ScalarType, WellKnownType } from "../../model/api-model.js";
import type { EnumPlan } from "../../plan/plan.js";
import { elementReader } from "../json/json-value.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { stringLiteral } from "../print/code-file.js";
import { isTestedBeforeAssignment, nonZeroTest } from "../objects/field-access.js";
import { typeNameMember } from "../objects/initial-value.js";
import {
  type HeldMessage,
  type HeldShape,
  isLong,
  isUnsigned,
  nativeType,
  wrappedScalar,
} from "../objects/native-type.js";
import { paramsModule } from "../objects/modules.js";
import { useRuntime } from "../objects/runtime.js";
import type { RuntimeExport, RuntimeSymbol } from "../objects/runtime-exports.js";

/**
 * The origin of the text. Times have different syntaxes in queries and paths. Before 2.31 integers in a path have any
 * base if the variable is a field of the request itself, `topLevelPath`.
 */
export type TextOrigin = "query" | "path" | "topLevelPath";

/** `parseTheme`: text to a value of the enum. */
export function enumParserName(planned: Pick<EnumPlan, "name">): string {
  return `parse${planned.name}`;
}

/** Tells whether an element can be written as one text. Enums and messages have to be planned for parameters. */
export function hasTextForm(context: EmitContext, shape: HeldShape, origin: TextOrigin): boolean {
  switch (shape.kind) {
    case "scalar":
      return true;
    case "enum":
      return context.index.enum(shape.fullName, context.style).plan.params;
    case "message": {
      const { params, message } = context.index.message(shape.fullName, context.style).plan;
      return params && hasMessageText(context, message.wellKnown, origin);
    }
    default:
      return shape satisfies never;
  }
}

function hasMessageText(context: EmitContext, wellKnown: WellKnownType | undefined, origin: TextOrigin): boolean {
  if (wrappedScalar(wellKnown) !== undefined || wellKnown === "Timestamp" || wellKnown === "Duration") return true;
  if (origin !== "query") return false;
  if (wellKnown === "Empty") return !isOlder(context);
  return wellKnown === "FieldMask" || wellKnown === "Struct" || wellKnown === "Value";
}

function isOlder({ plan }: EmitContext): boolean {
  return plan.rules.gateway === "2.30";
}

/** The expression that parses `text` (an expression of type string) to an element that has a text form. It throws DecodeError. */
export function parseElement(context: EmitContext, shape: HeldShape, text: string, origin: TextOrigin): string {
  switch (shape.kind) {
    case "scalar":
      return parseScalar(context, shape.scalar, text, origin);
    case "enum": {
      const { module, plan } = context.index.enum(shape.fullName, context.style);
      const parse = use(context, paramsModule(context.plan.layout, module), enumParserName(plan));
      return `${parse}(${olderText(context, "int32", text, origin)})`;
    }
    case "message":
      return parseMessage(context, shape, text, origin);
    default:
      return shape satisfies never;
  }
}

/** A scalar in the style: 64-bit integers and bytes in its representation. */
export function parseScalar(context: EmitContext, scalar: ScalarType, text: string, origin: TextOrigin): string {
  if (scalar === "string") return text;
  const parse = useRuntime(context, "parse-scalar", scalarParsers[scalar]);
  const value = `${parse}(${olderText(context, scalar, text, origin)})`;
  if (isLong(scalar)) return asLong(context, scalar, value);
  return scalar === "bytes" ? asBytes(context, value) : value;
}

/** `text` in the spelling of today, where an older grpc-gateway is asked for that took others. */
function olderText(context: EmitContext, scalar: ScalarType, text: string, origin: TextOrigin): string {
  if (!isOlder(context)) return text;
  const respell = (name: RuntimeExport<"older-texts">): string =>
    `${useRuntime(context, "older-texts", name)}(${text})`;
  switch (scalar) {
    case "float":
    case "double":
      return respell("floatText");
    case "bytes":
      return respell("paddedText");
    case "bool":
    case "string":
      return text;
    default:
      return origin === "topLevelPath" ? respell("integerText") : text;
  }
}

const scalarParsers: Readonly<Record<Exclude<ScalarType, "string">, RuntimeExport<"parse-scalar">>> = {
  bool: "parseBool",
  bytes: "parseBytes",
  double: "parseDouble",
  fixed32: "parseUint32",
  fixed64: "parseUint64",
  float: "parseFloat32",
  int32: "parseInt32",
  int64: "parseInt64",
  sfixed32: "parseInt32",
  sfixed64: "parseInt64",
  sint32: "parseInt32",
  sint64: "parseInt64",
  uint32: "parseUint32",
  uint64: "parseUint64",
};

/** `value` is a bigint. */
function asLong(context: EmitContext, scalar: ScalarType, value: string): string {
  switch (context.style.longs) {
    case "BigInt":
      return value;
    case "String":
      return `String(${value})`;
    case "Number":
      return `Number(${value})`;
    case "Long":
      return `${context.file.use("npm:long", "default")}.fromString(String(${value})${isUnsigned(scalar) ? ", true" : ""})`;
    default:
      return context.style.longs satisfies never;
  }
}

/** `value` is a Buffer or another Uint8Array; the result is bytes in the style. */
export function asBytes(context: EmitContext, value: string): string {
  switch (context.style.bytes) {
    case "Uint8Array":
      return `new Uint8Array(${value})`;
    case "Buffer":
      return `Buffer.from(${value})`;
    case "String":
      return `Buffer.from(${value}).toString("base64")`;
    case "Array":
      return `[...${value}]`;
    default:
      return context.style.bytes satisfies never;
  }
}

function parseMessage(context: EmitContext, shape: HeldMessage, text: string, origin: TextOrigin): string {
  const { wellKnown } = context.index.message(shape.fullName, context.style).plan.message;
  const scalar = wrappedScalar(wellKnown);
  if (scalar !== undefined) {
    const value = parseScalar(context, scalar, text, origin);
    return nativeType(context, shape) === undefined ? messageOf(context, shape.fullName, value) : value;
  }
  const runtime = (...symbol: RuntimeSymbol): string => useRuntime(context, ...symbol);
  switch (wellKnown) {
    case "Timestamp":
    case "Duration": {
      const inQuery = wellKnown === "Timestamp" ? "timestampText" : "durationText";
      const unquoted = `${runtime("parse-time", origin === "query" ? inQuery : "unquoted")}(${text})`;
      return `${elementReader(context, shape)}(${unquoted})`;
    }
    case "Empty":
      return `${runtime("param", "emptyText")}(${text}, ${emptyOf(context, shape.fullName)})`;
    case "FieldMask":
      return maskOf(context, shape, `${maskReader(context)}(${text})`);
    case "Struct":
    case "Value":
      return `${elementReader(context, shape)}(${runtime("parse-json", "parseJson")}(${text}))`;
    default:
      throw new Error(`${shape.fullName} has no text form`);
  }
}

/** The function from text to paths. grpc-gateway takes them as they are, which the specification leaves to the JSON mapping. */
export function maskReader(context: EmitContext): string {
  return useRuntime(context, ...maskReaders[context.plan.rules.maskText]);
}

const maskReaders = {
  json: ["field-mask", "readFieldMask"],
  paths: ["parse-time", "maskPaths"],
  everyPath: ["parse-time", "everyMaskPath"],
} as const;

/** A message without fields. */
function emptyOf(context: EmitContext, fullName: string): string {
  const members = typeNameMember(context, fullName);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** A google.protobuf.FieldMask of `paths`, an expression. */
export function maskOf(context: EmitContext, shape: HeldMessage, paths: string): string {
  return nativeType(context, shape) === undefined ? messageOf(context, shape.fullName, paths) : paths;
}

/** A message of one field, such as a wrapper, with this value (an expression). */
function messageOf(context: EmitContext, fullName: string, value: string): string {
  const [field] = context.index.message(fullName, context.style).plan.message.fields;
  if (field === undefined) return "{}";
  if (!isTestedBeforeAssignment(context, field))
    return `{ ${[...typeNameMember(context, fullName), `${field.name}: ${value}`].join(", ")} }`;
  const memberWhere = useRuntime(context, "member-where", "memberWhere");
  return `${memberWhere}(${stringLiteral(field.name)}, ${value}, (value) => ${nonZeroTest(context, field, "value")})`;
}

/** Tells whether the value of an element is a message of one field that its default leaves out: what makes it takes a function. */
export function isTestedMember(context: EmitContext, element: HeldShape): boolean {
  if (element.kind !== "message" || nativeType(context, element) !== undefined) return false;
  const [field] = context.index.message(element.fullName, context.style).plan.message.fields;
  return field !== undefined && isTestedBeforeAssignment(context, field);
}

/** Imports as `CodeFile.use` does; a symbol that the file itself declares keeps its own name. */
export function use(context: EmitContext, module: string, name: string): string {
  return `${module}.ts` === context.file.path ? name : context.file.use(module, name);
}
