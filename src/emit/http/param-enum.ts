/** The function that reads an enum value of a query parameter or a path variable: `parseTheme(text)`. */
import type { EnumPlan } from "../../plan/plan.js";
import { type Lines, stringLiteral, wrapList } from "../print/code-file.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { enumParserName } from "./param-value.js";
import { elementType } from "../objects/type-text.js";
import { useRuntime } from "../objects/runtime.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/** Emits the parser of an enum: by name, or by the number of a value that exists. */
export function enumParser(context: EmitContext, planned: EnumPlan): Lines[] {
  const type = elementType(context, { kind: "enum", fullName: planned.enum.fullName, closed: planned.enum.closed });
  const runtime = (name: RuntimeExport<"parse-scalar">): string => useRuntime(context, "parse-scalar", name);
  const { values } = planned.enum;
  const byNumber = values.filter((value, index) => values.findIndex(({ number }) => number === value.number) === index);
  const literal = (value: { readonly name: string; readonly number: number }): string =>
    context.style.enums === "String" ? stringLiteral(value.name) : String(value.number);
  const names =
    context.style.enums === "String"
      ? [...values.map(({ name }) => `case ${stringLiteral(name)}:`), ["return text;"]]
      : values.flatMap((value) => [`case ${stringLiteral(value.name)}:`, [`return ${literal(value)};`]]);
  const renamed = values.flatMap((value) =>
    value.jsonName === undefined || value.jsonName === value.name
      ? []
      : [`case ${stringLiteral(value.jsonName)}:`, [`return ${literal(value)};`]],
  );
  return [
    `/** Reads a ${planned.name} from text, by name or number; throws DecodeError. */`,
    ...wrapList(`export function ${enumParserName(planned)}(`, ["text: string"], `): ${type} {`),
    ["switch (text) {", [...names, ...renamed], "}"],
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
