/** `error-details.ts`: what handlers put into the details of errors. User code imports it; a bundler drops what is not called. */
import type { Plan } from "../../plan/plan.js";
import { type CodeFile, createCodeFile, type Lines, type EmittedFile } from "../print/code-file.js";
import { generatedBanner } from "../objects/generated-module.js";
import { anyTypesModule } from "../objects/modules.js";
import { arrow, call } from "../print/expression.js";
import { declareFunction, returns } from "../print/statement.js";
import { exportRuntime, useRuntime, useRuntimeType } from "../objects/runtime.js";

/** The module without extension, as imports name it. */
export function errorDetailsModule({ layout }: Pick<Plan, "layout">): string {
  return `${layout.outDir}/error-details`;
}

/** One file: the functions for google.rpc's details, and the one for packed messages, which knows the API's own types. */
export function emitErrorDetails(plan: Plan): EmittedFile[] {
  const path = `${errorDetailsModule(plan)}.ts`;
  const file = createCodeFile(path, generatedBanner(""), ["packedDetail"]);
  exportRuntime({ file, plan }, "error-details", "*");
  if (plan.anyTypes.length === 0) exportRuntime({ file, plan }, "status-details", "packedDetail");
  else file.print("", ...packedDetailFunction(plan, file));
  return [file.finish()];
}

function packedDetailFunction(plan: Plan, file: CodeFile): Lines[] {
  const packed = useRuntimeType({ file, plan }, "status-details", "PackedMessage");
  const detail = useRuntimeType({ file, plan }, "status", "ErrorDetail");
  const print = useRuntime({ file, plan }, "status-details", "printDetail");
  const content = useRuntime({ file, plan }, "print-any", "printDetailContent");
  const types = file.use(anyTypesModule(plan.layout), "anyTypes");
  return [
    "/**",
    " * A packed message (google.protobuf.Any, as any library has it) as a detail of an `RpcError`: types of google.rpc and those that an Any",
    " * may hold (anyTypes) with their fields, others with their bytes.",
    " */",
    ...declareFunction("export function packedDetail", [`packed: ${packed}`], detail, [
      returns(call(print, "packed", arrow("typeUrl, value", call(content, types, "typeUrl", "value")))),
    ]),
  ];
}
