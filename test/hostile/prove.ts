/**
 * No request stops a generated function: every row of the table of hostile inputs, sent to functions of several kinds on Node 20, 22 and 24
 * with the heap of a function of 512 MB. CPU time grows with the length of an input, no process ends, and every answer is one. `--all`
 * sends all of them everywhere and at their largest size; otherwise they take turns.
 */
import type { Attack } from "./attack.js";
import { generateHostile, type Variant, variants } from "./generate.js";
import { hostileInputs } from "./inputs.js";
import { nodeBinaries } from "./nodes.js";
import { atLargest, atModest, sendAll, type Target } from "./send.js";

const all = process.argv.includes("--all");

/** Of so many inputs one is sent at its largest size, too; of the inflated ones, which are few, all are. */
const inputsPerLargest = 12;

/** A function on a Node, and its place among them. */
interface Place extends Target {
  readonly name: string;
  readonly turn: number;
}

async function placesOf(binaries: ReadonlyMap<number, string>): Promise<{ places: Place[]; remove: () => void }> {
  const places: Place[] = [];
  const made: (() => void)[] = [];
  for (const variant of Object.keys(variants) as Variant[]) {
    const { bundle, remove } = await generateHostile(variant);
    made.push(remove);
    for (const [version, node] of binaries) {
      const { frontDoor } = variants[variant];
      places.push({ node, bundle, frontDoor, name: `Node ${version}, ${variant}`, turn: places.length });
    }
  }
  return {
    places,
    remove: () => {
      for (const remove of made) remove();
    },
  };
}

/** What is sent to a place: each input goes to one of them. */
function attacksOf({ turn }: Place, places: number): readonly Attack[] {
  const inputs = hostileInputs.map((input, index) => ({ index, isInflated: input.name.startsWith("inflated") }));
  if (all) return inputs.map(({ index }) => atLargest(index));
  const own = inputs.filter(({ index }) => index % places === turn);
  const modest = own.filter(({ isInflated }) => !isInflated);
  const largest = own.filter(({ isInflated }, at) => isInflated || at % inputsPerLargest === 0);
  return [...modest.map(({ index }) => atModest(index)), ...largest.map(({ index }) => atLargest(index))];
}

const totals = { passed: 0, failed: 0, skipped: 0 };

async function prove(place: Place, count: number): Promise<void> {
  const attacks = attacksOf(place, count);
  const problems = await sendAll(place, attacks);
  totals.passed += attacks.length - problems.length;
  totals.failed += problems.length;
  console.log(
    [`${place.name}: ${attacks.length} inputs`, ...problems.map((problem) => `  FAIL ${problem}`)].join("\n"),
  );
}

const binaries = nodeBinaries();
if (typeof binaries === "string") console.log(`only this Node is tried: ${binaries}`);
const { places, remove } = await placesOf(typeof binaries === "string" ? new Map([[20, process.execPath]]) : binaries);
if (typeof binaries === "string") totals.skipped = 2;
try {
  const queue = [...places];
  const work = async (): Promise<void> => {
    for (let place = queue.shift(); place !== undefined; place = queue.shift()) await prove(place, places.length);
  };
  await Promise.all([work(), work()]);
} finally {
  remove();
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
