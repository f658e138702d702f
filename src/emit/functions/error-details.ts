/** `error-details.ts`: what handlers put into the details of errors. User code imports it; a bundler drops what is not called. */
import type { OutputFile } from "../../output/output-tree.js";
import type { ModulePlan, Plan } from "../../plan/plan.js";
import type { PlannedMessage } from "../../plan/plan-index.js";
import { createCodeFile, type Lines, stringLiteral } from "../print/code-file.js";
import { generatedBanner } from "../objects/generated-module.js";
import { hasOwnForm } from "../json/json-any.js";
import { binaryDecoderName, binaryModule, jsonEncoderName, jsonModule, runtimeModule } from "../objects/modules.js";
import type { RuntimeModule } from "../objects/runtime-paths.js";

/** The module without extension, as imports name it. */
export function errorDetailsModule({ layout }: Pick<Plan, "layout">): string {
  return `${layout.outDir}/error-details`;
}

/** One file: the functions for google.rpc's details, and the one for packed messages, which knows the API's own types. */
export function emitErrorDetails(plan: Plan): OutputFile[] {
  const path = `${errorDetailsModule(plan)}.ts`;
  const types = detailTypes(plan);
  const exports = ['export * from "./runtime/error-details.js";'];
  if (types.length === 0) exports.push('export { packedDetail } from "./runtime/grpc-js/status-details.js";');
  const file = createCodeFile(path, generatedBanner(""), ["packedDetail"]);
  file.print(...exports);
  if (types.length === 0) return [{ path, content: file.toString(), ownership: "generated" }];
  const use = (module: RuntimeModule, name: string): string => file.use(runtimeModule(plan.layout, module), name);
  const print = use("status-details", "printDetail");
  const packed = file.useType(runtimeModule(plan.layout, "status-details"), "PackedMessage");
  const detail = file.useType(runtimeModule(plan.layout, "status"), "ErrorDetail");
  const typeOfUrl = use("any", "typeOfUrl");
  const cases = types.flatMap(({ module, plan: type }): Lines[] => {
    const encode = file.use(jsonModule(plan.layout, module), jsonEncoderName(type));
    const decode = file.use(binaryModule(plan.layout, module), binaryDecoderName(type));
    const json = `JSON.parse(${encode}(${decode}(value)))`;
    const members = hasOwnForm(type.message) ? `{ value: ${json} }` : json;
    return [`case ${stringLiteral(type.message.fullName)}:`, [`return ${members};`]];
  });
  file.print(
    "",
    "/**",
    " * A packed message (google.protobuf.Any, as any library has it) as a detail of an `RpcError`: types of google.rpc and those that the",
    " * configuration's anyTypes names with their fields, others with their bytes.",
    " */",
    `export function packedDetail(packed: ${packed}): ${detail} {`,
    [
      `return ${print}(packed, (typeUrl, value) => {`,
      [`switch (${typeOfUrl}(typeUrl)) {`, [...cases, "default:", ["return undefined;"]], "}"],
      "});",
    ],
    "}",
  );
  return [{ path, content: file.toString(), ownership: "generated" }];
}

/** By name, in the first style. */
function detailTypes(plan: Plan): PlannedMessage[] {
  const has = (name: string): boolean => plan.detailTypes.includes(name);
  const all = plan.modules.flatMap((module: ModulePlan) =>
    module.messages
      .filter(({ message, encodeJson, decodeBinary }) => has(message.fullName) && encodeJson && decodeBinary)
      .map((message) => ({ module, plan: message })),
  );
  return plan.detailTypes.flatMap((name) => all.find((type) => type.plan.message.fullName === name) ?? []);
}
