/** Completion for fish. https://fishshell.com/docs/current/cmds/complete.html */
import type { CommandTree, Completed, CompletedCommand, CompletedOption } from "./command-tree.js";

/** The script, for the folder of completions or to be sourced. */
export function fishCompletion({ name, commands, options }: CommandTree): string {
  const isFirst = "__fish_use_subcommand";
  return [
    `# Completion of ${name} for fish: ${name} completion fish > ~/.config/fish/completions/${name}.fish`,
    `complete -c ${name} -f`,
    ...commands.map((one) => `complete -c ${name} -n ${isFirst} -a ${one.name} -d ${quote(one.about)}`),
    ...options.map((option) => optionLine(name, isFirst, option)),
    ...commands.flatMap((one) => describeCommand(name, one)),
    "",
  ].join("\n");
}

function describeCommand(program: string, { name, options, argument }: CompletedCommand): string[] {
  const seen = quote(`__fish_seen_subcommand_from ${name}`);
  const values = argument.kind === "nothing" ? [] : [`complete -c ${program} -n ${seen} ${describeValue(argument)}`];
  return [...options.map((option) => optionLine(program, seen, option)), ...values];
}

function optionLine(program: string, when: string, { short, long, about, value }: CompletedOption): string {
  const names = [...(short === undefined ? [] : [`-s ${short.slice(1)}`]), `-l ${long.slice(2)}`].join(" ");
  const required = value.kind === "nothing" ? "" : ` -r ${describeValue(value)}`;
  return `complete -c ${program} -n ${when} ${names} -d ${quote(about)}${required}`;
}

function describeValue(value: Completed): string {
  switch (value.kind) {
    case "words":
      return `-f -a ${quote(value.words.join(" "))}`;
    case "path":
      return "-F";
    case "text":
    case "nothing":
      return "-f";
    default:
      return value satisfies never;
  }
}

function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, (character) => `\\${character}`)}'`;
}
