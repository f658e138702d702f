/**
 * Generates from inputs of one size and of four times that size, and holds what both take against each other: time by the length
 * of the input, memory likewise, and no exit code but the one that the input deserves. `npm run test:sizes -- comment` takes the
 * shapes whose name has the word.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createProject } from "../support/temporary-project.js";
import type { SizeShape } from "./shapes/shape.js";
import { sizeShapes } from "./shapes.js";

/** What one run took. */
interface Price {
  readonly exitCode: number | null;
  /** CPU time. */
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly output: string;
}

const factor = 4;
/** Of the size that the time grows with: 1 is linear, 2 quadratic; sorting and the collector's work are in between. */
const largestExponent = 1.5;
/** Runs below this are start-up and noise. */
const smallestMilliseconds = 800;
const smallestMegabytes = 400;
/** Other programs on the machine only ever add to a price, so the cheapest of these runs counts. */
const attempts = 5;

function priceOf(shape: SizeShape, size: number): Price {
  const project = createProject(shape.make(size));
  const args = ["generate", ...(shape.protos ?? ["."]), ...(shape.flags ?? [])];
  try {
    const child = spawnSync(process.execPath, [join(process.cwd(), "test/sizes/probe.mjs"), ...args], {
      cwd: project.root,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      encoding: "utf8",
      maxBuffer: 1e9,
      timeout: 120_000,
    });
    const price = JSON.parse(String(child.output[3]) || '{"milliseconds":0,"megabytes":0}');
    return { exitCode: child.status, ...price, output: child.stderr + child.stdout };
  } finally {
    project.remove();
  }
}

/** What is wrong with how a shape grows; undefined when nothing is. */
function problemOf(shape: SizeShape): { readonly problem?: string; readonly figures: string } {
  const fewest = priceOf(shape, Math.min(4, shape.size));
  let small = priceOf(shape, shape.size);
  let large = priceOf(shape, factor * shape.size);
  for (let attempt = 1; ; attempt++) {
    const exponent = exponentOf(fewest.milliseconds, small.milliseconds, large.milliseconds, smallestMilliseconds);
    const memory = exponentOf(fewest.megabytes, small.megabytes, large.megabytes, smallestMegabytes);
    const figures = `time by ${exponent.toFixed(2)}, memory by ${memory.toFixed(2)}`;
    for (const { exitCode, output } of [small, large]) {
      if (exitCode !== shape.exitCode)
        return { problem: `exit code ${exitCode}, expected ${shape.exitCode}: ${output.slice(0, 600)}`, figures };
    }
    if (exponent <= largestExponent && memory <= largestExponent) return { figures };
    if (attempt === attempts) return { problem: `grows faster than its input: ${figures}`, figures };
    small = cheaper(small, priceOf(shape, shape.size));
    large = cheaper(large, priceOf(shape, factor * shape.size));
  }
}

/** The power of the size that a price grows by, without what every run costs; 0 for what is too small to tell. */
function exponentOf(fixed: number, small: number, large: number, smallest: number): number {
  if (large - fixed < smallest) return 0;
  return Math.log((large - fixed) / Math.max(1, small - fixed)) / Math.log(factor);
}

function cheaper(a: Price, b: Price): Price {
  return {
    ...(a.exitCode === b.exitCode ? a : b),
    milliseconds: Math.min(a.milliseconds, b.milliseconds),
    megabytes: Math.min(a.megabytes, b.megabytes),
  };
}

const [wanted = ""] = process.argv.slice(2);
const totals = { passed: 0, failed: 0 };
for (const shape of sizeShapes.filter(({ name }) => name.includes(wanted))) {
  const { problem, figures } = problemOf(shape);
  totals[problem === undefined ? "passed" : "failed"]++;
  const sizes = `${shape.size} and ${factor * shape.size}`;
  console.log(
    problem === undefined ? `ok   ${shape.name}: ${sizes}, ${figures}` : `FAIL ${shape.name}: ${sizes}, ${problem}`,
  );
}
console.log(`${totals.passed} passed, ${totals.failed} failed, 0 skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
