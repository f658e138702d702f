/** The interface between the program and the modules of its commands. */
import type { Command } from "commander";
import type { Terminal } from "./terminal.js";

/** The surroundings of a command. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** The command line after the command's name, to be repeated in advice. */
  readonly argv: readonly string[];
  /** Sets the exit code of the run. */
  readonly exit: (code: number) => void;
}

/** Adds options, arguments, help and action to a command. */
export type DefineCommand = (command: Command, context: CommandContext) => void;
