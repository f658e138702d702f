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
  ...inFile("test/plan/limits.test.ts", [
    {
      title: "limits: ids of functions have 65 characters",
      file: "src/plan/functions/plan-functions.ts",
      find: "id.length <= maxIdLength",
      replace: "id.length <= maxIdLength + 1",
      name: "the id of",
    },
    {
      title: "limits: ids of 64 characters are cut",
      file: "src/plan/functions/plan-functions.ts",
      find: "id.length <= maxIdLength",
      replace: "id.length < maxIdLength",
      name: "the id of",
    },
    {
      title: "limits: a cut id is a character too long",
      file: "src/plan/functions/plan-functions.ts",
      find: "maxIdLength - 9",
      replace: "maxIdLength - 8",
      name: "the id of",
    },
    {
      title: "limits: 35 functions are too many",
      file: "src/plan/functions/check-functions.ts",
      find: "functions.length <= manyFunctions",
      replace: "functions.length < manyFunctions",
      name: "functions in a deployment",
    },
    {
      title: "limits: 36 functions are not too many",
      file: "src/plan/functions/check-functions.ts",
      find: "functions.length <= manyFunctions",
      replace: "functions.length <= manyFunctions + 1",
      name: "functions in a deployment",
    },
    {
      title: "limits: as many routes as the door holds are too many",
      file: "src/plan/functions/check-functions.ts",
      find: "count <= frontDoor.limits.routes",
      replace: "count < frontDoor.limits.routes",
      name: "routes of an HTTP API",
    },
    {
      title: "limits: as many target groups as there may be are too many",
      file: "src/plan/functions/check-functions.ts",
      find: "count <= most) return [];",
      replace: "count < most) return [];",
      name: "target groups",
    },
    {
      title: "limits: a finding names services without end",
      file: "src/plan/functions/check-functions.ts",
      find: "services.slice(0, 6)",
      replace: "services.slice(0)",
      name: "to split",
    },
    {
      title: "limits: a rule has six values",
      file: "src/plan/routes/listener-rules.ts",
      find: "const maxValues = 5;",
      replace: "const maxValues = 6;",
      name: "leaves room",
    },
  ]),
  ...inFile("test/plan/naming.test.ts", [
    {
      title: "names: a file is called like a device",
      file: "src/plan/naming.ts",
      find: " && windowsNameProblem(word) === undefined",
      replace: "",
      name: "a file of",
    },
  ]),
  ...inFile("test/emit/names.test.ts", [
    {
      title: "names: a message is called like a type of emitted code",
      file: "src/emit/names/identifiers.ts",
      find: "reservedTypeNames.has(name) || reservedWords.has(name)",
      replace: "reservedWords.has(name)",
      name: "no name of a message",
    },
    {
      title: "names: a declaration is a word of the language",
      file: "src/emit/names/identifiers.ts",
      find: "return reservedWords.has(name) ? `${name}_` : name;",
      replace: "return name;",
      name: "no name of a declaration",
    },
    {
      title: "names: a field is called __proto__",
      file: "src/emit/names/property-names.ts",
      find: 'name === "__proto__" || (style.names',
      replace: "(style.names",
      name: "no prototype",
    },
  ]),
];
