import { bodyField } from "../requests/api.js";
import type { DifferenceClass } from "./difference-class.js";
import { bodyOf, ourMessage, ranThereOnly } from "./matters.js";

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

/** In the order of the table. */
export const openRequestClasses: readonly DifferenceClass[] = [
  refusedHere("depth", "Limits", "JSON nested 100 deep and deeper", /less deeply nested/),
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
    id: "null-as-value",
    area: "Bodies",
    gateway: "a body of null sets a google.protobuf.Value to null",
    product: "leaves it unset",
    state: open,
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        bodyField(difference.binding)?.message?.typeName === "google.protobuf.Value" &&
        bodyOf(difference).trim() === "null",
      aspects: ["request", "body"],
    },
  },
];
