/** Emits the codecs of the conformance protos, and a module that finds them by message type. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { namePlan } from "../../src/emit/names/name-plan.js";
import { emitBinaryCodec } from "../../src/emit/binary/binary-codec.js";
import { emitJsonCodec } from "../../src/emit/json/json-codec.js";
import { indexEmission } from "../../src/emit/objects/emit-scope.js";
import { emitMessageTypes } from "../../src/emit/objects/message-types.js";
import {
  binaryDecoderName,
  binaryEncoderName,
  binaryModule,
  jsonDecoderName,
  jsonEncoderName,
  jsonModule,
} from "../../src/emit/objects/modules.js";
import { idiomaticStyle, type MessageStyle } from "../../src/emit/message-style.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import type { Plan } from "../../src/plan/plan.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { conformanceProtos } from "./runner.js";

const protos = [
  "conformance/conformance.proto",
  ...["proto2", "proto3", "edition2023", "proto2_editions", "proto3_editions"].map(
    (name) => `google/protobuf/test_messages_${name}.proto`,
  ),
];

/** Emitted files and the text of the module `codecs:generated`. */
export interface CodecTable {
  readonly files: readonly OutputFile[];
  readonly table: string;
}

/** The protocol's own messages have enums as numbers, those under test in `style`. */
export function emitCodecTable(style: MessageStyle): CodecTable {
  const sources = Object.fromEntries(protos.map((path) => [path, readFileSync(join(conformanceProtos, path), "utf8")]));
  const protocol = planFromProto(sources, { style: { ...idiomaticStyle, enums: "Number" }, outDir: "protocol" });
  const reject = planCodecs(sources, style, "reject");
  const ignore = planCodecs(sources, style, "ignore");
  const table = [...protocolExports(protocol), ...codecExports(reject, ignore), ""];
  return { files: [...emitCodecs(protocol), ...emitCodecs(reject), ...emitCodecs(ignore)], table: table.join("\n") };
}

/**
 * What becomes of unknown members is fixed at generation, so that there is a variant for each of the suite's categories. An Any
 * may hold every type there is.
 */
function planCodecs(
  sources: Readonly<Record<string, string>>,
  style: MessageStyle,
  unknownFields: "reject" | "ignore",
): Plan {
  const transcoding = { unknownFields, emitDefaults: false, profile: "spec" } as const;
  const plan = planFromProto(sources, { style, outDir: unknownFields, transcoding });
  const names = plan.files.flatMap(({ messages }) => messages.map(({ message }) => message.fullName));
  return { ...plan, anyTypes: [...names].sort() };
}

function emitCodecs(plan: Plan): OutputFile[] {
  const scope = indexEmission(plan);
  return [...emitMessageTypes(scope), ...emitJsonCodec(scope), ...emitBinaryCodec(scope)];
}

function protocolExports(plan: Plan): string[] {
  const { layout, modules } = namePlan(plan);
  const names = "decodeConformanceRequestBinary as decodeRequest, encodeConformanceResponseBinary as encodeResponse";
  return modules
    .filter((module) => module.file.package === "conformance")
    .map((module) => `export { ${names} } from "./${binaryModule(layout, module)}.js";`);
}

function codecExports(reject: Plan, ignore: Plan): string[] {
  const targets = namePlan(reject).modules.filter((module) => module.file.target);
  const imports = targets.flatMap((module, index) => [
    `import * as binary${index} from "./${binaryModule(reject.layout, module)}.js";`,
    `import * as json${index} from "./${jsonModule(reject.layout, module)}.js";`,
    `import * as lenient${index} from "./${jsonModule(ignore.layout, module)}.js";`,
  ]);
  const entries = targets.flatMap((module, index) =>
    module.messages.map(
      (plan) => `  ${JSON.stringify(plan.message.fullName)}: {
    decodeBinary: binary${index}.${binaryDecoderName(plan)},
    encodeBinary: binary${index}.${binaryEncoderName(plan)},
    decodeJson: json${index}.${jsonDecoderName(plan)},
    decodeJsonIgnoringUnknown: lenient${index}.${jsonDecoderName(plan)},
    encodeJson: json${index}.${jsonEncoderName(plan)},
  },`,
    ),
  );
  return [...imports, "export const codecs = {", ...entries, "};"];
}
