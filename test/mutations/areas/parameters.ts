/** Paths and queries: which route a request takes, and which fields its parameters set. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const parametersMutations: readonly Mutation[] = [
  ...inFile("test/transcoding/vectors.test.ts", [
    {
      title: "query: fields that the path has set are set again",
      file: "src/runtime/binding/query.ts",
      find: "if (isBound(path, bound)) return 0;",
      replace: "",
      name: "[(]bound: ",
    },
  ]),
  ...inFile("test/transcoding/map-keys.test.ts", [
    {
      title: "prototypes: a key of a map sets one",
      file: "src/runtime/values/set-entry.ts",
      find: 'if (key === "__proto__") {',
      replace: 'if (key === "") {',
      name: "query",
    },
  ]),
  ...inFile("test/transcoding/parameters.test.ts", [
    {
      title: "parameters: a query replaces what a path says",
      file: "src/runtime/binding/query.ts",
      find: " || isBelow(taken, path)",
      replace: "",
      name: "idiomatic gateway 2.33 .*that holds the variable",
    },
    {
      title: "parameters: a query sets the variable of a path",
      file: "src/runtime/binding/query.ts",
      find: "isBelow(path, taken) ||",
      replace: "",
      name: "idiomatic gateway 2.33 the field that the body is",
    },
    {
      title: "parameters: the last spelling of a field counts",
      file: "src/runtime/binding/param.ts",
      find: "    for (const other of claims) if (isSameField(param, other)) return false;\n",
      replace: "",
      name: "idiomatic gateway 2.33 both spellings",
    },
    {
      title: "parameters: of many the last spelling of a field counts",
      file: "src/runtime/binding/param.ts",
      find: ".size > size;",
      replace: ".size >= size;",
      name: "idiomatic gateway 2.33 both spellings, far apart",
    },
    {
      title: "parameters: a name in JSON that is declared is another field",
      file: "src/emit/http/params.ts",
      find: 'return [assign("param.path[at]", literal(jsonName))];',
      replace: "return [];",
      name: "idiomatic gateway 2.33 a name in JSON",
    },
    {
      title: "parameters: bytes that are no UTF-8 reach a handler",
      file: "src/runtime/binding/param.ts",
      find: 'if (!isWellFormed(value)) throw new DecodeError("UTF-8", "other bytes");',
      replace: "isWellFormed(value);",
      name: "idiomatic gateway 2.33 bytes that are no UTF-8 for a field",
    },
    {
      title: "parameters: bytes that are no UTF-8 are a key",
      file: "src/runtime/binding/param.ts",
      find: 'if (!isWellFormed(key)) throw new DecodeError("UTF-8", "other bytes");',
      replace: "isWellFormed(key);",
      name: "idiomatic gateway 2.33 bytes that are no UTF-8 for a key",
    },
    {
      title: "parameters: a query is read where nothing is bound to it",
      file: "src/plan/rpcs/plan-bindings.ts",
      find: "return fields.some(({ name }) => !bound.has(name));",
      replace: "return fields.length + bound.size >= 0;",
      name: "idiomatic gateway 2.33 .*where nothing is bound",
    },
    {
      title: "parameters: padding is asked for in all versions",
      file: "src/emit/http/param-value.ts",
      find: "  if (!isOlder(context)) return text;\n",
      replace: "",
      name: "idiomatic gateway 2.33 (bytes without padding|nan|a leading zero)",
    },
    {
      title: "parameters: spellings of Go are taken in no version",
      file: "src/emit/http/param-value.ts",
      find: "if (!isOlder(context)) return text;",
      replace: "if (context !== undefined) return text;",
      name: "idiomatic gateway 2.30 (bytes without padding|nan|a leading zero)",
    },
    {
      title: "parameters: any text is an Empty",
      file: "src/runtime/binding/param.ts",
      find: 'if (text === "" || text === "{}") return empty;',
      replace: "if (text.length >= 0) return empty;",
      name: "idiomatic gateway 2.33 an Empty that is not",
    },
  ]),
  ...inFile("test/transcoding/gateway-versions.test.ts", [
    {
      title: "versions: a bare verb ends the search in all of them",
      file: "src/runtime/routing/profile.ts",
      find: "  endsSearch: false,",
      replace: "  endsSearch: isBareVerb,",
      name: "bare verb",
    },
    {
      title: "versions: a bare verb ends the search in none of them",
      file: "src/plan/behaviour.ts",
      find: "endsSearch: isOlder ? isBareVerb : undefined,",
      replace: "endsSearch: undefined,",
      name: "bare verb",
    },
    {
      title: "versions: a charset makes no difference to forms",
      file: "src/plan/behaviour.ts",
      find: "isOlder ? wholeHeader :",
      replace: "isOlder ? mediaType :",
      name: "form with a charset",
    },
    {
      title: "limits: a timeout of 2.30 is one more than 63 bits have",
      file: "src/runtime/headers/signed-timeout.ts",
      find: ": 0x7fffffffffffffffn)",
      replace: ": 0x8000000000000000n)",
      name: "gateway 2.30 .*63 bits",
    },
    {
      title: "versions: signs of timeouts are taken",
      file: "src/plan/behaviour.ts",
      find: "readTimeout: isOlder ? parseSignedTimeout : undefined,",
      replace: "readTimeout: parseSignedTimeout,",
      name: "a plus|a minus",
    },
    {
      title: "deadlines: timeouts of more than 64 bits are taken",
      file: "src/runtime/headers/timeout.ts",
      find: " || BigInt(number) >> 64n !== 0n",
      replace: "",
      name: "64 bits",
    },
    {
      title: "deadlines: a handler runs after its time",
      file: "src/runtime/calls/unary.ts",
      find: "  if (isOver) return expired;\n",
      replace: "",
      name: "millisecond|Lambda's time is over",
    },
  ]),
  ...inFile("test/runtime/route-tree.test.ts", [
    {
      title: "routes: grpc-gateway's order is that of the declarations",
      file: "src/runtime/routing/select-route.ts",
      find: "[...routes].reverse()",
      replace: "[...routes]",
      name: " among | on one template",
    },
  ]),
];
