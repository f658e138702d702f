import type { DifferenceClass } from "./difference-class.js";
import { isForm, ourMessage, parametersOf, theirMessage } from "./matters.js";

/** In the order of the table. */
export const queryClasses: readonly DifferenceClass[] = [
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
    id: "query-brackets-on-fields",
    area: "Query",
    versions: ["2.30"],
    gateway: "`name[]=x` of a list adds an empty element, and of another field is `too many values`",
    product: "the brackets are left out: `name=x`",
    state: { kind: "stands", reason: "libraries write lists so; 2.33 refuses it, and the product with it" },
    example: { set: "vectors", rpc: "Vectors.Echo", target: "/v1/echo?repeated_string[]=x" },
    explanation: {
      kind: "outcome",
      holds: (difference) => /\[[^\]]*\](=|&|$)/.test(parametersOf(difference)),
      aspects: ["call", "request", "body", "status", "headers", "content-type"],
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
];
