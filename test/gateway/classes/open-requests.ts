import { bodyField } from "../requests/api.js";
import type { DifferenceClass } from "./difference-class.js";
import { bodyOf } from "./matters.js";

const open = { kind: "open" } as const;

/** In the order of the table. */
export const openRequestClasses: readonly DifferenceClass[] = [
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
