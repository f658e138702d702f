/** Commands, options and arguments as plain data, read from the program itself, so that completion knows what the help knows. */
import type { Argument, Command, Option } from "commander";

/** The words that can follow an option or be an argument: none, one of some words, a path, or any text. */
export type Completed =
  | { readonly kind: "nothing" }
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "path" }
  | { readonly kind: "text" };

/** An option with its spellings: `-c` and `--config`. */
export interface CompletedOption {
  readonly short?: string;
  readonly long: string;
  readonly about: string;
  readonly value: Completed;
}

/** A command with what can follow it. */
export interface CompletedCommand {
  readonly name: string;
  readonly about: string;
  readonly options: readonly CompletedOption[];
  /** The words that its arguments can be. */
  readonly argument: Completed;
}

/** A program with its commands, in the order of its help. */
export interface CommandTree extends CompletedCommand {
  readonly commands: readonly CompletedCommand[];
}

/** Reads a program of which every command is defined. */
export function readCommandTree(program: Command): CommandTree {
  const commands = program.createHelp().visibleCommands(program).map(readCommand);
  const help = { ...readCommand(program), argument: wordsOf(commands.map(({ name }) => name)) };
  const withHelp = commands.map((one) => (one.name === "help" ? { ...one, argument: help.argument } : one));
  return { ...help, commands: withHelp };
}

function readCommand(command: Command): CompletedCommand {
  return {
    name: command.name(),
    about: firstLine(command.summary() || command.description()),
    options: command.createHelp().visibleOptions(command).map(readOption),
    argument: readArgument(command.registeredArguments[0]),
  };
}

function readOption(option: Option): CompletedOption {
  const { short, long, argChoices, required, optional, flags, description } = option;
  const value: Completed = !required && !optional ? { kind: "nothing" } : readValue(argChoices, flags);
  const name = long ?? short ?? "";
  const about = firstLine(description);
  return short === undefined ? { long: name, about, value } : { short, long: name, about, value };
}

function readArgument(argument: Argument | undefined): Completed {
  if (argument === undefined) return { kind: "nothing" };
  // What can be named several times are files; a method and a path of HTTP are one each.
  return argument.variadic ? { kind: "path" } : readValue(argument.argChoices, "");
}

function readValue(choices: readonly string[] | undefined, flags: string): Completed {
  if (choices !== undefined) return wordsOf(choices);
  return /[<[](?:file|folder|path)\b/.test(flags) ? { kind: "path" } : { kind: "text" };
}

function wordsOf(words: readonly string[]): Completed {
  return { kind: "words", words };
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
