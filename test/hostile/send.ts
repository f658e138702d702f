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

/** Sends all of them, and gives what is wrong with the answers, a line each. A process that ends is started again behind what ended it. */
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
  const problems: string[] = [];
  try {
    for (let rest = attacks; rest.length > 0; ) {
      const plan = join(folder, "plan.json");
      writeFileSync(plan, JSON.stringify(rest));
      const { outcomes, begun, died } = await run(target, program, plan);
      problems.push(...outcomes.flatMap(problemOf));
      if (died === undefined && begun === rest.length) break;
      problems.push(`${nameOf(rest[begun - 1]?.input ?? -1)}: the process ended: ${died}`);
      // One that begins nothing never will.
      if (begun === 0) break;
      rest = rest.slice(begun);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return problems;
}

interface Run {
  readonly outcomes: readonly Outcome[];
  /** How many were begun. */
  readonly begun: number;
  /** Why the process ended before it was done. */
  readonly died: string | undefined;
}

async function run({ node, bundle, frontDoor }: Target, program: string, plan: string): Promise<Run> {
  const options = [`--max-old-space-size=${heapMegabytes}`, program, bundle, frontDoor, plan];
  const child = spawn(node, options, { stdio: ["ignore", "pipe", "pipe"] });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  }
  const code = await new Promise((resolve) => child.once("close", (status, signal) => resolve(status ?? signal)));
  const lines = texts.stdout.split("\n").filter((line) => line !== "");
  const said = lines.map((line) => JSON.parse(line) as Outcome | { readonly begin: number });
  const outcomes = said.filter((each): each is Outcome => !("begin" in each));
  const reason = /FATAL ERROR: .*/.exec(texts.stderr)?.[0] ?? texts.stderr.trim().split("\n").at(-1);
  return { outcomes, begun: said.length - outcomes.length, died: code === 0 ? undefined : `${code}, ${reason}` };
}

function problemOf({ input, statuses, growth, millis, problem }: Outcome): string[] {
  const name = nameOf(input);
  if (problem !== undefined) return [`${name}: no answer: ${problem}`];
  const odd = statuses.find((status) => !(status >= 200 && status < 600));
  if (odd !== undefined) return [`${name}: the status is ${odd}`];
  if (growth < linearGrowth) return [];
  return [
    `${name}: an input of eight times the length takes ${growth.toFixed(0)} times as long (${millis.toFixed(0)} ms)`,
  ];
}

function nameOf(input: number): string {
  return hostileInputs[input]?.name ?? String(input);
}
