/** .proto text -> Plan by the stages of the tool, for tests that emit more than the services ask for. */
import { idiomaticStyle, type MessageStyle, protoLoaderDefaults } from "../../src/emit/message-style.js";
import type { FilePlan, Plan, TranscodingOptions } from "../../src/plan/plan.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import type { PlanOptions, ServiceOptions } from "../../src/plan/plan-options.js";
import { styleKey } from "../../src/plan/style-options.js";
import { indexModel } from "../../src/model/model-index.js";
import { resolvableTypes } from "../../src/plan/codecs/any-types.js";
import { createMessageGraph } from "../../src/plan/codecs/reachable.js";
import { collectRequests } from "../../src/plan/rpcs/client-streaming.js";
import { modelFromProto } from "./model-from-proto.js";
import { planOptions } from "./plan-options.js";

/** What differs from the tool's defaults. */
export interface PlanFromProtoOptions {
  readonly style?: MessageStyle;
  readonly transcoding?: Partial<TranscodingOptions>;
  readonly outDir?: string;
  /** Methods without a rule; default: left out. */
  readonly unboundMethods?: "report" | "bind";
  /** Settings of the tool that these tests are about. */
  readonly plan?: Partial<
    Pick<
      PlanOptions,
      "anyTypes" | "dependencies" | "deployment" | "interceptors" | "customization" | "methodOptions" | "proxy"
    >
  >;
  /** By service full name, beside `grpcJs`. */
  readonly services?: Readonly<Record<string, ServiceOptions>>;
  /** Service full names served by a grpc-js object, with the module and the export. */
  readonly grpcJs?: Readonly<
    Record<string, { readonly module: string; readonly exportName: string; readonly messages?: MessageStyle }>
  >;
}

/**
 * Plans files by import path (or the text of `test.proto`), every one a target. In `style` every declared message has every codec,
 * and an Any may hold every message that is linked; a service's own style has what the tool plans.
 */
export function planFromProto(
  files: Readonly<Record<string, string>> | string,
  options: PlanFromProtoOptions = {},
): Plan {
  const sources = typeof files === "string" ? { "test.proto": files } : files;
  const { style = idiomaticStyle, unboundMethods = "report", outDir = "gen" } = options;
  const defaults = planOptions();
  const settings = planOptions({
    ...options.plan,
    messages: style,
    layout: { ...defaults.layout, outDir },
    transcoding: { ...defaults.transcoding, ...options.transcoding },
    serviceOptions: new Map([
      ...Object.entries(options.services ?? {}),
      ...Object.entries(options.grpcJs ?? {}).map(
        ([name, { messages = protoLoaderDefaults, ...grpcJs }]): [string, ServiceOptions] => [
          name,
          { ...options.services?.[name], grpcJs, messages },
        ],
      ),
    ]),
  });
  const httpBodies = settings.transcoding.behaviour?.httpBodyRequests;
  const model = modelFromProto(sources, {
    unboundMethods,
    collectRequests: collectRequests(settings),
    profile: settings.transcoding.profile,
    ...(httpBodies === undefined ? {} : { httpBodies }),
  });
  const { plan } = planGeneration(model, settings);
  const planned = plan.files.map((file) => (styleKey(file.style) === styleKey(style) ? forceAll(file) : file));
  return {
    ...plan,
    files: planned,
    anyTypes: resolvableTypes(createMessageGraph(indexModel(model)), settings.anyTypes),
  };
}

const everyCodec = {
  decodeJson: true,
  encodeJson: true,
  buildJson: true,
  decodeBinary: true,
  encodeBinary: true,
  params: true,
};

function forceAll(file: FilePlan): FilePlan {
  const { buildJson, decodeBinary, encodeBinary, ...ofEnums } = everyCodec;
  return {
    ...file,
    messages: file.messages.map((message) => ({ ...message, ...everyCodec })),
    enums: file.enums.map((declared) => ({ ...declared, ...ofEnums })),
  };
}
