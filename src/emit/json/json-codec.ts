/**
 * The JSON codec of a plan: `<module>.json.ts` with `decodeX(json: JsonInput): X`, `encodeX(message: X): string`
 * and `jsonOfX(message: X): JsonValue` for every message and enum that something reachable reads or writes.
 */
import type { EnumPlan, MessagePlan, ModulePlan } from "../names/typescript-plan.js";
import type { Lines, EmittedFile } from "../print/code-file.js";
import { call, callMethod, type Expression } from "../print/expression.js";
import { declareFunction, returns } from "../print/statement.js";
import { finishModule, startModule } from "../objects/generated-module.js";
import { emitAnyTypes } from "./any-table.js";
import { countsMembers, messageDecoder } from "./json-decode.js";
import { jsonBuilder, textEncoder } from "./json-encode.js";
import { enumDecoder, enumEncoder } from "./json-enum.js";
import { wellKnownDecoder } from "./json-well-known.js";
import type { EmitContext, EmitScope } from "../objects/emit-scope.js";
import { jsonBuilderName, jsonDecoderName, jsonEncoderName, jsonModule, longModule } from "../objects/modules.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";
import { hasLongObjects, longClass } from "../objects/value-form.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/** One module per planned module with something to read or write, `any-types.ts`, and `long.ts` where a style has Longs. */
export function emitJsonCodec(scope: EmitScope): EmittedFile[] {
  const modules = scope.plan.modules.filter((module) => [...module.messages, ...module.enums].some(hasCodec));
  const longs = modules.find(hasLongObjects);
  const files = [...modules.map((module) => emitModule(scope, module)), ...emitAnyTypes(scope.plan)];
  return longs === undefined ? files : [...files, emitLongModule(scope, longs)];
}

function hasCodec(planned: MessagePlan | EnumPlan): boolean {
  return planned.decodeJson || planned.encodeJson || ("buildJson" in planned && planned.buildJson);
}

function emitModule(scope: EmitScope, module: ModulePlan): EmittedFile {
  const path = jsonModule(scope.plan.layout, module);
  const context = startModule(scope, module.style, path, module.file.path, declaredNames(module));
  if (module.messages.some((planned) => planned.decodeJson && countsMembers(context, planned)))
    context.file.print(...countingComment, "");
  for (const planned of module.messages) {
    if (planned.decodeJson) context.file.printAll([...decoder(context, planned), ""]);
    if (planned.encodeJson) context.file.printAll([...textEncoder(context, planned), ""]);
    if (planned.buildJson) context.file.printAll([...jsonBuilder(context, planned), ""]);
  }
  for (const planned of module.enums) {
    if (planned.decodeJson) context.file.printAll([...enumDecoder(context, planned), ""]);
    if (planned.encodeJson) context.file.printAll([...enumEncoder(context, planned), ""]);
  }
  return finishModule(context);
}

/** The names that the module declares, including those of locals: they would shadow an import of the same name. */
function declaredNames(module: ModulePlan): string[] {
  const functions = [...module.messages, ...module.enums].flatMap((planned) => [
    ...(planned.decodeJson ? [jsonDecoderName(planned)] : []),
    ...(planned.encodeJson ? [jsonEncoderName(planned)] : []),
    ...("buildJson" in planned && planned.buildJson ? [jsonBuilderName(planned)] : []),
  ]);
  const locals = [
    "json",
    "object",
    "message",
    "key",
    "value",
    "error",
    "decoded",
    "seconds",
    "nanos",
    "number",
    "typeUrl",
    "packAny",
    "packed",
  ];
  return [...functions, ...locals];
}

/** The purpose of a call that stands in every decoder, said once for a file. */
const countingComment = [
  "// countMember adds up the fewest characters that the JSON of each member can have. Only a longer text can hold a member",
  "// twice, of which JSON.parse drops one; runtime/json/parse-json.ts reads such a text again, exactly.",
];

function decoder(context: EmitContext, planned: MessagePlan): Lines[] {
  const { wellKnown } = planned.message;
  return wellKnown === undefined ? messageDecoder(context, planned) : wellKnownDecoder(context, planned, wellKnown);
}

function emitLongModule(scope: EmitScope, module: ModulePlan): EmittedFile {
  const path = longModule(scope.plan.layout);
  const context = startModule(scope, module.style, path, "", ["readLong", "readUnsignedLong", "json"]);
  const json = useRuntimeType(context, "json", "JsonInput");
  const long = longClass(context);
  const parameters = [`json: ${json}`];
  const longOf = (name: RuntimeExport<"json-read">, ...more: readonly Expression[]): Lines[] => {
    const text = call(useRuntime(context, "json-read", name), "json");
    return [returns(callMethod(long, "fromString", text, ...more))];
  };
  context.file.print(
    "/** int64, sint64 and sfixed64 as a Long. */",
    ...declareFunction("export function readLong", parameters, long, longOf("readInt64String")),
    "",
    "/** uint64 and fixed64 as a Long. */",
    ...declareFunction("export function readUnsignedLong", parameters, long, longOf("readUint64String", "true")),
  );
  return finishModule(context);
}
