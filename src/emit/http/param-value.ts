/** Conversions of the text of a query parameter or a path variable to a value of a message style. */
import type { ScalarType, WellKnownType } from "../../model/api-model.js";
import { wellKnownFacts, wellKnownType } from "../../model/well-known-types.js";
import type { EnumPlan } from "../names/typescript-plan.js";
import { elementReader } from "../json/json-value.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { nonZeroTest } from "../objects/field-access.js";
import { typeNameMember } from "../objects/initial-value.js";
import { viewNamed } from "../objects/message-view.js";
import { paramsModule } from "../objects/modules.js";
import { type HeldMessage, type HeldShape, isLong, nativeElement } from "../objects/native-type.js";
import { useRuntime } from "../objects/runtime.js";
import type { RuntimeExport, RuntimeSymbol } from "../objects/runtime-exports.js";
import { bytesInStyle, longOfBigInt } from "../objects/value-form.js";
import { arrow, call, entry, type Expression, object, literal } from "../print/expression.js";

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
  const facts = wellKnownFacts(wellKnown);
  if (facts === undefined || origin !== "query") return facts?.inPath === true;
  return facts.inQuery === "always" || (facts.inQuery === "newer" && !isOlder(context));
}

function isOlder({ plan }: EmitContext): boolean {
  return plan.rules.gateway === "2.30";
}

/** Parses `text` (of type string) to an element that has a text form. The emitted code throws DecodeError. */
export function parseElement(context: EmitContext, shape: HeldShape, text: Expression, origin: TextOrigin): Expression {
  switch (shape.kind) {
    case "scalar":
      return parseScalar(context, shape.scalar, text, origin);
    case "enum": {
      const { module, plan } = context.index.enum(shape.fullName, context.style);
      const parse = use(context, paramsModule(context.plan.layout, module), enumParserName(plan));
      return call(parse, olderText(context, "int32", text, origin));
    }
    case "message":
      return parseMessage(context, shape, text, origin);
    default:
      return shape satisfies never;
  }
}

/** A scalar in the style: 64-bit integers and bytes in its representation. */
export function parseScalar(
  context: EmitContext,
  scalar: ScalarType,
  text: Expression,
  origin: TextOrigin,
): Expression {
  if (scalar === "string") return text;
  const parse = useRuntime(context, "parse-scalar", scalarParsers[scalar]);
  const value = call(parse, olderText(context, scalar, text, origin));
  if (isLong(scalar)) return longOfBigInt(context, scalar, value);
  return scalar === "bytes" ? bytesInStyle(context, value, true) : value;
}

/** `text` in the spelling of today, where an older grpc-gateway is asked for that took others. */
function olderText(context: EmitContext, scalar: ScalarType, text: Expression, origin: TextOrigin): Expression {
  if (!isOlder(context)) return text;
  const respell = (name: RuntimeExport<"older-texts">): Expression =>
    call(useRuntime(context, "older-texts", name), text);
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

/** The runtime functions from text to a scalar. */
export const scalarParsers: Readonly<Record<Exclude<ScalarType, "string">, RuntimeExport<"parse-scalar">>> = {
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

function parseMessage(context: EmitContext, shape: HeldMessage, text: Expression, origin: TextOrigin): Expression {
  const wellKnown = wellKnownType(shape.fullName);
  const { json, wraps } = wellKnownFacts(wellKnown) ?? { json: "packed" };
  const runtime = (...symbol: RuntimeSymbol): string => useRuntime(context, ...symbol);
  switch (json) {
    case "scalar": {
      const value = parseScalar(context, wraps ?? "string", text, origin);
      return nativeElement(shape, context.style) === undefined ? messageOf(context, shape.fullName, value) : value;
    }
    case "time": {
      const inQuery = wellKnown === "Timestamp" ? "timestampText" : "durationText";
      const unquoted = call(runtime("parse-time", origin === "query" ? inQuery : "unquoted"), text);
      return call(elementReader(context, shape), unquoted);
    }
    case "fields":
      return call(runtime("param", "emptyText"), text, object(...typeNameMember(context, shape.fullName)));
    case "mask":
      return maskOf(context, shape, call(maskReader(context), text));
    case "struct":
    case "value":
      return call(elementReader(context, shape), call(runtime("parse-json", "parseJson"), text));
    case "packed":
    case "list":
      throw new Error(`${shape.fullName} has no text form`);
    default:
      return json satisfies never;
  }
}

/** The name of the function from text to paths. grpc-gateway takes them as they are, which the specification leaves to the JSON mapping. */
export function maskReader(context: EmitContext): string {
  return useRuntime(context, ...maskReaders[context.plan.rules.maskText]);
}

const maskReaders = {
  json: ["field-mask", "readFieldMask"],
  paths: ["parse-time", "maskPaths"],
  everyPath: ["parse-time", "everyMaskPath"],
} as const;

/** A google.protobuf.FieldMask of `paths`. */
export function maskOf(context: EmitContext, shape: HeldMessage, paths: Expression): Expression {
  return nativeElement(shape, context.style) === undefined ? messageOf(context, shape.fullName, paths) : paths;
}

/** A message of one field, such as a wrapper, with this value. */
function messageOf(context: EmitContext, fullName: string, value: Expression): Expression {
  const [view] = viewNamed(context, fullName).fields;
  if (view === undefined) return object();
  const { name, shape } = view.field;
  if (!view.leavesOutZero) return object(...typeNameMember(context, fullName), entry(name, value));
  const memberWhere = useRuntime(context, "member-where", "memberWhere");
  return call(memberWhere, literal(name), value, arrow("value", nonZeroTest(context, shape, "value")));
}

/** Tells whether the value of an element is a message of one field that its default leaves out: what makes it takes a function. */
export function isTestedMember(context: EmitContext, element: HeldShape): boolean {
  if (element.kind !== "message" || nativeElement(element, context.style) !== undefined) return false;
  return viewNamed(context, element.fullName).fields[0]?.leavesOutZero === true;
}

/** Imports as `CodeFile.use` does; a symbol that the file itself declares keeps its own name. */
export function use(context: EmitContext, module: string, name: string): string {
  return `${module}.ts` === context.file.path ? name : context.file.use(module, name);
}
