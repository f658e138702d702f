/** The commander program: names and one-line summaries of the commands; each command's module is loaded when it is called. */
import { Command } from "commander";
import type { CommandContext, DefineCommand } from "./command.js";

interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly defineCommand: DefineCommand }>;
}

/** In the order of the help text. A new command is a line here and a file in commands/. */
const commands: readonly CommandEntry[] = [
  {
    name: "init",
    summary: "look at the repository and write the configuration",
    load: () => import("./commands/init.js"),
  },
  {
    name: "generate",
    summary: "write wrappers, codecs, routes, scaffolds and the deployment template",
    load: () => import("./commands/generate.js"),
  },
  {
    name: "check",
    summary: "tell whether what is on disk is what generate would write (for CI)",
    load: () => import("./commands/check.js"),
  },
  {
    name: "build",
    summary: "bundle the functions into zips for the deployment template",
    load: () => import("./commands/build.js"),
  },
  {
    name: "doctor",
    summary: "look at versions, configuration, limits and files, and say what to do",
    load: () => import("./commands/doctor.js"),
  },
  {
    name: "migrate",
    summary: "bring the output of an older version of the tool to this one",
    load: () => import("./commands/migrate.js"),
  },
  {
    name: "diff",
    summary: "say what a change breaks for clients, and what it does to the stack",
    load: () => import("./commands/diff.js"),
  },
  {
    name: "inspect",
    summary: "show services, RPCs, HTTP bindings and functions",
    load: () => import("./commands/inspect.js"),
  },
  {
    name: "routes",
    summary: "list the HTTP bindings in the order in which they are tried",
    load: () => import("./commands/routes.js"),
  },
  {
    name: "explain",
    summary: "say which RPC answers a request, with which variables, and why no other",
    load: () => import("./commands/explain.js"),
  },
  {
    name: "dev",
    summary: "run the functions locally behind a simulated front door",
    load: () => import("./commands/dev.js"),
  },
  {
    name: "compare",
    summary: "send the same requests to the old service and to the functions, and compare the answers",
    load: () => import("./commands/compare.js"),
  },
  {
    name: "record",
    summary: "record requests and answers in front of the old service, without secrets",
    load: () => import("./commands/record.js"),
  },
  {
    name: "traffic",
    summary: "say who answers each RPC while it moves, and what a share of its requests can show",
    load: () => import("./commands/traffic.js"),
  },
  {
    name: "report",
    summary: "write one static page about the migration",
    load: () => import("./commands/report.js"),
  },
  {
    name: "cost",
    summary: "say what the functions cost a month behind each front door, and against the old service",
    load: () => import("./commands/cost.js"),
  },
  {
    name: "idle",
    summary: "print the AWS commands that find functions nobody calls",
    load: () => import("./commands/idle.js"),
  },
  {
    name: "event",
    summary: "print the event that the front door makes of a request, for a test or a console",
    load: () => import("./commands/event.js"),
  },
  {
    name: "completion",
    summary: "print a script by which bash, zsh or fish complete command lines",
    load: () => import("./commands/completion.js"),
  },
];

/**
 * Builds the program for one command line; only the command that it names is loaded, or all for `completion`, which prints them. Nothing
 * here ends the process.
 */
export async function createProgram(
  argv: readonly string[],
  version: string,
  context: Omit<CommandContext, "argv">,
): Promise<Command> {
  const { stdout, stderr } = context.terminal;
  const program = new Command("grpc2lambda")
    .description("Moves a gRPC service onto AWS Lambda: .proto files and google.api.http rules in, Lambda code out.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText("after", "\nExample:\n  $ grpc2lambda generate proto/ -I proto")
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .exitOverride();
  const names = new Set(commands.map(({ name }) => name));
  const position = argv.findIndex((argument) => names.has(argument));
  for (const { name, summary, load } of commands) {
    const command = program
      .command(name)
      .summary(summary)
      .description(`${capitalize(summary)}.`);
    if (name !== argv[position] && argv[position] !== "completion") continue;
    const words = argv.slice(position + 1);
    const { addVerbosityOptions, verbosityOf, withoutVerbosity } = await import("./commands/verbosity-options.js");
    const terminal = { ...context.terminal, verbosity: verbosityOf(words) };
    (await load()).defineCommand(command, { ...context, terminal, argv: withoutVerbosity(words) });
    addVerbosityOptions(command);
    (await import("./commands/refuse-repeats.js")).refuseRepeats(command);
  }
  return program;
}

function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
