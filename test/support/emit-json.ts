/** Emits and loads the codecs of a small proto, for tests that run them. */
import { emitBinaryCodec } from "../../src/emit/binary/binary-codec.js";
import { emitJsonCodec } from "../../src/emit/json/json-codec.js";
import { indexEmission } from "../../src/emit/objects/emit-scope.js";
import { emitMessageTypes } from "../../src/emit/objects/message-types.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import type { Plan } from "../../src/plan/plan.js";
import { type EmittedModule, loadEmitted } from "./load-emitted.js";
import { type PlanFromProtoOptions, planFromProto } from "./plan-from-proto.js";

/** Types, JSON and binary codecs of a plan. */
export function emitCodecs(plan: Plan): OutputFile[] {
  const scope = indexEmission(plan);
  return [...emitMessageTypes(scope), ...emitJsonCodec(scope), ...emitBinaryCodec(scope)];
}

/** The JSON module of `test.proto` with this text, and what parses and counts in the runtime that it uses. */
export async function loadJsonCodec(proto: string, options: PlanFromProtoOptions = {}): Promise<EmittedModule> {
  const files = emitCodecs(planFromProto({ "test.proto": proto }, options));
  const modules = ["gen/test.json", "gen/runtime/json/parse-json", "gen/runtime/json/json-length"];
  return Object.assign({}, ...(await loadEmitted(files, modules)));
}
