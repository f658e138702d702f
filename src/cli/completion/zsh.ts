/** Completion for zsh. https://zsh.sourceforge.io/Doc/Release/Completion-System.html */
import type { CommandTree, Completed, CompletedCommand, CompletedOption } from "./command-tree.js";

/** The script, for a file of `fpath` or to be evaluated after compinit. */
export function zshCompletion(tree: CommandTree): string {
  return [
    `#compdef ${tree.name}`,
    `# Completion of ${tree.name} for zsh: ${tree.name} completion zsh > "\${fpath[1]}/_${tree.name}"`,
    `_${tree.name}() {`,
    "  local context state state_descr line",
    "  typeset -A opt_args",
    "  local -a commands=(",
    ...tree.commands.map(({ name, about }) => `    ${quote(`${name}:${about}`)}`),
    "  )",
    "  _arguments -C \\",
    ...tree.options.map((option) => `    ${specOf(option)} \\`),
    "    '1: :->command' '*:: :->arguments'",
    "  case $state in",
    "    command) _describe command commands ;;",
    "    arguments)",
    "      case $words[1] in",
    ...tree.commands.flatMap(describeCommand),
    "      esac ;;",
    "  esac",
    "}",
    `if [ "$funcstack[1]" = "_${tree.name}" ]; then _${tree.name} "$@"; else compdef _${tree.name} ${tree.name}; fi`,
    "",
  ].join("\n");
}

function describeCommand({ name, options, argument }: CompletedCommand): string[] {
  const rest = argument.kind === "nothing" ? [] : [quote(`*:${argument.kind}:${actionOf(argument)}`)];
  return [
    `        ${name})`,
    "          _arguments \\",
    ...[...options.map(specOf), ...rest].map((spec) => `            ${spec} \\`),
    "            ;;",
  ];
}

/** `'(-c --config)'{-c,--config}'[configuration]:path:_files'`; every option may be repeated where the tool says so itself. */
function specOf({ short, long, about, value }: CompletedOption): string {
  const text = quote(`[${about.replaceAll(/[[\]\\]/g, (character) => `\\${character}`)}]${describeValue(value)}`);
  return short === undefined ? `'*'${long}${text}` : `'*'{${short},${long}}${text}`;
}

function describeValue(value: Completed): string {
  return value.kind === "nothing" ? "" : `:${value.kind}:${actionOf(value)}`;
}

function actionOf(value: Completed): string {
  switch (value.kind) {
    case "words":
      return `(${value.words.join(" ")})`;
    case "path":
      return "_files";
    case "text":
    case "nothing":
      return " ";
    default:
      return value satisfies never;
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
