/** Emits how enum values are read and written by a binary codec: names in the message, numbers on the wire. */
import type { Enum, EnumValue, Message } from "../../model/api-model.js";
import type { EnumPlan, ModulePlan } from "../names/typescript-plan.js";
import type { MessageStyle } from "../message-style.js";
import { readerType } from "./binary-frame.js";
import { readName, testName, writeName } from "./binary-names.js";
import { readerFunction, writerFunction } from "./binary-scalar.js";
import { writerType } from "./binary-write.js";
import type { Lines } from "../print/code-file.js";
import { binary, call, type Expression, literal, typeOf } from "../print/expression.js";
import { caseOf, constant, declareFunction, defaultCase, returns, run, switchOn } from "../print/statement.js";
import type { EmitContext, EmitScope } from "../objects/emit-scope.js";
import { looseEnumNumber } from "../objects/loose-enum.js";
import { viewInStyle } from "../objects/message-view.js";
import { elementType } from "../objects/type-text.js";
import { useRuntimeType } from "../objects/runtime.js";
import { namesEnums, takesLooseReplies } from "../objects/value-form.js";

/** Full names of the enums that binary codecs of one style read and write. */
export interface EnumUse {
  readonly read: ReadonlySet<string>;
  readonly written: ReadonlySet<string>;
}

/** Finds the enums that the fields of planned messages have, over the modules of one style. */
export function findEnumUse(scope: EmitScope, style: MessageStyle): EnumUse {
  const modules = scope.plan.modules.filter((module) => module.style === style);
  const read = new Set<string>();
  const written = new Set<string>();
  for (const module of modules)
    for (const plan of module.messages)
      for (const fullName of enumsOf(scope, plan.message, module)) {
        if (plan.decodeBinary) read.add(fullName);
        if (plan.encodeBinary) written.add(fullName);
      }
  return { read, written };
}

function enumsOf(scope: EmitScope, message: Message, module: ModulePlan): string[] {
  return viewInStyle(scope, message, module.style).fields.flatMap(({ element }) =>
    element.kind === "enum" ? [element.fullName] : [],
  );
}

/** The functions that codecs need for one enum, each with an empty line in front. */
export function emitEnumCodec(context: EmitContext, plan: EnumPlan, use: EnumUse): Lines[] {
  const { fullName, closed } = plan.enum;
  const isRead = use.read.has(fullName);
  return [
    ...(isRead && namesEnums(context) ? ["", ...enumReader(context, plan)] : []),
    ...(isRead && closed ? ["", ...enumTest(context, plan)] : []),
    ...(use.written.has(fullName) ? ["", ...enumWriter(context, plan)] : []),
  ];
}

function enumReader(context: EmitContext, plan: EnumPlan): Lines[] {
  const type = enumType(context, plan);
  const cases = canonicalValues(plan.enum).flatMap(({ name, number }) =>
    caseOf([`${number}`], [returns(literal(name))]),
  );
  return declareFunction(
    `export function ${readName(plan.name)}`,
    [`reader: ${readerType(context)}`],
    plan.enum.closed ? [type, "number"] : type,
    [
      constant("value", call(readerFunction(context, "readInt32"), "reader")),
      ...switchOn("value", [...cases, ...defaultCase([returns("value")])]),
    ],
  );
}

/** The first name of every number. */
function canonicalValues({ values }: Enum): EnumValue[] {
  const numbers = new Set<number>();
  return values.filter(({ number }) => !numbers.has(number) && numbers.add(number));
}

function enumTest(context: EmitContext, plan: EnumPlan): Lines[] {
  const type = enumType(context, plan);
  const numbers = canonicalValues(plan.enum).map(({ number }) => `${number}`);
  const test = namesEnums(context)
    ? [returns(binary(typeOf("value"), "===", literal("string")))]
    : switchOn("value", [...caseOf(numbers, [returns("true")]), ...defaultCase([returns("false")])]);
  const parameters = [`value: ${type} | number`];
  return declareFunction(`export function ${testName(plan.name)}`, parameters, `value is ${type}`, test);
}

function enumWriter(context: EmitContext, plan: EnumPlan): Lines[] {
  const write = writerFunction(context, "writeInt32");
  const isLoose = takesLooseReplies(context);
  const number = isLoose ? looseEnumNumber(context, plan.enum) : call(writerFunction(context, "enumNumber"), "value");
  const writeNumber = (value: Expression): Expression => call(write, "writer", value);
  const type = isLoose ? useRuntimeType(context, "binary-writer", "ScalarLike") : enumType(context, plan);
  const cases = plan.enum.values.flatMap((value) =>
    caseOf([literal(value.name)], [returns(writeNumber(`${value.number}`))]),
  );
  const body =
    namesEnums(context) || isLoose
      ? switchOn("value", [...cases, ...defaultCase([returns(writeNumber(number))])])
      : [run(writeNumber(number))];
  const parameters = [`writer: ${writerType(context)}`, `value: ${type}`];
  return declareFunction(`export function ${writeName(plan.name)}`, parameters, "void", body);
}

function enumType(context: EmitContext, plan: EnumPlan): string {
  return elementType(context, { kind: "enum", fullName: plan.enum.fullName, closed: plan.enum.closed });
}
