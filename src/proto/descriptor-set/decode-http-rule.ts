/** The google.api.http option as bytes (google/api/http.proto, extension 72295728) -> HttpRule. */
import type { HttpPattern, HttpRule, Located } from "../descriptor.js";
import type { SourceLocations, SourcePath } from "./source-locations.js";
import { hasField, recordOf, recordsOf, textOf, WireFormatError, type WireRecord } from "./wire-record.js";

const httpExtension = 72295728;
const maxDepth = 100;

/** Field numbers of HttpRule's `pattern` oneof; `custom` (8) is a message. */
const patternFields = new Map<number, Exclude<HttpPattern["kind"], "custom">>([
  [2, "get"],
  [3, "put"],
  [4, "post"],
  [5, "delete"],
  [6, "patch"],
]);
const customField = 8;

/** The place of a rule. */
interface RulePlace {
  readonly locations: SourceLocations;
  readonly path: SourcePath;
}

/** Reads the rule of a method from its MethodOptions; undefined when it has none. */
export function decodeHttpRule(
  options: WireRecord,
  locations: SourceLocations,
  optionsPath: SourcePath,
): HttpRule | undefined {
  if (!hasField(options, httpExtension)) return undefined;
  const place = { locations, path: [...optionsPath, httpExtension] };
  return decodeRule(recordOf(options, httpExtension), place, 0);
}

function decodeRule(rule: WireRecord, place: RulePlace, depth: number): HttpRule {
  if (depth > maxDepth) throw new WireFormatError("additional_bindings nested too deep");
  const selector = locatedText(rule, 1, place);
  const pattern = decodePattern(rule, place);
  const body = locatedText(rule, 7, place);
  const responseBody = locatedText(rule, 12, place);
  return {
    ...(selector === undefined ? {} : { selector }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(body === undefined ? {} : { body }),
    ...(responseBody === undefined ? {} : { responseBody }),
    additionalBindings: recordsOf(rule, 11).map((binding, index) =>
      decodeRule(binding, { ...place, path: [...place.path, 11, index] }, depth + 1),
    ),
    span: place.locations.spanOf(place.path),
  };
}

/** The empty string is the default of these fields: as if not set. */
function locatedText(rule: WireRecord, number: number, place: RulePlace): Located<string> | undefined {
  const value = textOf(rule, number) ?? "";
  return value === "" ? undefined : { value, span: place.locations.spanOf([...place.path, number]) };
}

/** The member that was set last wins, as in every oneof. */
function decodePattern(rule: WireRecord, place: RulePlace): HttpPattern | undefined {
  const number = rule.numbers.filter((each) => patternFields.has(each) || each === customField).at(-1);
  if (number === undefined) return undefined;
  const span = place.locations.spanOf([...place.path, number]);
  const kind = patternFields.get(number);
  if (kind !== undefined) {
    return { kind, httpMethod: kind.toUpperCase(), path: { value: textOf(rule, number) ?? "", span } };
  }
  const custom = recordOf(rule, customField);
  const pathSpan = place.locations.spanOf([...place.path, customField, 2]);
  return {
    kind: "custom",
    httpMethod: textOf(custom, 1) ?? "",
    path: { value: textOf(custom, 2) ?? "", span: pathSpan },
  };
}
