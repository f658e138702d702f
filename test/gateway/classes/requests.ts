import { bodyField } from "../requests/api.js";
import type { DifferenceClass } from "./difference-class.js";
import {
  bodyOf,
  isForm,
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
export const requestClasses: readonly DifferenceClass[] = [
  {
    id: "malformed-path",
    area: "Paths",
    gateway: "a path with a malformed escape is `400 Bad Request` in plain text, from Go's HTTP server",
    product: "the same status with a google.rpc.Status in JSON",
    state: { kind: "stands", reason: "one form of errors for every client" },
    example: { set: "library", rpc: "LibraryService.GetShelf", target: "/v1/shelves/%zz" },
    explanation: {
      kind: "outcome",
      holds: ({ theirs, ours }) =>
        theirs.contentType?.startsWith("text/plain") === true && theirs.status === 400 && ours.status === 400,
    },
  },
  {
    id: "path-not-utf8",
    area: "Paths",
    gateway: "takes a path whose bytes are not UTF-8, until it reaches a string: then 500 or 404",
    product: "400",
    state: { kind: "stands", reason: "the mistake is the client's" },
    example: { set: "library", rpc: "LibraryService.GetShelf", target: "/v1/shelves/%FF" },
    explanation: { kind: "outcome", holds: (difference) => /text that is not UTF-8/.test(ourMessage(difference)) },
  },
  {
    id: "query-brackets-in-brackets",
    area: "Query",
    gateway: "finds the key of a map by the first `[` and the last `]`, in a name that is decoded",
    product: "the key ends with the parameter's name",
    state: { kind: "stands", reason: "a key that has a bracket in it comes through" },
    example: { set: "vectors", rpc: "Vectors.Echo", target: "/v1/echo?map_string_string[a[b]=x" },
    explanation: {
      kind: "outcome",
      holds: (difference) => /\[[^\]=&]*[[]|\]\[/.test(parametersOf(difference)),
    },
  },
  {
    id: "query-not-utf8-in-a-string",
    area: "Query",
    gateway: "500: the message cannot be marshaled",
    product: "400",
    state: { kind: "stands", reason: "the mistake is the client's" },
    example: { set: "library", rpc: "LibraryService.ListShelves", target: "/v1/shelves?page_token=caf%E9" },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        /contains invalid UTF-8/.test(theirMessage(difference)) && /UTF-8/.test(ourMessage(difference)),
    },
  },
  {
    id: "body-field-as-proto-json",
    area: "Bodies",
    gateway:
      "a `body` that is no message is read by encoding/json: names of enums, 64-bit integers in strings and URL-safe base64 are refused, null and fractions taken in places",
    product: "proto JSON, as in a whole message",
    state: {
      kind: "stands",
      reason: "clients write the proto JSON of the field; what gateway refuses there is a fault of it",
    },
    example: {
      set: "vectors",
      rpc: "Vectors.Echo",
      method: "POST",
      target: "/v1/body/enum",
      body: '"RED"',
    },
    explanation: {
      kind: "outcome",
      holds: (difference) => {
        const field = bodyField(difference.binding);
        if (field === undefined || field.fieldKind === "message") return false;
        const isGo = /symbolic enum|json: cannot unmarshal|illegal base64|strconv|invalid syntax|proto: /;
        return (
          (ranHereOnly(difference) && isGo.test(theirMessage(difference))) ||
          (ranThereOnly(difference) && /expected/.test(ourMessage(difference)))
        );
      },
    },
  },
  {
    id: "form-for-get-by-chance",
    area: "Forms",
    versions: ["2.30"],
    gateway: "a form that stands for a GET is found or not, by the order of a Go map",
    product: "found, as 2.33 does",
    state: { kind: "stands", reason: "upstream has come to it" },
    noExample: "the gateway does not do it every time",
    explanation: {
      kind: "outcome",
      holds: (difference) => difference.theirs.status === 501 && isForm(difference),
    },
  },
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
  refusedHere("time-leniency", "Bodies", "times that RFC 3339 has not", /expected an RFC 3339 time/),
  refusedHere("duration-leniency", "Bodies", "durations such as 1.s", /expected (seconds such as|a duration)/),
  refusedHere("query-empty-message", "Query", "a google.protobuf.Empty (2.31)", /^query parameter/),
  refusedThere("query-two-spellings", "Query", "two spellings of one field (2.32)", /^duplicate field/),
  refusedThere("query-not-a-map", "Query", "brackets on a field that is no map (2.33)", /is not a map$/),
  refusedThere(
    "query-float-spellings",
    "Query",
    "hexadecimal floats and other spellings of infinity (2.33)",
    /invalid syntax|type mismatch/,
  ),
  refusedThere("content-type-malformed", "Forms", "a malformed Content-Type where it parses a form", /^mime:/),
  refusedThere("json-two-spellings-null", "Bodies", "two spellings, one null", /duplicate field/),
  refusedThere("json-mixed-base64", "Bodies", "both alphabets in one base64", /invalid value for bytes field/),
  refusedThere(
    "json-duration-zeros",
    "Bodies",
    "durations with leading zeros",
    /invalid google.protobuf.Duration value/,
  ),
  refusedThere("json-null", "Bodies", "null in some places", /unexpected token null|cannot assign <nil>|value: null/),
  refusedThere(
    "json-not-unicode",
    "Bodies",
    "strings that are not Unicode in unknown members",
    /unexpected EOF|invalid UTF-8|invalid escape|lone|surrogate/,
  ),
  refusedThere("patch-unknown-member", "Bodies", "members of a PATCH that no field has", /could not find field/),
  {
    id: "metadata-empty-name",
    area: "Metadata",
    gateway: "refuses Grpc-Metadata- without a name (grpc-go: 500)",
    product: "leaves it out",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) => ranHereOnly(difference) && sent(difference, "grpc-metadata-").length > 0,
    },
  },
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
    id: "form-with-override",
    area: "Forms",
    gateway: "a form with a method override has lost its body to the search for the override",
    product: "the body is read",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        sent(difference, "x-http-method-override").length > 0 && isForm(difference) && bodyOf(difference) !== "",
    },
  },
  {
    id: "malformed-form",
    area: "Forms",
    gateway: "a malformed form is 400",
    product: "another method's 501 comes first",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        /invalid semicolon|invalid URL escape/.test(theirMessage(difference)) && difference.ours.status === 501,
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
    id: "head-as-get",
    area: "Paths",
    gateway: "reads a malformed query of a HEAD leniently",
    product: "as that of a GET",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) => difference.request.method === "HEAD" && ranThereOnly(difference),
    },
  },
  {
    id: "head-with-body",
    area: "Paths",
    gateway: "answers a malformed HEAD with a body, which no client can read",
    product: "without",
    state: { kind: "stands", reason: "a fault of Go's HTTP server" },
    example: { set: "vectors", rpc: "Vectors.Echo", method: "HEAD", target: "/v1/head/%zz" },
    explanation: {
      kind: "outcome",
      holds: ({ theirs }) => theirs.failed?.startsWith("Parse Error") === true,
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
