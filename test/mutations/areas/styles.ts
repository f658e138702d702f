/** Message styles: the shapes that emitted code reads and makes. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const stylesMutations: readonly Mutation[] = [
  ...inFile("test/runtime/field-order.test.ts", [
    {
      title: "order of properties: a field named __proto__ sets the prototype",
      file: "src/runtime/values/field-order.ts",
      find: "setEntry(message, name, value);",
      replace: "message[name] = value;",
      name: "__proto__",
    },
  ]),
  ...inFile("test/emit/keyed-maps.test.ts", [
    {
      title: "styles: a map of ts-proto with keys of bool is an object",
      file: "src/emit/objects/message-view.ts",
      find: 'return shape.key === "bool" || isBig ? shape.key : undefined;',
      replace: "return isBig ? shape.key : undefined;",
      name: "random messages",
    },
  ]),
  ...inFile("test/emit/hostile-replies.test.ts", [
    {
      title: "styles: what a map inherits is printed as an entry",
      file: "src/runtime/json/json-write.ts",
      find: "for (const key of Object.keys(map)) setEntry(json, key, write(map[key] as T));",
      replace: "for (const key in map) setEntry(json, key, write(map[key] as T));",
      name: "what a map inherits is no entry",
    },
  ]),
  ...inFile("test/transcoding/required-fields.test.ts", [
    {
      title: "styles: a message that path and query fill has the defaults of its required fields",
      file: "src/emit/http/params.ts",
      find: "freshMessage(context, viewMessage(context, planned.message), type, true)",
      replace: "freshMessage(context, viewMessage(context, planned.message), type, false)",
      name: "idiomatic",
    },
  ]),
  ...inFile("test/matrix/matrix.test.ts", [
    {
      title: "styles: a path into a plain value goes on as if it were a message",
      file: "src/emit/http/binding-path.ts",
      find: "if (native !== undefined) {",
      replace: "if (native !== undefined && index < 0) {",
      name: "type-checks",
    },
    {
      title: "styles: a request that is a plain value is a constant",
      file: "src/emit/http/binding-decode.ts",
      find: 'return variable("request", value,',
      replace: 'return constant("request", value,',
      name: "type-checks",
    },
    {
      title: "styles: response_body forgets what holds a wrapper",
      file: "src/emit/http/binding-encode.ts",
      find: "shape !== undefined && view.native === undefined ?",
      replace: "shape !== undefined ?",
      name: "answers as .* protobuf-es$",
    },
    {
      title: "styles: a zero in the path leaves what the body said",
      file: "src/emit/objects/field-access.ts",
      find: "return view.leavesOutZero ? [...assigned, otherwiseDelete(member(target, view.property))] : assigned;",
      replace: "return assigned;",
      name: "answers as .* proto-loader$",
    },
    {
      title: "styles: a query reaches no fields of well-known types",
      file: "src/plan/codecs/reachable.ts",
      find: "    into.types.add(name);\n    for",
      replace: "    into.types.add(name);\n    if (message.wellKnown !== undefined) continue;\n    for",
      name: "reaches all of a Value",
    },
    {
      title: "styles: an unknown field of a wrapper is refused in the query",
      file: "src/emit/http/param-native.ts",
      find: 'context.plan.transcoding.unknownFields === "reject";',
      replace: "true;",
      name: "answers as .* proto-loader$",
    },
    {
      title: "styles: a Value takes a second member from the query",
      file: "src/runtime/binding/struct-param.ts",
      find: 'return current === undefined ? paramValue(param, at) : refuseOneof("kind");',
      replace: "return current === undefined ? paramValue(param, at) : paramValue(param, at);",
      name: "answers as .* proto-loader$",
    },
    {
      title: "styles: requests of ts-proto are plain values",
      file: "src/emit/objects/native-type.ts",
      find: 'const inFields: readonly Holder[] = ["field", "member", "jsonValue"];',
      replace: "const inFields = everywhere;",
      name: "type-checks|answers as .* ts-proto$",
    },
    {
      title: "strictest: a setter names a message that it does not use",
      file: "src/emit/http/params.ts",
      find: '"set") ? "message" : "_message";',
      replace: '"set") ? "message" : "message";',
      name: "type-checks",
    },
    {
      title: "strictest: a setter imports what it does not call",
      file: "src/emit/http/params.ts",
      find: "if (view.native !== undefined) return setNative(",
      replace: "leafText(context);\n  if (view.native !== undefined) return setNative(",
      name: "type-checks",
    },
    {
      title: "strictest: an unknown name of an enum is assigned",
      file: "src/emit/http/binding-body.ts",
      find: "const test = isUnknown ?",
      replace: "const test = isUnknown && field.presence === undefined ?",
      name: "type-checks",
    },
  ]),
  ...inFile("test/emit/crowded-oneof.test.ts", [
    {
      title: "oneofs: code by the square of the members",
      file: "src/emit/objects/oneof-member.ts",
      find: "return members.length > mostTests;",
      replace: "return members.length > 1000 * mostTests;",
      name: "ts-proto the formatter",
    },
    {
      title: "oneofs: a member that is set already counts as another",
      file: "src/emit/objects/oneof-member.ts",
      find: "return allowsSame ? binary(orElse(found, own),",
      replace: "return allowsSame && own === undefined ? binary(orElse(found, own),",
      name: "ts-proto 40 .*refused",
    },
    {
      title: "oneofs: a message that comes twice is cleared in between",
      file: "src/emit/binary/binary-store.ts",
      find: 'when(binary("kept", "!==", literal(property)), clear',
      replace: 'when("true", clear',
      name: "ts-proto 40 .*merged",
    },
  ]),
];
