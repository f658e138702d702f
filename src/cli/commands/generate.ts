/** `grpc2lambda generate`: writes the output. */
import type { Command } from "commander";
import type { Flags } from "../config/flags.js";
import type { CommandContext } from "../command.js";
import type { Terminal } from "../terminal.js";
import type { SeveralConfigurations } from "../projects/each-configuration.js";
import { addOutputOptions, addProjectOptions } from "./project-options.js";
import { addReportOptions, type ReportFlags, reportFormat } from "../report/report-options.js";

const examples = `
Examples:
  $ grpc2lambda generate                                   what grpc2lambda.yaml says
  $ grpc2lambda generate proto/ -I proto --out gen         without a configuration
  $ grpc2lambda generate -c a/grpc2lambda.yaml -c b/grpc2lambda.yaml   several projects
  $ grpc2lambda generate --watch                           again after every change
  $ grpc2lambda generate --descriptor-set image.binpb      from buf build -o image.binpb

Files in the output folder are rewritten, removed when nothing makes them any more, and left alone when nothing changed.
Your handlers are written once and never touched again; with --update-handlers, methods for new RPCs are added to existing
objects and classes, and nothing else in them changes. A generated file that was edited by hand is only overwritten with
--force.`;

interface GenerateFlags {
  readonly force?: boolean;
  readonly updateHandlers?: boolean;
  readonly watch?: boolean;
}

/** Defines `generate`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addOutputOptions(addProjectOptions(command, "several")).optionsGroup("Writing:");
  command
    .option("--force", "overwrite generated files that were edited by hand")
    .option("--watch", "generate again after every change of an input, until interrupted")
    .option("--update-handlers", "add methods for new RPCs to the classes and objects of existing implementations");
  addReportOptions(command)
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: SeveralConfigurations & ReportFlags & GenerateFlags) => {
      const { force = false, updateHandlers = false, watch = false } = flags;
      const options = { format: reportFormat(flags, terminal.env), force, updateHandlers };
      const { forEachConfiguration } = await import("../projects/each-configuration.js");
      const generate = watch
        ? (await import("../run-generate-watch.js")).watchAndGenerate
        : (await import("../run-generate.js")).runGenerate;
      const run = (own: Flags, to: Terminal): Promise<number> => generate(protos, own, options, to);
      exit(await forEachConfiguration(protos, flags, options.format, terminal, run));
    });
}
