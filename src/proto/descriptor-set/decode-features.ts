/** google.protobuf.FeatureSet as bytes -> FeatureOverrides. */
import type { FeatureOverrides } from "../descriptor.js";
import { integerOf, type WireRecord } from "./wire-record.js";

const fieldPresence = [undefined, "explicit", "implicit", "legacy_required"] as const;
const enumType = [undefined, "open", "closed"] as const;
const repeatedFieldEncoding = [undefined, "packed", "expanded"] as const;
const utf8Validation = [undefined, undefined, "verify", "none"] as const;
const messageEncoding = [undefined, "length_prefixed", "delimited"] as const;
const jsonFormat = [undefined, "allow", "legacy_best_effort"] as const;

/** Reads the features that a declaration sets itself; unknown values count as not set. */
export function decodeFeatures(features: WireRecord): FeatureOverrides {
  return {
    ...present("fieldPresence", fieldPresence[integerOf(features, 1) ?? 0]),
    ...present("enumType", enumType[integerOf(features, 2) ?? 0]),
    ...present("repeatedFieldEncoding", repeatedFieldEncoding[integerOf(features, 3) ?? 0]),
    ...present("utf8Validation", utf8Validation[integerOf(features, 4) ?? 0]),
    ...present("messageEncoding", messageEncoding[integerOf(features, 5) ?? 0]),
    ...present("jsonFormat", jsonFormat[integerOf(features, 6) ?? 0]),
  };
}

/** `{ [key]: value }`, or nothing for an absent value: optional properties are absent, never undefined. */
function present<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
