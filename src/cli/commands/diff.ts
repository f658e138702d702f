/** `grpc2lambda diff`: what a change of protos or settings does to clients and to the stack. */
import type { Command } from "commander";
import type { CommandContext } from "../command.js";
import type { Flags } from "../config/flags.js";
import type { DiffFlags } from "../diff/diff-flags.js";
import { addReportOptions, reportFormat } from "../report/report-options.js";
import { addOutputOptions, addProjectOptions } from "./project-options.js";

const examples = `
Examples:
  $ grpc2lambda diff --against origin/main           before a merge
  $ grpc2lambda diff --against v1.4.0 --json         every change since a release, for a script
  $ grpc2lambda diff --against image.binpb           a descriptor set of buf build, with today's settings
  $ grpc2lambda diff --against https://registry.example.com/library/main.binpb

Exit code 0: nothing breaks. 1: something breaks clients, or widens permissions, and no exception says that it may.
2: the protos or the configuration are wrong, now or then.`;

/** Defines `diff`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addOutputOptions(addProjectOptions(command))
    .optionsGroup("Comparison:")
    .requiredOption("--against <version>", "a revision of git, a descriptor set, or its https URL")
    .option("--exceptions <file>", "breaking changes that were reviewed (default: grpc2lambda.exceptions.yaml)");
  addReportOptions(command)
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: Flags & DiffFlags) => {
      const { runDiff } = await import("../run-diff.js");
      exit(await runDiff(protos, flags, reportFormat(flags, terminal.env), terminal));
    });
}
