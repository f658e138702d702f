/** The function that reads an enum value of a query parameter or a path variable: `parseTheme(text)`. */
import type { EnumValue } from "../../model/api-model.js";
import type { EnumPlan } from "../names/typescript-plan.js";
import type { Lines } from "../print/code-file.js";
import { call, literal } from "../print/expression.js";
import { caseOf, declareFunction, defaultCase, returns, switchOn } from "../print/statement.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { enumParserName } from "./param-value.js";
import { elementType } from "../objects/type-text.js";
import { useRuntime } from "../objects/runtime.js";
import { enumLiteral, namesEnums } from "../objects/value-form.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/** Emits the parser of an enum: by name, or by the number of a value that exists. An alias becomes the first name of its number, as in JSON. */
export function enumParser(context: EmitContext, planned: EnumPlan): Lines[] {
  const type = elementType(context, { kind: "enum", fullName: planned.enum.fullName, closed: planned.enum.closed });
  const runtime = (name: RuntimeExport<"parse-scalar">): string => useRuntime(context, "parse-scalar", name);
  const { values } = planned.enum;
  const firsts = new Map([...values].reverse().map((value) => [value.number, value]));
  const named = (number: number): EnumValue | undefined => firsts.get(number);
  const byNumber = values.filter((value) => named(value.number) === value);
  const result = (value: EnumValue): Lines[] => [returns(enumLiteral(context, named(value.number) ?? value))];
  const isText = (value: EnumValue): boolean =>
    namesEnums(context) && (named(value.number) ?? value).name === value.name;
  const texts = values.filter(isText).map(({ name }) => literal(name));
  const others = [
    ...values.filter((value) => !isText(value)).map((value) => ({ value, text: value.name })),
    ...values.flatMap((value) =>
      value.jsonName === undefined || value.jsonName === value.name ? [] : [{ value, text: value.jsonName }],
    ),
  ];
  const names = [
    ...(texts.length === 0 ? [] : caseOf(texts, [returns("text")])),
    ...others.flatMap(({ value, text }) => caseOf([literal(text)], result(value))),
  ];
  return [
    `/** Reads a ${planned.name} from text, by name or number; throws DecodeError. */`,
    ...declareFunction(`export function ${enumParserName(planned)}`, ["text: string"], type, [
      ...switchOn("text", names),
      ...switchOn(call(runtime("enumNumber"), "text"), [
        ...byNumber.flatMap((value) => caseOf([`${value.number}`], result(value))),
        ...defaultCase([returns(call(runtime("refuseEnum"), "text"))]),
      ]),
    ]),
  ];
}
