/** Features after inheritance: https://protobuf.dev/editions/features/ */
import type { Edition, FeatureOverrides } from "./descriptor.js";

/** The overrides of a declaration that sets no features: one object, so that it can be compared by identity. */
export const noFeatures: FeatureOverrides = {};

/** A value for every feature. */
export type EffectiveFeatures = Required<FeatureOverrides>;

const proto2: EffectiveFeatures = {
  fieldPresence: "explicit",
  enumType: "closed",
  repeatedFieldEncoding: "expanded",
  utf8Validation: "none",
  messageEncoding: "length_prefixed",
  jsonFormat: "legacy_best_effort",
};

const proto3: EffectiveFeatures = {
  fieldPresence: "implicit",
  enumType: "open",
  repeatedFieldEncoding: "packed",
  utf8Validation: "verify",
  messageEncoding: "length_prefixed",
  jsonFormat: "allow",
};

const edition2023: EffectiveFeatures = { ...proto3, fieldPresence: "explicit" };

/** The features of a file that sets none. */
export function editionFeatures(edition: Edition): EffectiveFeatures {
  switch (edition) {
    case "proto2":
      return proto2;
    case "proto3":
      return proto3;
    case "2023":
    case "2024":
    case "2026":
      return edition2023;
  }
}

/** The features inside a declaration. */
export function inheritFeatures(outer: EffectiveFeatures, own: FeatureOverrides): EffectiveFeatures {
  return own === noFeatures ? outer : { ...outer, ...own };
}
