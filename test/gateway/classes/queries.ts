import type { Difference, DifferenceClass } from "./difference-class.js";
import {
  hasOldMessage,
  isForm,
  isHead,
  ourMessage,
  parametersOf,
  queryOf,
  ranHereOnly,
  theirMessage,
} from "./matters.js";

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
    gateway:
      "500: the message cannot be marshaled; proto2 takes the text, and its handler gets what its library makes of it",
    product: "400",
    state: { kind: "stands", reason: "the mistake is the client's" },
    example: { set: "library", rpc: "LibraryService.ListShelves", target: "/v1/shelves?page_token=caf%E9" },
    explanation: {
      kind: "outcome",
      // An error that quotes the text cannot be marshaled, either. That of a HEAD does not say which it is.
      holds: (difference) =>
        isHead(difference)
          ? difference.theirs.status === 500 && difference.ours.status === 400 && /%[89a-f]/i.test(queryOf(difference))
          : /UTF-8/.test(ourMessage(difference)) &&
            (/contains invalid UTF-8|failed to marshal error message/.test(theirMessage(difference)) ||
              hasOldMessage(difference.binding.input)),
    },
  },
  {
    id: "query-names-a-parent",
    area: "Query",
    versions: ["2.30"],
    gateway: "a parameter that names the parent of what path or body bind is refused, or replaces it",
    product: "ignored, as 2.33 does",
    state: { kind: "stands", reason: "a query must not replace a part of the path; upstream has come to it" },
    example: {
      set: "abe",
      rpc: "FlowCombination.RpcPathNestedStream",
      method: "POST",
      target: "/rpc/path-nested/a/b/stream?a=1",
      body: '""',
    },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        ranHereOnly(difference) &&
        /unsupported message type|too many values/.test(theirMessage(difference)) &&
        namesParent(difference),
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

/** Whether a parameter has the name of a field that a variable of the path, or the body, is inside of. */
function namesParent(difference: Difference): boolean {
  const { parts, body } = difference.binding;
  const bound = [...parts.map((part) => (part.kind === "variable" ? part.path : "")), body];
  const names = parametersOf(difference)
    .split("&")
    .map((pair) => pair.split("=", 1)[0] ?? "");
  return names.some((name) => bound.some((path) => path.startsWith(`${name}.`)));
}
