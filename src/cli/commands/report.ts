/** `grpc2lambda report`: one static page about the migration. */
import type { Command } from "commander";
import type { CommandContext } from "../command.js";
import type { Flags } from "../config/flags.js";
import type { ReportOptions } from "../migrate/run-report.js";
import { addCostOptions } from "./cost-options.js";
import { addOutputOptions, addProjectOptions } from "./project-options.js";

const examples = `
The page is one file without scripts, and loads nothing: it works as an artefact of CI, in dark mode and on paper. It shows the last
comparison (summary.json), routes in the order of risk, functions with the sizes of the last build, and findings. With --requests it shows
what "grpc2lambda cost" prints. Its date is that of SOURCE_DATE_EPOCH, if it is set.
Exit code: 0, 2 when the command line, the protos, the configuration or the results are wrong, 4 when the page cannot be written.

Examples:
  $ grpc2lambda report                           writes compare/page.html
  $ grpc2lambda report --requests 100000 --duration 178 --old-monthly 25.2
  $ grpc2lambda report --page public/index.html
  $ grpc2lambda report --json | jq '.rows[] | select(.state == "differs")'`;

/** Defines `report`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addCostOptions(addOutputOptions(addProjectOptions(command)), "optional")
    .optionsGroup("Page:")
    .option("--results <folder>", "folder of the comparison (default: compare)")
    .option("--page <file>", "the page (default: page.html in that folder)")
    .option("--json", "print the data of the page, and write none")
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: Flags & ReportOptions) => {
      const { runReport } = await import("../migrate/run-report.js");
      exit(await runReport(protos, flags, terminal));
    });
}
