/** `grpc2lambda migrate`: brings the output of an older version to this one. */
import type { Command } from "commander";
import type { CommandContext } from "../command.js";
import type { Flags } from "../config/flags.js";
import { addOutputOptions, addProjectOptions } from "./project-options.js";

const examples = `
Examples:
  $ grpc2lambda migrate --dry-run      what this version would change, after an upgrade
  $ grpc2lambda migrate                change it

Generated files are written anew and those that this version does not make are removed. Imports in your files that lead to
them follow, and nothing else in your files changes. Resources of the stack that appear or go are named before you deploy.

Exit code 0: all is as this version makes it, or is now. 1: --dry-run found something to change. 2: the protos, the
configuration or the output are wrong, or the output is that of a newer version.`;

interface MigrateFlags {
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

/** Defines `migrate`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addOutputOptions(addProjectOptions(command)).optionsGroup("Writing:");
  command
    .option("--dry-run", "write nothing, and show the changes of your files as a unified diff")
    .option("--force", "overwrite generated files that were edited by hand")
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: Flags & MigrateFlags) => {
      const { runMigrate } = await import("../upgrade/run-migrate.js");
      const { dryRun = false, force = false } = flags;
      exit(await runMigrate(protos, flags, { dryRun, force }, terminal));
    });
}
