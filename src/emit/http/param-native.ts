/**
 * Query parameters for messages that a style represents as plain values: `withInt64ValueParam(value, param, at)` gives the value in
 * which the field is set that `param.path[at]` names; where there is no name, the parameter is the message itself.
 */
import type { ScalarType } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import type { Lines } from "../print/code-file.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { call, construct, type Expression, list, orElse, spread, literal } from "../print/expression.js";
import { caseOf, declareFunction, defaultCase, returns, switchOn } from "../print/statement.js";
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
  const parameters = [value, `param: ${param}`, "at: number"];
  const result = native.kind === "Value" ? [type, "undefined"] : type;
  return [
    `/** The ${planned.name} that a query parameter makes of the value so far; throws DecodeError. */`,
    ...declareFunction(`export function ${valueSetterName(planned)}`, parameters, result, body.lines),
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
  const parse = (at: string): Expression => parseScalar(context, scalar, valueAt(context, at), "query");
  return switchOver(context, parse("at - 1"), [["value", parse("at")]], scalarZero(context, scalar), false);
}

function timestampBody(context: EmitContext): Body {
  const runtime = (...symbol: RuntimeSymbol): string => useRuntime(context, ...symbol);
  const whole = call(
    runtime("date", "readDate"),
    call(runtime("parse-time", "timestampText"), valueAt(context, "at - 1")),
  );
  const seconds = call("Number", call(runtime("parse-scalar", "parseInt64"), valueAt(context, "at")));
  const nanos = call(runtime("parse-scalar", "parseInt32"), valueAt(context, "at"));
  const fields = [
    ["seconds", call(runtime("date", "withSeconds"), "value", seconds)],
    ["nanos", call(runtime("date", "withNanos"), "value", nanos)],
  ] as const;
  return switchOver(context, whole, fields, construct("Date", "0"), true);
}

function maskBody(context: EmitContext): Body {
  const whole = call(maskReader(context), valueAt(context, "at - 1"));
  const more = call(param(context, "paramValues"), "param", "at");
  const paths = list(spread(orElse("value", list())), spread(more));
  return switchOver(context, whole, [["paths", paths]], list(), true);
}

/** The text at a part of the parameter's path. */
function valueAt(context: EmitContext, at: string): Expression {
  return call(param(context, "paramValue"), "param", at);
}

/** `whole` is the value of the message itself, then come those of its fields; `zero` has nothing set. */
function switchOver(
  context: EmitContext,
  whole: Expression,
  fields: readonly (readonly [name: string, value: Expression])[],
  zero: Expression,
  usesValue: boolean,
): Body {
  const refuses = context.plan.transcoding.unknownFields === "reject";
  const unknown = refuses ? call(param(context, "refuseUnknownParam"), "param", "at") : orElse("value", zero);
  const lines = switchOn("param.path[at]", [
    ...caseOf(["undefined"], [returns(whole)]),
    ...fields.flatMap(([name, value]) => caseOf([literal(name)], [returns(value)])),
    ...defaultCase([returns(unknown)]),
  ]);
  return { lines, usesValue: usesValue || !refuses };
}

/** Struct, Value and ListValue, whose fields hold each other. */
function jsonBody(context: EmitContext, name: "structParam" | "listParam" | "valueParam"): Body {
  const set = useRuntime(context, "struct-param", name);
  const refuse = context.plan.transcoding.unknownFields === "reject" ? [param(context, "refuseUnknownParam")] : [];
  return { lines: [returns(call(set, "value", "param", "at", ...refuse))], usesValue: true };
}

function param(context: EmitContext, name: RuntimeExport<"param">): string {
  return useRuntime(context, "param", name);
}
