/** Sends rows of the table of hostile inputs to a generated function that runs in a process of its own, as small as Lambda's. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { linearGrowth } from "../support/growth.js";
import type { Attack, Outcome } from "./attack.js";
import { hostileInputs } from "./inputs.js";

/** What Node gets of a function's 512 MB. */
const heapMegabytes = 450;

/** Where requests go. */
export interface Target {
  /** The node binary. */
  readonly node: string;
  /** The bundle of the function. */
  readonly bundle: string;
  readonly frontDoor: string;
}

/** An input at its largest size, and at an eighth of it. */
export function atLargest(input: number): Attack {
  const most = hostileInputs[input]?.most ?? 0;
  return { input, small: Math.floor(most / 8), large: most };
}

/** An input at a size that shows how its time grows, and takes little of it. */
export function atModest(input: number): Attack {
  const large = Math.min(hostileInputs[input]?.most ?? 0, 128_000);
  return { input, small: Math.floor(large / 8), large };
}

/**
 * Sends all of them, and gives what is wrong with the answers, a line each. What grew too fast is sent once more to a process of its own,
 * and counts where it does so again: what else a machine does is in one measurement, a slow reader is in every one.
 */
export async function sendAll(target: Target, attacks: readonly Attack[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "hostile-"));
  const program = join(folder, "attack.mjs");
  await build({
    entryPoints: [resolve("test/hostile/attack.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
  try {
    const first = await sendTo({ ...target, folder, program }, attacks);
    const slow = new Set(first.outcomes.filter(isSlow).map(({ input }) => input));
    const again = attacks.filter(({ input }) => slow.has(input));
    const second = await sendTo({ ...target, folder, program }, again);
    const outcomes = [...first.outcomes.filter((outcome) => !isSlow(outcome)), ...second.outcomes];
    return [...outcomes.flatMap(problemOf), ...first.deaths, ...second.deaths];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Sender extends Target {
  readonly folder: string;
  readonly program: string;
}

/** Sends all of them, from a new process behind each input that ends one. */
async function sendTo(sender: Sender, attacks: readonly Attack[]): Promise<Sent> {
  const outcomes: Outcome[] = [];
  const deaths: string[] = [];
  for (let rest = attacks; rest.length > 0; ) {
    const { outcomes: some, begun, died } = await run(sender, rest);
    outcomes.push(...some);
    if (died === undefined && begun === rest.length) break;
    deaths.push(`${nameOf(rest[begun - 1]?.input ?? -1)}: the process ended: ${died}`);
    // One that begins nothing never will.
    if (begun === 0) break;
    rest = rest.slice(begun);
  }
  return { outcomes, deaths };
}

/** How inputs ended, and those that ended a process. */
interface Sent {
  readonly outcomes: readonly Outcome[];
  readonly deaths: readonly string[];
}

interface Run {
  readonly outcomes: readonly Outcome[];
  /** How many were begun. */
  readonly begun: number;
  /** Why the process ended before it was done. */
  readonly died: string | undefined;
}

async function run({ node, bundle, frontDoor, folder, program }: Sender, attacks: readonly Attack[]): Promise<Run> {
  const plan = join(folder, "plan.json");
  writeFileSync(plan, JSON.stringify(attacks));
  // Threads of the collector wait for each other where the machine has other work, and that is CPU time as well.
  const options = [`--max-old-space-size=${heapMegabytes}`, "--single-threaded-gc", program, bundle, frontDoor, plan];
  const child = spawn(node, options, { stdio: ["ignore", "pipe", "pipe"] });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  }
  const code = await new Promise((resolve) => child.once("close", (status, signal) => resolve(status ?? signal)));
  const lines = texts.stdout.split("\n").filter((line) => line !== "");
  // Functions write lines of their log there, too.
  const said = lines
    .map((line) => JSON.parse(line) as Outcome | { readonly begin: number })
    .filter((each) => "begin" in each || "statuses" in each);
  const outcomes = said.filter((each): each is Outcome => !("begin" in each));
  const reason = /FATAL ERROR: .*/.exec(texts.stderr)?.[0] ?? texts.stderr.trim().split("\n").at(-1);
  return { outcomes, begun: said.length - outcomes.length, died: code === 0 ? undefined : `${code}, ${reason}` };
}

const isSlow = ({ growth }: Outcome): boolean => growth >= linearGrowth;

function problemOf(outcome: Outcome): string[] {
  const { input, statuses, growth, millis, problem } = outcome;
  const name = nameOf(input);
  if (problem !== undefined) return [`${name}: no answer: ${problem}`];
  const odd = statuses.find((status) => !(status >= 200 && status < 600));
  if (odd !== undefined) return [`${name}: the status is ${odd}`];
  if (!isSlow(outcome)) return [];
  return [
    `${name}: an input of eight times the length takes ${growth.toFixed(0)} times as long (${millis.toFixed(0)} ms)`,
  ];
}

function nameOf(input: number): string {
  return hostileInputs[input]?.name ?? String(input);
}
