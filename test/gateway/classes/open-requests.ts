import type { DifferenceClass } from "./difference-class.js";
import {
  bodyOf,
  ourMessage,
  parametersOf,
  pathOf,
  queryOf,
  ranHereOnly,
  ranThereOnly,
  sent,
  theirMessage,
} from "./matters.js";

const open = { kind: "open" } as const;

/** A fault that is known by the text of an error. */
function refusedHere(id: string, area: string, what: string, message: RegExp): DifferenceClass {
  return {
    id,
    area,
    gateway: `takes ${what}`,
    product: "refuses it",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) => ranThereOnly(difference) && message.test(ourMessage(difference)),
    },
  };
}

/** The same of a mistake that only the gateway looks at. */
function refusedThere(id: string, area: string, what: string, message: RegExp): DifferenceClass {
  return {
    id,
    area,
    gateway: `refuses ${what}`,
    product: "takes it",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) => ranHereOnly(difference) && message.test(theirMessage(difference)),
    },
  };
}

/** In the order of the table. */
export const openRequestClasses: readonly DifferenceClass[] = [
  refusedHere(
    "query-malformed",
    "Query",
    "a malformed query where no field could be in it",
    /^invalid (semicolon|URL escape)/,
  ),
  refusedHere(
    "query-not-utf8",
    "Query",
    "bytes that are not UTF-8 in a parameter that no field has",
    /^invalid UTF-8 in query/,
  ),
  refusedHere("json-unknown-twice", "Bodies", "unknown members that come twice", /twice in one object/),
  refusedHere("base64-line-breaks", "Bodies", "base64 with line breaks", /expected base64 text.*\\[rn]/),
  refusedHere("base64-padding", "Query", "base64 without padding (2.32)", /padded base64/),
  refusedHere("any-members-without-type", "Any", "members without @type", /with @type, found none/),
  refusedHere("any-url-without-slash", "Any", "a type URL without a slash", /expected a type URL such as/),
  refusedHere("any-empty-without-value", "Any", "an Empty without a value", /expected a value, found nothing/),
  refusedHere("map-key-zeros", "Bodies", "map keys with zeros or a sign in front", /\["[-+]?0*\d*"\]: expected/),
  refusedHere(
    "query-below-well-known",
    "Query",
    "unknown fields below a well-known type",
    /^query parameter ".*": expected a (message|map|field)/,
  ),
  refusedHere(
    "empty-body-of-wrapper",
    "Bodies",
    "an empty body for a well-known type",
    /expected .*found (an object|nothing)/,
  ),
  refusedHere("depth", "Limits", "JSON nested 100 deep and deeper", /less deeply nested/),
  refusedHere("query-empty-message", "Query", "a google.protobuf.Empty (2.31)", /^query parameter/),
  refusedThere("query-two-spellings", "Query", "two spellings of one field (2.32)", /^duplicate field/),
  refusedThere("query-not-a-map", "Query", "brackets on a field that is no map (2.33)", /is not a map$/),
  refusedThere(
    "query-float-spellings",
    "Query",
    "hexadecimal floats and other spellings of infinity (2.33)",
    /invalid syntax|type mismatch/,
  ),
  {
    id: "form-with-charset",
    area: "Forms",
    gateway: "2.33: a form with a charset is a form; 2.30: not",
    product: "not",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        /^application\/x-www-form-urlencoded;/.test(sent(difference, "content-type").at(-1) ?? "") &&
        ((difference.theirs.status === 501) !== (difference.ours.status === 501) ||
          difference.aspects.includes("call")),
    },
  },
  {
    id: "bare-verb",
    area: "Paths",
    gateway: "2.33: goes on behind `/:verb`",
    product: "404",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) => /\/:[^/]*$/.test(pathOf(difference)) && difference.ours.status === 404,
    },
  },
  {
    id: "patch-empty-objects",
    area: "PATCH",
    gateway: "2.33: an empty Struct has a path; 2.30: {} has an empty path",
    product: "neither",
    state: open,
    explanation: {
      kind: "outcome",
      holds: ({ request }) => request.method === "PATCH",
      aspects: ["request", "body", "status", "headers"],
    },
  },
  {
    id: "empty-mask",
    area: "Query",
    gateway: "2.33: `update_mask=` has no path",
    product: "an empty one",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        JSON.stringify([difference.theirs.calls, difference.ours.calls]).includes('paths:[\\"\\"') ||
        /mask/i.test(parametersOf(difference)),
      aspects: ["request", "body", "status", "headers"],
    },
  },
  {
    id: "empty-body-of-a-field",
    area: "Bodies",
    gateway: "an empty body sets the field",
    product: "not for well-known types",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) => bodyOf(difference).trim() === "" && difference.binding.body !== "",
      aspects: ["request", "body", "status"],
    },
  },
  {
    id: "query-parent-of-path",
    area: "Query",
    gateway: "a parameter that names the parent of a path variable is ignored",
    product: "replaces it",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        queryOf(difference) !== "" &&
        difference.binding.parts.some((part) => part.kind === "variable" && part.path.includes(".")),
      aspects: ["request", "body", "status", "call"],
    },
  },
];
