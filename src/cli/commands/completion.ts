/** `grpc2lambda completion`: prints a script by which a shell completes command lines. */
import { Argument, type Command } from "commander";
import type { CommandContext } from "../command.js";

const examples = `
Examples:
  $ eval "$(grpc2lambda completion bash)"                                            in ~/.bashrc
  $ grpc2lambda completion zsh > "\${fpath[1]}/_grpc2lambda"                          once
  $ grpc2lambda completion fish > ~/.config/fish/completions/grpc2lambda.fish        once

Shells complete commands by their name: grpc2lambda has to be on the PATH, as with npm install --global, or with
PATH=$PWD/node_modules/.bin:$PATH. After an upgrade print the script again.`;

/** Defines `completion`; its program has every command defined. */
export function defineCommand(command: Command, { terminal }: CommandContext): void {
  command
    .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]))
    .addHelpText("after", examples)
    .action(async (shell: "bash" | "zsh" | "fish") => {
      const { printCompletion } = await import("../completion/print-completion.js");
      if (command.parent !== null) terminal.stdout.write(printCompletion(shell, command.parent));
    });
}
