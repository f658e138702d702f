/** Runs a command line in this process. */
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "./capture-terminal.js";

/** How a command line ended. */
export interface CliOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `argv` in the folder `cwd`, with no environment and without a terminal. */
export async function runCli(cwd: string, ...argv: readonly string[]): Promise<CliOutcome> {
  const { terminal, stdout, stderr } = captureTerminal(cwd);
  const exitCode = await run(argv, terminal);
  return { exitCode, stdout: stdout(), stderr: stderr() };
}
