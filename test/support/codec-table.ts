/** The emitted codecs of whole protos, loaded, by message type. */
import {
  binaryDecoderName,
  binaryEncoderName,
  binaryModule,
  jsonDecoderName,
  jsonEncoderName,
  jsonModule,
  runtimeModule,
} from "../../src/emit/objects/modules.js";
import { namePlan } from "../../src/emit/names/name-plan.js";
import type { decodeJson, JsonDecoder, Trailing } from "../../src/runtime/json/parse-json.js";
import { emitCodecs } from "./emit-json.js";
import { loadEmitted } from "./load-emitted.js";
import { type PlanFromProtoOptions, planFromProto } from "./plan-from-proto.js";

/** The codec of one message; messages are whatever the style makes them. */
export interface LoadedCodec {
  decodeBinary(bytes: Uint8Array): unknown;
  encodeBinary(message: unknown): Uint8Array;
  decodeJson(json: unknown): unknown;
  /** As a generated function reads a body. */
  decodeText(text: string, trailing?: Trailing): unknown;
  encodeJson(message: unknown): string;
}

/** By full name of the message. */
export type CodecTable = ReadonlyMap<string, LoadedCodec>;

/** Emits and loads the codecs of every message of the given files and what they import. */
export async function loadCodecTable(
  files: Readonly<Record<string, string>>,
  options: PlanFromProtoOptions,
): Promise<CodecTable> {
  const plan = planFromProto(files, options);
  const modules = namePlan(plan).modules.filter((module) => module.messages.length > 0);
  const binary = modules.map((module) => binaryModule(plan.layout, module));
  const json = modules.map((module) => jsonModule(plan.layout, module));
  const parser = runtimeModule(plan.layout, "parse-json");
  const loaded = await loadEmitted(emitCodecs(plan), [...binary, ...json, parser]);
  const read = loaded.at(-1)?.decodeJson as typeof decodeJson;
  return new Map(
    modules.flatMap((module, index) =>
      module.messages.map((message): [string, LoadedCodec] => {
        const functions = { ...loaded[index], ...loaded[modules.length + index] };
        const decode = functions[jsonDecoderName(message)] as JsonDecoder<unknown>;
        const codec = {
          decodeBinary: functions[binaryDecoderName(message)],
          encodeBinary: functions[binaryEncoderName(message)],
          decodeJson: decode,
          decodeText: (text: string, trailing?: Trailing) => read(text, decode, trailing),
          encodeJson: functions[jsonEncoderName(message)],
        };
        return [message.message.fullName, codec as LoadedCodec];
      }),
    ),
  );
}
