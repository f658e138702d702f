import type { Difference, DifferenceClass } from "./difference-class.js";
import { decoded, pathOf } from "./matters.js";

const open = { kind: "open" } as const;

/** In the order of the table. */
export const openReplyClasses: readonly DifferenceClass[] = [
  {
    id: "reply-without-a-required-field",
    area: "Replies",
    gateway: "a reply that lacks a required field is an error",
    product: "printed without it",
    state: { kind: "open" },
    explanation: {
      kind: "outcome",
      holds: (difference) => /required field/.test(difference.theirs.body),
    },
  },
  {
    id: "empty-segments",
    area: "Doors",
    gateway: "an empty segment is a value of `*`",
    product: "404 with one function per RPC, unless `unrouted: rpcs` is set",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        difference.leg.functions === "per-rpc" &&
        /\/\/|\/$|\/:[^/]*$/.test(decoded(pathOf(difference))) &&
        isNotFoundHere(difference),
    },
  },
  {
    id: "escaped-literals",
    area: "Doors",
    gateway: "escaped literals, slashes and colons are what they stand for",
    product: "404 with one function per RPC, unless `unrouted: rpcs` is set",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        difference.leg.functions === "per-rpc" && /%/.test(pathOf(difference)) && isNotFoundHere(difference),
    },
  },
];

function isNotFoundHere({ ours }: Difference): boolean {
  return ours.status === 404 && ours.calls.length === 0;
}
