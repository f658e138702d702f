/** An independent parser reads the same declarations from the same text. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import protobuf from "protobufjs";
import { describe, expect, test } from "vitest";
import type { ParsedField, ParsedFile, ParsedMessage } from "../../src/proto/parsed-file.js";
import { readProtoSource } from "../../src/proto/syntax/read-proto-source.js";

const upstream = fileURLToPath(new URL("../../node_modules/google-proto-files/", import.meta.url));

/** Declared things, one line each, sorted; what both parsers can say. */
function ourFacts(file: ParsedFile): string[] {
  const scope = file.package === undefined ? "" : `.${file.package.value}`;
  const facts: string[] = [];
  for (const message of file.messages) addMessage(`${scope}.${message.name}`, message, facts);
  for (const { name, values } of file.enums) facts.push(enumFact(`${scope}.${name}`, values));
  for (const service of file.services) {
    for (const { name, input, output, clientStreaming, serverStreaming } of service.methods) {
      const streams = `${clientStreaming ? "c" : ""}${serverStreaming ? "s" : ""}`;
      facts.push(`method ${scope}.${service.name}.${name} ${input.value} ${output.value} ${streams}`);
    }
  }
  return facts.sort();
}

function addMessage(path: string, message: ParsedMessage, facts: string[]): void {
  facts.push(`message ${path}`);
  for (const field of message.fields) facts.push(ourField(path, field));
  for (const nested of message.messages) addMessage(`${path}.${nested.name}`, nested, facts);
  for (const { name, values } of message.enums) facts.push(enumFact(`${path}.${name}`, values));
}

function ourField(path: string, { type, label, name, number, oneof }: ParsedField): string {
  const nameOf = (part: typeof type) => (part.kind === "scalar" ? part.scalar : part.kind === "map" ? "" : part.name);
  const key = type.kind === "map" ? nameOf(type.key) : "";
  const rule = label === "repeated" && type.kind !== "map" ? "repeated" : "";
  return `field ${path}.${name}=${number.value} ${rule} ${key} ${nameOf(type.kind === "map" ? type.value : type)} ${oneof ?? ""}`;
}

function enumFact(path: string, values: readonly { name: string; number: { value: number } }[]): string {
  return `enum ${path} ${values.map(({ name, number }) => `${name}=${number.value}`).sort()}`;
}

function theirFacts(text: string): string[] {
  const facts: string[] = [];
  const visit = (object: protobuf.ReflectionObject): void => {
    const path = object.fullName;
    if (object instanceof protobuf.Type) {
      facts.push(`message ${path}`);
      for (const field of object.fieldsArray) facts.push(theirField(path, field));
    } else if (object instanceof protobuf.Enum) {
      const values = Object.entries(object.values).map(([name, value]) => `${name}=${value}`);
      facts.push(`enum ${path} ${values.sort()}`);
    } else if (object instanceof protobuf.Service) {
      for (const method of object.methodsArray) {
        const streams = `${method.requestStream ? "c" : ""}${method.responseStream ? "s" : ""}`;
        facts.push(`method ${path}.${method.name} ${method.requestType} ${method.responseType} ${streams}`);
      }
    }
    if (object instanceof protobuf.Namespace) object.nestedArray.forEach(visit);
  };
  protobuf.parse(text, { keepCase: true }).root.nestedArray.forEach(visit);
  return facts.sort();
}

function theirField(path: string, field: protobuf.Field): string {
  const key = field instanceof protobuf.MapField ? field.keyType : "";
  const isProto3Optional = field.options?.proto3_optional === true;
  const oneof = field.partOf === null || isProto3Optional ? "" : field.partOf.name;
  // `required` shows only once features are resolved, and that resolves types wrongly.
  const rule = field.repeated ? "repeated" : "";
  return `field ${path}.${field.name}=${field.id} ${rule} ${key} ${field.type} ${oneof}`;
}

describe("the declarations that protobufjs reads", () => {
  test.each([
    "google/pubsub/v1/pubsub.proto",
    "google/example/library/v1/library.proto",
    "google/cloud/dataplex/v1/resources.proto",
    "google/cloud/dataplex/v1/service.proto",
    "google/protobuf/descriptor.proto",
    "google/protobuf/struct.proto",
    "google/storage/v2/storage.proto",
    "google/cloud/aiplatform/v1/prediction_service.proto",
  ])("in %s are ours", (path) => {
    const text = readFileSync(upstream + path, "utf8");
    const { file, diagnostics } = readProtoSource(path, path, text);
    expect(diagnostics).toEqual([]);
    const facts = ourFacts(file);
    expect(facts.length).toBeGreaterThan(5);
    expect(facts).toEqual(theirFacts(text));
  });
});
