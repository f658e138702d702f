/** The plan: which messages are reachable, and how. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const planMutations: readonly Mutation[] = [
  ...inFile("test/plan/recursive-messages.test.ts", [
    {
      title: "plan: what contains itself by way of another is taken for finite",
      file: "src/plan/codecs/recursive-messages.ts",
      find: "if (component.length > 1) recursive.add(each);",
      replace: "",
      name: "lead back",
    },
    {
      title: "plan: sums of any length",
      file: "src/plan/codecs/flat-messages.ts",
      find: "fields.length <= mostFields",
      replace: "fields.length <= mostFields + 1",
      name: "more fields",
    },
  ]),
];
