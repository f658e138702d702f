/** `grpc2lambda build`: makes the zips that the deployment template names. */
import type { Command } from "commander";
import type { Flags } from "../config/flags.js";
import type { CommandContext } from "../command.js";
import { addReportOptions, type ReportFlags, reportFormat } from "../report/report-options.js";
import { addOutputOptions, addProjectOptions } from "./project-options.js";

const examples = `
Examples:
  $ grpc2lambda generate && grpc2lambda build && sam deploy --guided
  $ grpc2lambda build --json | jq '.functions[] | .id, .zipBytes'

Every function becomes a zip, with a source map beside it and its description in functions.json. The same code gives the same bytes on
every machine, so that a deployment updates only functions that changed. Without errors, zips of functions that are gone are removed.
Exit code 0: all is built. 1: built, and a function is over its budget (build.maxZipBytes). 2: nothing was built, because the generated
code is not up to date, or code does not bundle.`;

/** Defines `build`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addReportOptions(addOutputOptions(addProjectOptions(command)))
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: Flags & ReportFlags) => {
      const { runBuild } = await import("../run-build.js");
      exit(await runBuild(protos, flags, reportFormat(flags, terminal.env), terminal));
    });
}
