/** The path of each kind of emitted module, root-relative and without extension, and the names of its functions. */
import { type RuntimeModule, runtimePaths } from "./runtime-paths.js";
import type { Layout } from "../../plan/plan.js";
import type { MessagePlan, ModulePlan } from "../names/typescript-plan.js";

/** Interfaces and enums of one .proto file: `gen/acme/library/v1/library`. */
export function typesModule(layout: Layout, module: ModulePlan): string {
  return `${layout.outDir}/${module.path}`;
}

/** JSON codec: `decodeShelf(json)`, `encodeShelf(message)`. */
export function jsonModule(layout: Layout, module: ModulePlan): string {
  return `${layout.outDir}/${module.path}.json`;
}

/** Binary codec: `decodeShelfBinary(bytes)`, `encodeShelfBinary(message)`. */
export function binaryModule(layout: Layout, module: ModulePlan): string {
  return `${layout.outDir}/${module.path}.binary`;
}

/** Query parameters and path variables to messages: `setShelfParam(message, param, at)`. */
export function paramsModule(layout: Layout, module: ModulePlan): string {
  return `${layout.outDir}/${module.path}.params`;
}

/** Update masks of PATCH bodies: `addShelfPaths(json, prefix, paths)`. */
export function maskModule(layout: Layout, module: ModulePlan): string {
  return `${layout.outDir}/${module.path}.mask`;
}

/** The HTTP bindings of the services of one .proto file: `libraryServiceGetShelf`. */
export function httpModule(layout: Layout, modulePath: string): string {
  return `${layout.outDir}/${modulePath}.http`;
}

/** A module of the copied runtime: `gen/runtime/calls/unary`. */
export function runtimeModule(layout: Layout, name: RuntimeModule): string {
  return `${layout.outDir}/runtime/${runtimePaths[name]}`;
}

/** The messages that an Any may hold: `anyTypes`. */
export function anyTypesModule(layout: Layout): string {
  return `${layout.outDir}/any-types`;
}

/** The API's profile where single behaviours differ from the runtime's: `profile`. */
export function profileModule(layout: Layout): string {
  return `${layout.outDir}/profile`;
}

/** Readers of Longs for JSON decoders, emitted if a style has them: `readLong`, `readUnsignedLong`. */
export function longModule(layout: Layout): string {
  return `${layout.outDir}/long`;
}

/** `decodeShelf`: JsonValue to message; throws the runtime's DecodeError. */
export function jsonDecoderName(message: Pick<MessagePlan, "name">): string {
  return `decode${message.name}`;
}

/** `encodeShelf`: message to JSON text, or an enum value to its JSON. */
export function jsonEncoderName(message: Pick<MessagePlan, "name">): string {
  return `encode${message.name}`;
}

/** `jsonOfShelf`: message to a part of what JSON.stringify prints. */
export function jsonBuilderName(message: Pick<MessagePlan, "name">): string {
  return `jsonOf${message.name}`;
}

/** `decodeShelfBinary`: Uint8Array to message. */
export function binaryDecoderName(message: Pick<MessagePlan, "name">): string {
  return `decode${message.name}Binary`;
}

/** `encodeShelfBinary`: message to Uint8Array. */
export function binaryEncoderName(message: Pick<MessagePlan, "name">): string {
  return `encode${message.name}Binary`;
}
