/**
 * Query parameters for messages that a style represents as plain values: `withInt64ValueParam(value, param, at)` gives the value in
 * which the field is set that `param.path[at]` names; where there is no name, the parameter is the message itself.
 */
import type { ScalarType } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import { type Lines, wrapList } from "../print/code-file.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { fitLines } from "../print/fit-lines.js";
import { scalarZero } from "../objects/initial-value.js";
import type { NativeForm } from "../objects/native-type.js";
import { maskReader, parseScalar } from "./param-value.js";
import { nativeTypeText } from "../objects/type-text.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";
import type { RuntimeExport, RuntimeSymbol } from "../objects/runtime-exports.js";

/** `withInt64ValueParam`. */
export function valueSetterName(planned: Pick<MessagePlan, "name">): string {
  return `with${planned.name}Param`;
}

/** The function. It may get undefined for a value that is not set; of a google.protobuf.Value, it may give it back. */
export function valueSetter(context: EmitContext, planned: MessagePlan, native: NativeForm): Lines[] {
  const type = nativeTypeText(context, native);
  const param = useRuntimeType(context, "param", "Param");
  const body = bodyOf(context, native);
  const value = `${body.usesValue ? "value" : "_value"}: ${type} | undefined`;
  const head = `export function ${valueSetterName(planned)}(`;
  const result = native.kind === "Value" ? `${type} | undefined` : type;
  return [
    `/** The ${planned.name} that a query parameter makes of the value so far; throws DecodeError. */`,
    ...wrapList(head, [value, `param: ${param}`, "at: number"], `): ${result} {`),
    ...fitLines([body.lines], 0),
    "}",
  ];
}

interface Body {
  readonly lines: Lines[];
  readonly usesValue: boolean;
}

function bodyOf(context: EmitContext, native: NativeForm): Body {
  switch (native.kind) {
    case "scalar":
      return wrapperBody(context, native.scalar);
    case "Timestamp":
      return timestampBody(context);
    case "FieldMask":
      return maskBody(context);
    case "Struct":
      return jsonBody(context, "structParam");
    case "ListValue":
      return jsonBody(context, "listParam");
    case "Value":
      return jsonBody(context, "valueParam");
    default:
      return native satisfies never;
  }
}

function wrapperBody(context: EmitContext, scalar: ScalarType): Body {
  const parse = (at: string): string =>
    parseScalar(context, scalar, `${param(context, "paramValue")}(param, ${at})`, "query");
  return switchOver(context, parse("at - 1"), [["value", parse("at")]], scalarZero(context, scalar), false);
}

function timestampBody(context: EmitContext): Body {
  const runtime = (...symbol: RuntimeSymbol): string => useRuntime(context, ...symbol);
  const text = (at: string): string => `${param(context, "paramValue")}(param, ${at})`;
  const whole = `${runtime("date", "readDate")}(${runtime("parse-time", "timestampText")}(${text("at - 1")}))`;
  const seconds = `Number(${runtime("parse-scalar", "parseInt64")}(${text("at")}))`;
  const nanos = `${runtime("parse-scalar", "parseInt32")}(${text("at")})`;
  const fields = [
    ["seconds", `${runtime("date", "withSeconds")}(value, ${seconds})`],
    ["nanos", `${runtime("date", "withNanos")}(value, ${nanos})`],
  ] as const;
  return switchOver(context, whole, fields, "new Date(0)", true);
}

function maskBody(context: EmitContext): Body {
  const whole = `${maskReader(context)}(${param(context, "paramValue")}(param, at - 1))`;
  const paths = `[...(value ?? []), ...${param(context, "paramValues")}(param, at)]`;
  return switchOver(context, whole, [["paths", paths]], "[]", true);
}

/** `whole` is the value of the message itself, then come those of its fields, all expressions; `zero` has nothing set. */
function switchOver(
  context: EmitContext,
  whole: string,
  fields: readonly (readonly [name: string, value: string])[],
  zero: string,
  usesValue: boolean,
): Body {
  const refuses = context.plan.transcoding.unknownFields === "reject";
  const unknown = refuses ? `${param(context, "refuseUnknownParam")}(param, at)` : `value ?? ${zero}`;
  const cases = fields.flatMap(([name, value]): Lines[] => [`case "${name}":`, [`return ${value};`]]);
  const lines = [
    "switch (param.path[at]) {",
    ["case undefined:", [`return ${whole};`], ...cases, "default:", [`return ${unknown};`]],
    "}",
  ];
  return { lines, usesValue: usesValue || !refuses };
}

/** Struct, Value and ListValue, whose fields hold each other. */
function jsonBody(context: EmitContext, name: "structParam" | "listParam" | "valueParam"): Body {
  const set = useRuntime(context, "struct-param", name);
  const refuse = context.plan.transcoding.unknownFields === "reject" ? [param(context, "refuseUnknownParam")] : [];
  return { lines: [`return ${set}(${["value", "param", "at", ...refuse].join(", ")});`], usesValue: true };
}

function param(context: EmitContext, name: RuntimeExport<"param">): string {
  return useRuntime(context, "param", name);
}
