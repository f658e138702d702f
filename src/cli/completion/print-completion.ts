/** The completion scripts by shell. */
import type { Command } from "commander";
import { bashCompletion } from "./bash.js";
import { type CommandTree, readCommandTree } from "./command-tree.js";
import { fishCompletion } from "./fish.js";
import { zshCompletion } from "./zsh.js";

const scripts: Readonly<Record<"bash" | "zsh" | "fish", (tree: CommandTree) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** Writes the script for a program of which every command is defined. */
export function printCompletion(shell: keyof typeof scripts, program: Command): string {
  return scripts[shell](readCommandTree(program));
}
