/** Completion for bash 3.2 and later. https://www.gnu.org/software/bash/manual/bash.html#Programmable-Completion */
import type { CommandTree, Completed, CompletedCommand, CompletedOption } from "./command-tree.js";

/** The script, to be evaluated by a shell as it starts. */
export function bashCompletion(tree: CommandTree): string {
  const names = tree.commands.map(({ name }) => name).join("|");
  return [
    `# Completion of ${tree.name} for bash: eval "$(${tree.name} completion bash)"`,
    `_${tree.name}() {`,
    `  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word`,
    "  COMPREPLY=()",
    "  # --door=alb are three words here.",
    `  if [ "$current" = "=" ]; then current=""`,
    `  elif [ "$previous" = "=" ]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"; fi`,
    `  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do`,
    `    case "$word" in ${names}) command="$word"; break ;; esac`,
    "  done",
    `  case "$command $previous" in`,
    ...tree.commands.flatMap(valuesOf),
    "  esac",
    `  case "$command" in`,
    `    "") ${argumentsOf(tree.name, tree)} ;;`,
    ...tree.commands.map((command) => `    ${command.name}) ${argumentsOf(tree.name, command)} ;;`),
    "  esac",
    "}",
    `_${tree.name}_words() {`,
    `  local IFS=$' \\t\\n'`,
    `  COMPREPLY=($(compgen -W "$*" -- "$current"))`,
    "}",
    "# Without words of its own, readline completes paths.",
    `_${tree.name}_nothing() {`,
    "  compopt +o default +o bashdefault 2>/dev/null",
    "}",
    `complete -o bashdefault -o default -F _${tree.name} ${tree.name}`,
    "",
  ].join("\n");

  function valuesOf({ name, options }: CompletedCommand): string[] {
    return options.flatMap((option) => {
      if (option.value.kind === "nothing") return [];
      const patterns = spellings([option]).map((spelling) => `"${name} ${spelling}"`);
      return [`    ${patterns.join("|")}) ${complete(tree.name, option.value)}return ;;`];
    });
  }
}

function complete(program: string, value: Completed): string {
  switch (value.kind) {
    case "words":
      return `_${program}_words ${words(value.words)}; `;
    case "path":
      return "";
    case "text":
    case "nothing":
      return `_${program}_nothing; `;
    default:
      return value satisfies never;
  }
}

function argumentsOf(program: string, { options, argument }: CompletedCommand): string {
  const other = argument.kind === "path" ? "" : ` else ${complete(program, argument)}`;
  return `if [[ "$current" == -* ]]; then _${program}_words ${words(spellings(options))};${other} fi`;
}

/** Every spelling of options, the short ones too. */
function spellings(options: readonly CompletedOption[]): string[] {
  return options.flatMap(({ short, long }) => (short === undefined ? [long] : [short, long]));
}

function words(list: readonly string[]): string {
  return `'${list.join(" ")}'`;
}
