/** The options by which every command says more or less. */
import { type Command, Option } from "commander";
import type { Verbosity } from "../terminal.js";

/** Adds --quiet and --verbose. */
export function addVerbosityOptions(command: Command): void {
  command
    .optionsGroup("Terminal:")
    .addOption(new Option("-q, --quiet", "say nothing but errors and what was asked for").conflicts("verbose"))
    .option("--verbose", "say every finding, and how long each step takes");
}

/** The verbosity that the words of a command line ask for, known before they are parsed. */
export function verbosityOf(words: readonly string[]): Verbosity {
  const flags = words.includes("--") ? words.slice(0, words.indexOf("--")) : words;
  if (flags.some((word) => word === "-q" || word === "--quiet")) return "quiet";
  return flags.includes("--verbose") ? "verbose" : "normal";
}

/** The words of a command line without them, to be repeated in advice. */
export function withoutVerbosity(words: readonly string[]): string[] {
  return words.filter((word) => !["-q", "--quiet", "--verbose"].includes(word));
}
