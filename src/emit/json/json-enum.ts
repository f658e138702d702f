/** JSON decoder and encoder of an enum: a switch over names and numbers, aliases included. */
import type { Enum, EnumValue } from "../../model/api-model.js";
import type { EnumPlan } from "../names/typescript-plan.js";
import type { Lines } from "../print/code-file.js";
import { binary, call, conditional, type Expression, literal } from "../print/expression.js";
import { block, caseOf, constant, declareFunction, defaultCase, returns, switchOn } from "../print/statement.js";
import { isClosedInJson } from "../objects/closed-enum.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { looseEnumNumber } from "../objects/loose-enum.js";
import { elementType } from "../objects/type-text.js";
import { jsonDecoderName, jsonEncoderName } from "../objects/modules.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";
import { enumLiteral, takesLooseReplies } from "../objects/value-form.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/** `export function decodeTheme(json: JsonInput): Theme | undefined`; never undefined when unknown names are refused. */
export function enumDecoder(context: EmitContext, planned: EnumPlan): Lines[] {
  const { enum: declared } = planned;
  const type = elementType(context, { kind: "enum", fullName: declared.fullName, closed: declared.closed });
  const json = useRuntimeType(context, "json", "JsonInput");
  const ignores = context.plan.transcoding.unknownFields === "ignore";
  const read = useRuntime(context, "json-read", unknownReader(isClosedInJson(context, declared), ignores));
  return [
    `/** Reads ${planned.name} from a name or number${ignores ? "; an unknown name gives undefined" : ""}. */`,
    ...declareFunction(
      `export function ${jsonDecoderName(planned)}`,
      [`json: ${json}`],
      ignores ? [type, "undefined"] : type,
      switchOn("json", [
        ...valuesByNumber(declared).flatMap((values) =>
          caseOf(caseLabels(declared, values, jsonNames(values)), [returns(memoryValue(context, values))]),
        ),
        ...defaultCase([returns(call(read, "json"))]),
      ]),
    ),
  ];
}

function unknownReader(isClosed: boolean, ignores: boolean): RuntimeExport<"json-read"> {
  if (isClosed) return ignores ? "skipUnknownEnum" : "refuseUnknownEnum";
  return ignores ? "readEnumNumberOrUnknown" : "readEnumNumber";
}

function caseLabels(declared: Enum, values: readonly EnumValue[], names: readonly string[]): Expression[] {
  const labels = names.map(literal);
  if (declared.fullName === "google.protobuf.NullValue") labels.push("null");
  return [...labels, `${values[0]?.number ?? 0}`];
}

/** The names that JSON may have for values: those in JSON (edition 2026) and those declared. */
export function jsonNames(values: readonly EnumValue[]): string[] {
  return [...new Set(values.flatMap(({ name, jsonName }) => (jsonName === undefined ? [name] : [name, jsonName])))];
}

/** The JSON of values with one number. */
function printedName([first]: readonly EnumValue[]): string {
  return first?.jsonName ?? first?.name ?? "";
}

function memoryValue(context: EmitContext, values: readonly EnumValue[]): Expression {
  return enumLiteral(context, values[0] ?? { name: "", number: 0 });
}

/** The values of each number, the first declared first, in order of declaration. */
function valuesByNumber(declared: Enum): readonly (readonly EnumValue[])[] {
  const groups = new Map<number, EnumValue[]>();
  for (const value of declared.values) groups.set(value.number, [...(groups.get(value.number) ?? []), value]);
  return [...groups.values()];
}

/** `export function encodeTheme(value: unknown): string | number`; undefined and null are the first value. */
export function enumEncoder(context: EmitContext, planned: EnumPlan): Lines[] {
  const { enum: declared } = planned;
  const isNull = declared.fullName === "google.protobuf.NullValue";
  if (isNull) {
    return [
      "/** The JSON form of NullValue. */",
      ...declareFunction(`export function ${jsonEncoderName(planned)}`, ["_value: unknown"], "null", [returns("null")]),
    ];
  }
  const asNumber = context.plan.transcoding.enumsAsNumbers;
  const groups = valuesByNumber(declared);
  return [
    `/** The JSON form of ${planned.name}, given as name or number${takesLooseReplies(context) ? "" : "; throws EncodeError for an unknown name"}. */`,
    ...declareFunction(
      `export function ${jsonEncoderName(planned)}`,
      ["value: unknown"],
      asNumber ? "number" : ["string", "number"],
      switchOn("value", [
        ...groups.flatMap((values, index) => {
          const names = values.map(({ name }) => name);
          const absent = index === 0 ? ["undefined", "null"] : [];
          const printed = asNumber ? `${values[0]?.number ?? 0}` : literal(printedName(values));
          return caseOf([...absent, ...caseLabels(declared, values, names)], [returns(printed)]);
        }),
        ...unnamedValue(context, planned),
      ]),
    ),
  ];
}

/**
 * The JSON of a value that the enum does not have: a number is printed unchanged; a name is an error or, as for
 * protobufjs, the first value.
 */
function unnamedValue(context: EmitContext, planned: EnumPlan): Lines[] {
  if (!takesLooseReplies(context)) {
    const write = useRuntime(context, "json-write", "writeEnumNumber");
    return defaultCase([returns(call(write, "value"))]);
  }
  const printed = call(jsonEncoderName(planned), "number");
  return block("default:", [
    constant("number", looseEnumNumber(context, planned.enum)),
    returns(conditional(binary("number", "===", "value"), "number", printed)),
  ]);
}
