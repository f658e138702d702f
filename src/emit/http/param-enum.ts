/** The function that reads an enum value of a query parameter or a path variable: `parseTheme(text)`. */
import type { EnumValue } from "../../model/api-model.js";
import type { EnumPlan } from "../names/typescript-plan.js";
import { type Lines, stringLiteral, wrapList } from "../print/code-file.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { enumParserName } from "./param-value.js";
import { elementType } from "../objects/type-text.js";
import { useRuntime } from "../objects/runtime.js";
import { enumLiteral } from "../objects/value-form.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/** Emits the parser of an enum: by name, or by the number of a value that exists. An alias becomes the first name of its number, as in JSON. */
export function enumParser(context: EmitContext, planned: EnumPlan): Lines[] {
  const type = elementType(context, { kind: "enum", fullName: planned.enum.fullName, closed: planned.enum.closed });
  const runtime = (name: RuntimeExport<"parse-scalar">): string => useRuntime(context, "parse-scalar", name);
  const { values } = planned.enum;
  const named = (number: number): EnumValue | undefined => values.find((value) => value.number === number);
  const byNumber = values.filter((value) => named(value.number) === value);
  const literal = (value: EnumValue): string => enumLiteral(context, named(value.number) ?? value);
  const isText = (value: EnumValue): boolean => literal(value) === stringLiteral(value.name);
  const texts = values.filter(isText).map(({ name }) => `case ${stringLiteral(name)}:`);
  const others = [
    ...values.filter((value) => !isText(value)).map((value) => ({ value, text: value.name })),
    ...values.flatMap((value) =>
      value.jsonName === undefined || value.jsonName === value.name ? [] : [{ value, text: value.jsonName }],
    ),
  ];
  const names = [
    ...(texts.length === 0 ? [] : [...texts, ["return text;"]]),
    ...others.flatMap(({ value, text }) => [`case ${stringLiteral(text)}:`, [`return ${literal(value)};`]]),
  ];
  return [
    `/** Reads a ${planned.name} from text, by name or number; throws DecodeError. */`,
    ...wrapList(`export function ${enumParserName(planned)}(`, ["text: string"], `): ${type} {`),
    ["switch (text) {", names, "}"],
    [
      `switch (${runtime("enumNumber")}(text)) {`,
      [
        ...byNumber.flatMap((value) => [`case ${value.number}:`, [`return ${literal(value)};`]]),
        "default:",
        [`return ${runtime("refuseEnum")}(text);`],
      ],
      "}",
    ],
    "}",
  ];
}
