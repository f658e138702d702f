/** `grpc2lambda check`: compares what is on disk with what `generate` would write. */
import type { Command } from "commander";
import type { Flags } from "../config/flags.js";
import type { CommandContext } from "../command.js";
import type { Terminal } from "../terminal.js";
import type { SeveralConfigurations } from "../projects/each-configuration.js";
import { addOutputOptions, addProjectOptions } from "./project-options.js";
import { addReportOptions, type ReportFlags, reportFormat } from "../report/report-options.js";

const examples = `
Examples:
  $ grpc2lambda check                  in CI, after the checkout
  $ grpc2lambda check --diff           with the differences, as a unified diff
  $ grpc2lambda check --json           every file with its state, for a script

Nothing is written. Exit code 0: all is up to date. 1: something is stale, missing, left over, edited by hand or orphaned.
2: the protos or the configuration are wrong.`;

/** Defines `check`. */
export function defineCommand(command: Command, { terminal, argv, exit }: CommandContext): void {
  addReportOptions(addOutputOptions(addProjectOptions(command, "several")))
    .option("--diff", "show what generate would change in each generated file")
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: SeveralConfigurations & ReportFlags & { readonly diff?: boolean }) => {
      const { runCheck } = await import("../run-check.js");
      const { forEachConfiguration } = await import("../projects/each-configuration.js");
      const options = { format: reportFormat(flags, terminal.env), diff: flags.diff === true, argv };
      const run = (own: Flags, to: Terminal): Promise<number> => runCheck(protos, own, options, to);
      exit(await forEachConfiguration(protos, flags, options.format, terminal, run));
    });
}
