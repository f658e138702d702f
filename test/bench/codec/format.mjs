/**
 * One format of `npm run bench:codec`: `node format.mjs <bundle of contenders.ts> <Json|Binary> <rounds>`. Measured is processor time: the
 * clock also counts what else the machine does.
 *
 * Binary messages are measured before anybody has seen a larger one. Where a decoder that V8 has not compiled yet meets a large message, V8
 * finds that its objects live long, and has those of small messages made in old space as well. That takes up to three times as long and
 * hits one library or another, from run to run.
 */
import { pathToFileURL } from "node:url";
import { interleave, table } from "../measure.mjs";

const [, , bundle, format, rounds] = process.argv;
const { makeSubjects } = await import(pathToFileURL(bundle).href);
const isJson = format === "Json";
const base = isJson ? "floor" : "grpc2lambda";
const conversions = [`decode${format}`, `encode${format}`];
const columns = Object.fromEntries(conversions.map((conversion) => [conversion, []]));
const subjects = [];

for await (const subject of makeSubjects()) {
  subjects.push(subject);
  if (!isJson) for (const conversion of conversions) await measure(subject, conversion);
}
if (isJson) for (const conversion of conversions) for (const subject of subjects) await measure(subject, conversion);

for (const conversion of conversions) {
  const names = [...new Set(columns[conversion].flatMap((ratios) => [...ratios.keys()]))];
  const sizes = subjects.map((subject) => `${subject.name} ${inputOf(subject).length} B`);
  const rows = names.map((name) => [name, ...columns[conversion].map((ratios) => ratios.get(name)?.toFixed(2) ?? "-")]);
  console.log(table([[`${conversion} (x ${base})`, ...sizes], ...rows]));
  console.log();
}

function inputOf({ json, bytes }) {
  return isJson ? json : bytes;
}

async function measure(subject, conversion) {
  const input = inputOf(subject);
  const runs = {};
  for (const [name, contender] of Object.entries(subject.contenders)) {
    const convert = contender[conversion];
    if (convert === undefined) continue;
    const run = conversion === "encodeJson" ? () => flatten(convert(input)) : () => convert(input);
    runs[name] = () => timeLoop(run, repeats(input.length));
  }
  const medians = await interleave(runs, Number(rounds));
  columns[conversion].push(new Map([...medians].map(([name, median]) => [name, median / medians.get(base)])));
}

/** V8 joins strings when they are read, and a text that nobody reads yet would look cheaper than it is. */
function flatten(text) {
  return text.charCodeAt(text.length - 1);
}

/**
 * About the same work in every round, and so much of it that every contender pays for its own garbage: with a single megabyte at a time
 * the collections of all of them fall on the same one, round after round.
 */
function repeats(size) {
  return Math.max(8, Math.round(1_500_000 / (size + 100)));
}

/** Microseconds, those of the garbage collector's threads included. */
function timeLoop(run, times) {
  const start = process.cpuUsage();
  for (let count = 0; count < times; count++) run();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
