/** The options this tool understands, taken from their interpreted form. */

import type { Span } from "../../diagnostics.js";
import type { FeatureOverrides, HttpPattern, HttpRule, Located, OperationInfo } from "../descriptor.js";
import { noFeatures } from "../effective-features.js";
import { type InterpretedMessage, lastValueOf, messageOf } from "./interpreted-option.js";

const httpRule = "google.api.HttpRule";
const featureSet = "google.protobuf.FeatureSet";
const verbs = ["get", "put", "post", "delete", "patch"] as const;

/** The google.api.http option of a method; undefined when it has none. */
export function readHttpOption(options: InterpretedMessage): HttpRule | undefined {
  const field = options.fields.get("google.api.http");
  const rule = messageOf(options, "google.api.http");
  return field === undefined || rule === undefined ? undefined : readHttpRule(rule, field.span);
}

function readHttpRule(rule: InterpretedMessage, span: Span): HttpRule {
  const selector = readText(rule, `${httpRule}.selector`);
  const pattern = readPattern(rule);
  const body = readText(rule, `${httpRule}.body`);
  const responseBody = readText(rule, `${httpRule}.response_body`);
  const bindings = rule.fields.get(`${httpRule}.additional_bindings`)?.values ?? [];
  return {
    ...(selector === undefined ? {} : { selector }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(body === undefined ? {} : { body }),
    ...(responseBody === undefined ? {} : { responseBody }),
    additionalBindings: bindings.flatMap((binding) =>
      binding.kind === "message" ? [readHttpRule(binding.message, binding.span)] : [],
    ),
    span,
  };
}

/** The empty string is the default of these fields: as if not set. */
function readText(message: InterpretedMessage, fullName: string): Located<string> | undefined {
  const value = lastValueOf(message, fullName);
  return value?.kind === "text" && value.text !== "" ? { value: value.text, span: value.span } : undefined;
}

function readPattern(rule: InterpretedMessage): HttpPattern | undefined {
  for (const kind of verbs) {
    const value = lastValueOf(rule, `${httpRule}.${kind}`);
    if (value?.kind !== "text") continue;
    return { kind, httpMethod: kind.toUpperCase(), path: { value: value.text, span: value.span } };
  }
  const custom = lastValueOf(rule, `${httpRule}.custom`);
  if (custom?.kind !== "message") return undefined;
  const path = readText(custom.message, "google.api.CustomHttpPattern.path") ?? { value: "", span: custom.span };
  const httpMethod = readText(custom.message, "google.api.CustomHttpPattern.kind")?.value ?? "";
  return { kind: "custom", httpMethod, path };
}

/** The pb.enumvalue.json option of an enum value: its name in JSON, which may be ""; undefined when it has none. */
export function readEnumJsonName(options: InterpretedMessage): string | undefined {
  const json = messageOf(options, "pb.enumvalue.json");
  const name = json === undefined ? undefined : lastValueOf(json, "pb.enumvalue.JsonEnumValueOptions.string");
  return name?.kind === "text" ? name.text : undefined;
}

/** The google.longrunning.operation_info option of a method; undefined when it names no type. */
export function readOperationInfo(options: InterpretedMessage): OperationInfo | undefined {
  const info = messageOf(options, "google.longrunning.operation_info");
  if (info === undefined) return undefined;
  const responseType = readText(info, "google.longrunning.OperationInfo.response_type")?.value;
  const metadataType = readText(info, "google.longrunning.OperationInfo.metadata_type")?.value;
  if (responseType === undefined && metadataType === undefined) return undefined;
  return {
    ...(responseType === undefined ? {} : { responseType }),
    ...(metadataType === undefined ? {} : { metadataType }),
  };
}

/** The features that a declaration sets itself. `field` is the full name of the `features` field of its options. */
export function readFeatures(options: InterpretedMessage, field: string): FeatureOverrides {
  const features = messageOf(options, field);
  if (features === undefined) return noFeatures;
  return {
    ...readFeature(features, "field_presence", "fieldPresence", ["explicit", "implicit", "legacy_required"]),
    ...readFeature(features, "enum_type", "enumType", ["open", "closed"]),
    ...readFeature(features, "repeated_field_encoding", "repeatedFieldEncoding", ["packed", "expanded"]),
    ...readFeature(features, "utf8_validation", "utf8Validation", ["verify", "none"]),
    ...readFeature(features, "message_encoding", "messageEncoding", ["length_prefixed", "delimited"]),
    ...readFeature(features, "json_format", "jsonFormat", ["allow", "legacy_best_effort"]),
  };
}

function readFeature<K extends keyof FeatureOverrides>(
  features: InterpretedMessage,
  name: string,
  key: K,
  known: readonly NonNullable<FeatureOverrides[K]>[],
): Pick<FeatureOverrides, K> | undefined {
  const value = lastValueOf(features, `${featureSet}.${name}`);
  if (value?.kind !== "enum") return undefined;
  const found = known.find((each) => each === value.name.toLowerCase());
  return found === undefined ? undefined : ({ [key]: found } as Pick<FeatureOverrides, K>);
}
