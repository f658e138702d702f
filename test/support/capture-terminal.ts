/** A terminal that keeps what is written to it. */
import type { Terminal, TextStream } from "../../src/cli/terminal.js";

/** A terminal in the working directory `cwd` (absolute), with what was written to it so far. */
export interface CapturedTerminal {
  readonly terminal: Terminal;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** Starts with nothing written; `env` is the whole environment. */
export function captureTerminal(cwd: string, env: Terminal["env"] = {}, isTTY = false): CapturedTerminal {
  const out: string[] = [];
  const err: string[] = [];
  const stream = (texts: string[]): TextStream => ({ isTTY, write: (text) => texts.push(text) });
  return {
    terminal: {
      cwd,
      env,
      stdout: stream(out),
      stderr: stream(err),
      uninterrupted: (work) => work(),
      interrupted: async () => {},
      strayErrors: () => ({ ignore: () => {} }),
    },
    stdout: () => out.join(""),
    stderr: () => err.join(""),
  };
}
