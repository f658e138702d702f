/** Editions features with every blank filled in: https://protobuf.dev/editions/features/ */
import type { Edition, FeatureOverrides } from "../proto/descriptor.js";

/** What holds for one declaration. */
export type Features = Required<FeatureOverrides>;

const proto2: Features = {
  fieldPresence: "explicit",
  enumType: "closed",
  repeatedFieldEncoding: "expanded",
  messageEncoding: "length_prefixed",
  jsonFormat: "legacy_best_effort",
  utf8Validation: "none",
};

const proto3: Features = {
  fieldPresence: "implicit",
  enumType: "open",
  repeatedFieldEncoding: "packed",
  messageEncoding: "length_prefixed",
  jsonFormat: "allow",
  utf8Validation: "verify",
};

const editions: Features = { ...proto3, fieldPresence: "explicit" };

/** What a file has before it says anything. */
export function defaultFeatures(edition: Edition): Features {
  switch (edition) {
    case "proto2":
      return proto2;
    case "proto3":
      return proto3;
    case "2023":
    case "2024":
    case "2026":
      return editions;
  }
}

/** What a declaration has: its own features over those of the declaration around it. */
export function inheritFeatures(outer: Features, own: FeatureOverrides): Features {
  // Almost no declaration has any, and there are hundreds of thousands of declarations.
  for (const _ in own) return { ...outer, ...own };
  return outer;
}
