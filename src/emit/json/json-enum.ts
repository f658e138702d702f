/** JSON decoder and encoder of an enum: a switch over names and numbers, aliases included. */
import type { Enum, EnumValue } from "../../model/api-model.js";
import type { EnumPlan } from "../names/typescript-plan.js";
import { type Lines, stringLiteral } from "../print/code-file.js";
import { layOutFunction } from "../print/layout.js";
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
    ...layOutFunction(jsonDecoderName(planned), `json: ${json}`, ignores ? [type, "undefined"] : [type]),
    [
      "switch (json) {",
      [
        ...valuesByNumber(declared).flatMap((values) => [
          ...caseLabels(declared, values, jsonNames(values)),
          [`return ${memoryValue(context, values)};`],
        ]),
        "default:",
        [`return ${read}(json);`],
      ],
      "}",
    ],
    "}",
  ];
}

function unknownReader(isClosed: boolean, ignores: boolean): RuntimeExport<"json-read"> {
  if (isClosed) return ignores ? "skipUnknownEnum" : "refuseUnknownEnum";
  return ignores ? "readEnumNumberOrUnknown" : "readEnumNumber";
}

function caseLabels(declared: Enum, values: readonly EnumValue[], names: readonly string[]): string[] {
  const labels = names.map((name) => `case ${stringLiteral(name)}:`);
  if (declared.fullName === "google.protobuf.NullValue") labels.push("case null:");
  return [...labels, `case ${values[0]?.number ?? 0}:`];
}

/** The names that JSON may have for values: those in JSON (edition 2026) and those declared. */
export function jsonNames(values: readonly EnumValue[]): string[] {
  return [...new Set(values.flatMap(({ name, jsonName }) => (jsonName === undefined ? [name] : [name, jsonName])))];
}

/** The JSON of values with one number. */
function printedName([first]: readonly EnumValue[]): string {
  return first?.jsonName ?? first?.name ?? "";
}

function memoryValue(context: EmitContext, values: readonly EnumValue[]): string {
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
      ...layOutFunction(jsonEncoderName(planned), "_value: unknown", ["null"]),
      ["return null;"],
      "}",
    ];
  }
  const asNumber = context.plan.transcoding.enumsAsNumbers;
  const groups = valuesByNumber(declared);
  return [
    `/** The JSON form of ${planned.name}, given as name or number${takesLooseReplies(context) ? "" : "; throws EncodeError for an unknown name"}. */`,
    ...layOutFunction(jsonEncoderName(planned), "value: unknown", asNumber ? ["number"] : ["string", "number"]),
    [
      "switch (value) {",
      [
        ...groups.flatMap((values, index) => [
          ...(index === 0 ? ["case undefined:", "case null:"] : []),
          ...caseLabels(
            declared,
            values,
            values.map(({ name }) => name),
          ),
          [`return ${asNumber ? (values[0]?.number ?? 0) : stringLiteral(printedName(values))};`],
        ]),
        ...unnamedValue(context, planned),
      ],
      "}",
    ],
    "}",
  ];
}

/**
 * The JSON of a value that the enum does not have: a number is printed unchanged; a name is an error or, as for
 * protobufjs, the first value.
 */
function unnamedValue(context: EmitContext, planned: EnumPlan): Lines[] {
  if (!takesLooseReplies(context)) {
    const write = useRuntime(context, "json-write", "writeEnumNumber");
    return ["default:", [`return ${write}(value);`]];
  }
  const number = looseEnumNumber(context, planned.enum);
  return [
    "default: {",
    [`const number = ${number};`, `return number === value ? number : ${jsonEncoderName(planned)}(number);`],
    "}",
  ];
}
