/** One command over several projects: `-c` may name the configuration of each. */
import { resolve } from "node:path";
import type { Flags } from "../config/flags.js";
import { displayPath } from "../config/project-paths.js";
import { exitCodes } from "../exit-codes.js";
import { printable } from "../report/printable.js";
import type { ReportFormat } from "../report/report-options.js";
import type { Terminal } from "../terminal.js";

/** Flags of a command that takes several configurations. */
export interface SeveralConfigurations extends Omit<Flags, "config"> {
  readonly config?: readonly string[];
}

/** The work of the command for one project; gives its exit code. */
type Run = (flags: Flags, terminal: Terminal) => Promise<number>;

/**
 * Runs a command for each configuration, one after the other, and gives the highest exit code. Each has a line with its name before
 * what it prints; as JSON there is one document, `{ projects: [{ config, … }] }`. With one configuration nothing is added.
 */
export async function forEachConfiguration(
  protos: readonly string[],
  { config: named, ...others }: SeveralConfigurations,
  format: ReportFormat,
  terminal: Terminal,
  run: Run,
): Promise<number> {
  const configs = [...new Map(named?.map((file) => [resolve(terminal.cwd, file), file])).values()];
  const [only, ...more] = configs;
  if (more.length === 0) return run(only === undefined ? others : { ...others, config: only }, terminal);
  if (protos.length > 0) {
    terminal.stderr.write("error: protos are named for several configurations, expected those of each configuration\n");
    return exitCodes.badInput;
  }
  const runs = configs.map((config): [string, (terminal: Terminal) => Promise<number>] => [
    printable(displayPath(terminal.cwd, resolve(terminal.cwd, config))),
    (own) => run({ ...others, config }, own),
  ]);
  return format === "json" ? runToJson(runs, terminal) : runToText(runs, terminal);
}

type Runs = readonly (readonly [config: string, run: (terminal: Terminal) => Promise<number>])[];

async function runToText(runs: Runs, terminal: Terminal): Promise<number> {
  const codes: number[] = [];
  for (const [config, run] of runs) {
    terminal.stdout.write(`${codes.length === 0 ? "" : "\n"}${config}\n`);
    codes.push(await run(terminal));
  }
  return Math.max(...codes);
}

async function runToJson(runs: Runs, terminal: Terminal): Promise<number> {
  const codes: number[] = [];
  const projects: object[] = [];
  for (const [config, run] of runs) {
    const texts: string[] = [];
    codes.push(await run({ ...terminal, stdout: { write: (text) => texts.push(text) } }));
    projects.push({ config, ...(JSON.parse(texts.join("")) as object) });
  }
  terminal.stdout.write(`${JSON.stringify({ projects }, undefined, 2)}\n`);
  return Math.max(...codes);
}
