/** Options and arguments of every command that reads protos. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { FlagGroup, FlagValue, SettingFlag } from "../config/setting-flag.js";
import { type SettingFlags, settingFlags } from "../config/setting-flags.js";

/**
 * Adds what `Flags` holds. Nothing has a default here: what is not given is left to grpc2lambda.yaml. The texts name the
 * defaults that apply without either.
 */
export function addProjectOptions(command: Command, configurations: "one" | "several" = "one"): Command {
  const withProtos = command.argument(
    "[protos...]",
    ".proto files or folders; without any, those of the configuration",
  );
  return addProjectSettings(withProtos, configurations);
}

/** Adds the options of `addProjectOptions` to a command whose arguments are something else than protos. */
export function addProjectSettings(command: Command, configurations: "one" | "several" = "one"): Command {
  const about = "configuration (default: grpc2lambda.yaml, if there is one)";
  const config =
    configurations === "one"
      ? new Option("-c, --config <file>", about)
      : new Option("-c, --config <file>", `${about}; repeats, for several projects`).argParser(collect);
  command.optionsGroup("Input:").addOption(config);
  return addGroup(addGroup(command, "Input"), "Messages and JSON");
}

/** Adds the options that only matter to files: places and deployment. */
export function addOutputOptions(command: Command): Command {
  return addGroup(addGroup(command, "Output"), "Deployment");
}

function addGroup(command: Command, group: FlagGroup): Command {
  command.optionsGroup(`${group}:`);
  for (const flag of settingFlags) {
    if (flag.group !== group) continue;
    command.addOption(optionOf(flag));
    if (flag.no !== undefined) command.option(flag.name.replace("--", "--no-"), flag.no);
  }
  return command;
}

/** The option of a setting; `about` replaces its line in the help. */
export function settingOption(member: keyof SettingFlags, about?: string): Option {
  const flag = settingFlags.find((candidate) => candidate.member === member);
  if (flag === undefined) throw new Error(`schema.json has no flag with the member ${member}`);
  return optionOf(about === undefined ? flag : { ...flag, about });
}

function optionOf(flag: SettingFlag): Option {
  return withParser(new Option(flag.name, `${flag.about}${statedDefault(flag)}`), flag.takes);
}

/** The default as the help states it; the absence of an option without a value needs no word. */
function statedDefault({ no, fallback, takes }: SettingFlag): string {
  if (takes.kind === "switch") return no === undefined ? "" : " (default)";
  return takes.kind === "nothing" || fallback === undefined ? "" : ` (default: ${fallback})`;
}

function withParser(option: Option, takes: FlagValue): Option {
  switch (takes.kind) {
    case "paths":
    case "texts":
      return option.argParser(collect);
    case "choice":
      return takes.values.every((value) => typeof value === "string")
        ? option.choices(takes.values)
        : option.argParser(oneOf(takes.values));
    case "integer":
      return option.argParser(numberBetween(takes.minimum, takes.maximum));
    case "text":
      return option.argParser(textOf(takes));
    case "nothing":
    case "switch":
    case "path":
      return option;
    default:
      return takes satisfies never;
  }
}

/** Reads an option that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

function numberBetween(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${minimum} to ${maximum}.`);
  };
}

function oneOf(values: readonly (string | number)[]): (text: string) => string | number {
  return (text) => {
    const value = values.find((candidate) => candidate === Number(text));
    if (value !== undefined) return value;
    throw new InvalidArgumentError(`Expected one of ${values.join(", ")}.`);
  };
}

function textOf({ pattern, maxLength, expected }: FlagValue & { readonly kind: "text" }): (text: string) => string {
  return (text) => {
    if (new RegExp(pattern).test(text) && text.length <= maxLength) return text;
    throw new InvalidArgumentError(`Expected ${expected}.`);
  };
}
