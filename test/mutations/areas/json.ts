/** JSON: what is read, what is printed, what is counted. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const jsonMutations: readonly Mutation[] = [
  ...inFile("test/protojson/protojson.test.ts", [
    {
      title: "proto JSON: a proto3 optional prints null",
      file: "src/emit/json/json-member.ts",
      find: "const isInOneof = field.oneof !== undefined || field.proto3Optional;",
      replace: "const isInOneof = field.oneof !== undefined;",
      name: "idiomatic answers as",
    },
    {
      title: "proto JSON: maps are printed as they come",
      file: "src/emit/json/json-value.ts",
      find: "return context.plan.rules.sortsKeys;",
      replace: "return false;",
      name: "idiomatic answers as",
    },
    {
      title: "proto JSON: text keys are in the order of UTF-16",
      file: "src/runtime/values/key-order.ts",
      find: "return code < 0xe000 ? code + 0x2000 : code - 0x800;",
      replace: "return code;",
      name: "idiomatic answers as",
    },
    {
      title: "proto JSON: floats halfway between two decimals go up",
      file: "src/runtime/values/shortest-float.ts",
      find: "Number(isHalfway && isOdd &&",
      replace: "Number(!isHalfway && isOdd &&",
      name: "float is printed",
    },
    {
      title: "proto JSON: base64 has no line breaks",
      file: "src/runtime/values/base64.ts",
      find: "const joined = /[\\r\\n]/.test(text)",
      replace: "const joined = /[\\r]{9}/.test(text)",
      name: "idiomatic answers as",
    },
    {
      title: "proto JSON: closed enums refuse unknown numbers",
      file: "src/emit/objects/closed-enum.ts",
      find: "declared.closed && context.plan.rules.closesEnums",
      replace: "declared.closed",
      name: "idiomatic answers as",
    },
    {
      title: "proto JSON: groups have the name of their field alone",
      file: "src/emit/json/json-member.ts",
      find: "own.toLowerCase() === name ? own : name",
      replace: "own === name ? own : name",
      name: "idiomatic answers as",
    },
    {
      title: "proto JSON: a field may come twice",
      file: "src/runtime/json/read-json-text.ts",
      find: "isRepeated ? (twoValues as unknown as JsonInput) : value",
      replace: "value",
      name: "idiomatic answers as",
    },
  ]),
  ...inFile("test/runtime/parse-json.test.ts", [
    {
      title: "prototypes: a name of the body sets one",
      file: "src/runtime/json/read-json-text.ts",
      find: "setEntry(object, name, isRepeated ? (twoValues as unknown as JsonInput) : value);",
      replace: "object[name] = isRepeated ? (twoValues as unknown as JsonInput) : value;",
      name: "__proto__",
    },
    {
      title: "JSON: nests without end",
      file: "src/runtime/json/read-json-text.ts",
      find: "if (depth === 0) throw",
      replace: "if (depth === Number.NEGATIVE_INFINITY) throw",
      name: "100 levels",
    },
    {
      title: "JSON: a name may stand twice",
      file: "src/runtime/json/read-json-text.ts",
      find: "const isRepeated = Object.hasOwn(object, name);",
      replace: 'const isRepeated = name === "\\0";',
      name: "twice|repeated name",
    },
  ]),
  ...inFile("test/emit/json-counting.test.ts", [
    {
      title: "JSON: decoders count more than they read",
      file: "src/runtime/json/json-length.ts",
      find: "length += name.length + 4 + ownLength(value);",
      replace: "length += name.length + 9 + ownLength(value);",
      name: "name twice",
    },
    {
      title: "JSON: a rounded integer counts as exact",
      file: "src/runtime/json/json-length.ts",
      find: "if (!isExact(number)) return Number.NEGATIVE_INFINITY;",
      replace: "",
      name: "JSON.parse rounds",
    },
    {
      title: "JSON: nobody looks after the depth of ignored lists",
      file: "src/runtime/json/parse-json.ts",
      find: "++depth > depthLimit) return -1;",
      replace: "++depth > 1e9) return -1;",
      name: "nests no deeper",
    },
    {
      title: "JSON: types that can contain themselves are counted",
      file: "src/emit/json/json-decode.ts",
      find: "...(planned.recursive ? [stopCounting(context)] : []),",
      replace: "",
      name: "contain themselves",
    },
    {
      title: "JSON: Structs are counted, however deep",
      file: "src/runtime/json/struct-json.ts",
      find: "export function readJsonObject(json: JsonInput): JsonObject {\n  stopCounting();\n",
      replace: "export function readJsonObject(json: JsonInput): JsonObject {\n",
      name: "plain JSON begins",
    },
  ]),
  ...inFile("test/hostile/any-pieces.test.ts", [
    {
      title: "Any: pieces of a message are joined one by one",
      file: "src/runtime/any/print-any.ts",
      find: "  known.pieces.push(...next.pieces);\n  return known;",
      replace: "  return new WireMessage([Buffer.concat([...known.pieces, ...next.pieces])]);",
      name: "in pieces",
    },
  ]),
];
