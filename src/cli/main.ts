/** Entry point: the process in, an exit code out. Nothing but commander is loaded before the command is known. */
import { constants } from "node:os";
import { CommanderError } from "commander";
import { exitCodes } from "./exit-codes.js";
import { packageVersion } from "./doctor/package-version.js";
import { createProgram } from "./program.js";
import type { Terminal } from "./terminal.js";

/** Runs the command line of `process` and sets its exit code. */
export async function main(process: NodeJS.Process): Promise<void> {
  tolerateGoneReaders(process);
  process.exitCode = await run(process.argv.slice(2), createTerminal(process));
}

/** Runs a command line (without node and script); gives the exit code. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = exitCodes.clean;
  const exit = (code: number): void => {
    exitCode = code;
  };
  const version = packageVersion();
  try {
    const program = await createProgram(argv, version, { terminal, exit });
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    // commander has printed its own text by now: help, the version, or what is wrong with the command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.badInput;
    terminal.stderr.write(describeBug(error, version));
    return exitCodes.bug;
  }
}

/** The stack is what a report needs. Arguments and environment stay out of it: they may hold what nobody should post. */
function describeBug(error: unknown, version: string): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    "grpc2lambda ran into a bug of its own. Nothing is wrong with your input, and nothing was written half-way.",
    "Please report it with these lines and, if you can, the .proto files that show it:",
    "",
    `grpc2lambda ${version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    stack,
    "",
  ].join("\n");
}

function createTerminal(process: NodeJS.Process): Terminal {
  const state = { awaitsInterrupt: false };
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    ...(process.stdin.isTTY && process.stdout.isTTY ? { ask: (question: string) => ask(process, question) } : {}),
    uninterrupted: (work) => uninterrupted(process, work, () => state.awaitsInterrupt),
    interrupted: () =>
      new Promise((resolve) => {
        state.awaitsInterrupt = true;
        process.once("SIGINT", () => resolve());
        process.once("SIGTERM", () => resolve());
        process.once("SIGHUP", () => resolve());
      }),
    strayErrors: (hear) => strayErrors(process, hear),
  };
}

/** The end of the input (Ctrl-D) is an empty answer. */
async function ask(process: NodeJS.Process, question: string): Promise<string> {
  const { createInterface } = await import("node:readline");
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve) => {
    reader.once("close", () => resolve(""));
    reader.once("SIGINT", () => process.exit(128 + constants.signals.SIGINT));
    reader.question(question, (answer) => {
      resolve(answer);
      reader.close();
    });
  });
}

function strayErrors(process: NodeJS.Process, hear: (error: unknown) => void): { readonly ignore: () => void } {
  const events = ["unhandledRejection", "uncaughtException"] as const;
  for (const event of events) process.on(event, hear);
  return {
    ignore: () => {
      for (const event of events) process.off(event, hear);
    },
  };
}

/** `grpc2lambda inspect | head`: a reader that has seen enough is no failure, and the exit code stays what it is. */
function tolerateGoneReaders(process: NodeJS.Process): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
    });
  }
}

/**
 * A signal with a listener waits for synchronous work; without one it would end the process in the middle of it. A command that
 * awaits the interrupt ends by itself.
 */
function uninterrupted<T>(process: NodeJS.Process, work: () => T, awaitsInterrupt: () => boolean): T {
  const end = (signal: NodeJS.Signals): void => {
    if (!awaitsInterrupt()) process.exit(128 + constants.signals[signal]);
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  try {
    return work();
  } finally {
    // Signals are delivered between turns of the event loop, so the listeners have to outlive this one.
    setImmediate(() => {
      process.off("SIGINT", end);
      process.off("SIGTERM", end);
    });
  }
}
