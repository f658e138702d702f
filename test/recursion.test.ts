/** The generator ends its stack on no input: what recurses is listed here with what bounds its depth. */
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { recursiveFunctions } from "./support/recursive-functions.js";

const src = resolve(import.meta.dirname, "../src");

/** By what bounds the depth. Anything that a user's input alone decides goes through a list of its own instead. */
const bounded: Readonly<Record<string, readonly string[]>> = {
  "messages within messages: 32 in text, 100 in a descriptor set": [
    "emit/json/any-table.ts: withNested",
    "emit/objects/emit-scope.ts: visit",
    "model/build-model.ts: add",
    "model/build-types.ts: addMessages",
    "adopt/reflection/qualify-names.ts: namesInMessage",
    "adopt/reflection/qualify-names.ts: qualifyMessage",
    "model/build-types.ts: buildMessage",
    "model/declarations.ts: withNested",
    "model/model-index.ts: addMessage",
    "plan/codecs/any-types.ts: withNested",
    "proto/check/check-message.ts: checkMessage",
    "proto/check/check-scope.ts: inMessage",
    "proto/descriptor-set/check-descriptor-set.ts: withNestedMessages",
    "proto/descriptor-set/decode-message.ts: decodeMessage",
    "proto/link/link-message.ts: linkMessage",
    "proto/names/symbol-table.ts: collectMessage",
    "proto/syntax/read-field.ts: readField",
    "proto/syntax/read-field.ts: readGroup",
    "proto/syntax/read-message.ts: readExtend",
    "proto/syntax/read-message.ts: readMessage",
    "proto/syntax/read-message.ts: readMessageBody",
    "proto/syntax/read-message.ts: readMessageStatement",
    "proto/syntax/read-message.ts: readOneof",
  ],
  "values within values of an option: 100": [
    "proto/options/interpret-message.ts: checkAny",
    "proto/options/interpret-message.ts: interpretField",
    "proto/options/interpret-message.ts: interpretMessage",
    "proto/options/interpret-value.ts: interpretValue",
    "proto/options/read-interpreted.ts: readHttpRule",
    "proto/syntax/read-option-message.ts: readField",
    "proto/syntax/read-option-message.ts: readFieldValue",
    "proto/syntax/read-option-message.ts: readList",
    "proto/syntax/read-option-message.ts: readOptionMessage",
  ],
  "bindings within bindings, groups within groups of a descriptor set: 100": [
    "proto/descriptor-set/decode-http-rule.ts: decodeRule",
    "proto/descriptor-set/wire-record.ts: readValue",
    "proto/descriptor-set/wire-record.ts: skipGroup",
  ],
  "bindings within bindings of a service configuration: 3": [
    "model/service-config/service-config-rule.ts: readAdditional",
    "model/service-config/service-config-rule.ts: readRule",
  ],
  "the value of a map is no map": ["proto/options/check-field-options.ts: holdsString"],
  "parameters in the key of a cache: 100": [
    "plan/routes/cache-parameters.ts: collect",
    "plan/routes/cache-parameters.ts: collectField",
  ],
  "segments of two templates, of 4096 characters each": [
    "front-door/path-language.ts: contains",
    "front-door/path-language.ts: intersect",
  ],
  "folders within folders, whose path the system bounds": [
    "adopt/look.ts: findGitRoot",
    "adopt/repository/installed-packages.ts: installedVersion",
    "adopt/repository/package-manager.ts: findLock",
    "build/module-system.ts: packageType",
    "cli/report/gitattributes.ts: foldersOfRepository",
    "build/shipped-files.ts: visit",
    "output/project-folder.ts: listFiles",
    "output/project-folder.ts: lookAtFolder",
    "proto/sources/find-protos.ts: listProtos",
  ],
  "blocks and calls within one statement of ours: sums and lists of any length are no deeper": [
    "emit/print/code-file.ts: appendLines",
    "emit/print/document.ts: flatText",
    "emit/print/document.ts: measure",
    "emit/print/expression-text.ts: bodyText",
    "emit/print/expression-text.ts: memberText",
    "emit/print/expression-text.ts: partText",
    "emit/print/expression-text.ts: textOf",
    "emit/print/expression-text.ts: textsOf",
    "emit/print/lay-out.ts: argumentList",
    "emit/print/lay-out.ts: arrowBody",
    "emit/print/lay-out.ts: huggedArgument",
    "emit/print/lay-out.ts: isPlainChain",
    "emit/print/lay-out.ts: isPoorlyBreakable",
    "emit/print/lay-out.ts: layOut",
    "emit/print/lay-out.ts: layOutArgument",
    "emit/print/lay-out.ts: layOutAssignment",
    "emit/print/lay-out.ts: layOutConditional",
    "emit/print/lay-out.ts: layOutMember",
    "emit/print/lay-out.ts: layOutTerms",
    "emit/print/lay-out.ts: terms",
    "emit/print/lay-out.ts: unindented",
  ],
  "the deployment template, as deep as we write it": [
    "deploy/cdk/acknowledgements.ts: wildcardTexts",
    "deploy/cdk/resource-order.ts: visit",
    "deploy/cdk/template-expression.ts: callExpression",
    "deploy/cdk/template-expression.ts: expressionOf",
    "deploy/cdk/template-expression.ts: item",
    "deploy/cdk/template-expression.ts: substituted",
    "deploy/cloudformation/print/print-yaml.ts: fitsInFunction",
    "deploy/cloudformation/print/print-yaml.ts: fitsInList",
    "deploy/cloudformation/print/print-yaml.ts: flowArgument",
    "deploy/cloudformation/print/print-yaml.ts: flowCall",
    "deploy/cloudformation/print/print-yaml.ts: flowText",
    "deploy/cloudformation/print/print-yaml.ts: inFlow",
    "deploy/cloudformation/print/print-yaml.ts: isShortCall",
    "deploy/cloudformation/print/print-yaml.ts: printBlock",
    "deploy/cloudformation/print/print-yaml.ts: printItem",
    "deploy/cloudformation/print/print-yaml.ts: printMember",
    "deploy/cloudformation/references.ts: mapCall",
    "deploy/cloudformation/references.ts: mapReferences",
    "deploy/cloudformation/resource-type.ts: typeOf",
    "deploy/resources/document.ts: mapValues",
    "deploy/resources/document.ts: toJson",
    "deploy/resources/json-text.ts: textsOf",
  ],
  "JSON of compared and recorded bodies, with a depth that is counted: 100 and 200": [
    "migrate/differences/compare-json.ts: compareLists",
    "migrate/differences/compare-json.ts: compareMembers",
    "migrate/differences/compare-json.ts: compareUnordered",
    "migrate/differences/compare-json.ts: walk",
    "migrate/redaction/redactor.ts: json",
  ],
  "requests that are made up, with messages 3 deep": [
    "migrate/generated/field-values.ts: elementValue",
    "migrate/generated/field-values.ts: jsonValue",
    "migrate/generated/field-values.ts: messageValue",
    "migrate/generated/field-values.ts: shapeValue",
    "migrate/generated/generate-requests.ts: leafFields",
  ],
  "the field path of a variable, and the items of a list": [
    "emit/go/sample-path.ts: sampleValue",
    "emit/go/sample-path.ts: shapeOf",
  ],
  "lists of options that name each other: 20": ["go/go-main.ts: elementsOf"],
  "what `explain` decoded: as deep as the JSON on its command line": ["cli/explain/show-message.ts: messageToJson"],
  "the shape of a field: a list or map of values": [
    "diff/compare-messages.ts: compareShapes",
    "diff/compare-messages.ts: describeShape",
  ],
  "steps through the user's code, which are counted down": [
    "adopt/code/find-implementations.ts: isNiceServer",
    "adopt/code/methods.ts: membersOf",
    "adopt/code/methods.ts: methodsOfClass",
    "adopt/code/methods.ts: returnedObject",
    "adopt/code/methods.ts: readObject",
    "adopt/code/server-start.ts: findStart",
    "adopt/code/trace.ts: fromDeclaration",
    "adopt/code/trace.ts: fromModule",
    "adopt/code/trace.ts: on",
    "adopt/code/trace.ts: trace",
  ],
  "no recursion: a turn of the event loop lies between": ["cli/init/questions.ts: settle", "cli/run-dev.ts: serve"],
  "no recursion: a field, a parameter or a type of the same name": [
    "build/bundle-functions.ts: bundleAlike",
    "build/bundle-functions.ts: bundleFunctions",
    "cli/dev/runtime-api.ts: errorMessage",
    "cli/migrate/run-compare.ts: compare",
    "migrate/page/page-text.ts: number",
    "migrate/redaction/redactor.ts: hash",
    "migrate/redaction/redactor.ts: text",
    "migrate/requests/access-logs.ts: number",
  ],
};

test("what recurses is known to be bounded", () => {
  const listed = Object.values(bounded).flat().sort();
  expect(recursiveFunctions(src, (file) => !file.startsWith("runtime/"))).toEqual(listed);
});

test("functions that call themselves are found, by way of others and of other files, too", () => {
  const fixture = resolve(import.meta.dirname, "../fixtures/recursion");
  expect(recursiveFunctions(fixture, () => true)).toEqual(["a.ts: direct", "a.ts: inner", "a.ts: pass", "b.ts: back"]);
});
