/**
 * Mutated .proto texts, descriptor sets, configurations, service configurations and manifests against the generator: it ends with
 * 0 or 2, and what it would write is TypeScript; of some of it the types are checked. `--inputs 100000 --seed 1`, and
 * `--kind set --seed 17 --inputs 1` for one input again. The work is done in a thread that is ended when it hangs.
 */
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { createNotes, noteInput, watch } from "../fuzz/watch.js";
import { createJudge, type InputKind, inputKinds } from "./judge.js";
import { type Sample, typeFaults } from "./type-check.js";

/** Milliseconds at one input after which the thread hangs; a type check is among them. */
const patience = 600_000;
/** One in so many accepted inputs has its types checked, this many at a time. */
const sampleEvery = 40;
const batch = 20;

if (isMainThread) await watchThread();
else await fuzz(workerData as SharedArrayBuffer);

async function watchThread(): Promise<void> {
  const notes = createNotes();
  const worker = new Worker(new URL(import.meta.url), { argv: process.argv.slice(2), workerData: notes });
  const ending = await watch(worker, notes, patience);
  if (ending.kind === "ended") process.exitCode = ending.code;
  else {
    console.log(`${ending.fault}: ${ending.input}\n0 passed, 1 failed, 0 skipped`);
    process.exitCode = 1;
  }
}

async function fuzz(notes: SharedArrayBuffer): Promise<void> {
  const first = Number(flag("--seed") ?? 1);
  const count = Number(flag("--inputs") ?? 100_000);
  const kinds = inputKinds.filter((kind) => flag("--kind") === undefined || kind === flag("--kind"));
  const totals = { accepted: 0, refused: 0, failed: 0, checked: 0 };
  const faults = new Set<string>();
  let samples: Sample[] = [];
  let emitted = 0;
  const report = (name: string, fault: string): void => {
    totals.failed++;
    // The same place once: mutations come to it again and again.
    const place = fault.split("\n").slice(0, 3).join("\n").replaceAll(/\d+/g, "0");
    if (!faults.has(place)) console.log(`FAIL ${name}: ${fault.split("\n").slice(0, 6).join("\n")}`);
    faults.add(place);
  };
  const checkTypes = (): void => {
    noteInput(notes, `types of ${samples.map(({ name }) => name).join()}`);
    for (const [name, fault] of typeFaults(samples)) report(name, fault);
    totals.checked += samples.length;
    samples = [];
  };
  const judge = await createJudge();
  console.log(`seed ${first}, ${count} inputs of ${kinds.join(", ")}`);
  for (let index = 0; index < count && faults.size < 20; index++) {
    const input = { kind: kinds[index % kinds.length] as InputKind, seed: first + index };
    const name = `${input.kind}-${input.seed}`;
    noteInput(notes, name);
    const verdict = await judge.judge(input);
    if (verdict.kind === "fault") report(name, verdict.fault);
    else totals[verdict.kind]++;
    if (verdict.kind !== "accepted" || verdict.files.length === 0) continue;
    if (emitted++ % sampleEvery === 0) samples.push({ name, files: verdict.files });
    if (samples.length === batch) checkTypes();
  }
  checkTypes();
  judge.remove();
  console.log(`${totals.accepted} accepted, ${totals.refused} refused, ${totals.checked} type-checked`);
  console.log(`${totals.accepted + totals.refused} passed, ${totals.failed} failed, 0 skipped`);
  process.exitCode = totals.failed === 0 ? 0 : 1;
}

function flag(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}
