/** `grpc2lambda doctor`: looks at everything that a project needs, and says what to do. */
import type { Command } from "commander";
import type { CommandContext } from "../command.js";
import type { Flags } from "../config/flags.js";
import { addOutputOptions, addProjectOptions } from "./project-options.js";

const examples = `
Examples:
  $ grpc2lambda doctor                 versions, configuration, limits, what is stale, git, AWS
  $ grpc2lambda doctor --quiet         only what is wrong
  $ grpc2lambda doctor --reach         services that handlers call: name, connection, TLS, health
  $ grpc2lambda doctor --json | jq '.checks[] | select(.state != "ok")'

Nothing is written, and without --reach nothing leaves the machine. Exit code 0: all is well. 1: something will not do as expected.
2: nothing can be generated, because the configuration or the protos are wrong.`;

/** Defines `doctor`. */
export function defineCommand(command: Command, { terminal, exit }: CommandContext): void {
  addOutputOptions(addProjectOptions(command))
    .optionsGroup("Report:")
    .option("--json", "every check with its state, for a script")
    .option("--reach", "try the services that handlers call (dependencies), too")
    .addHelpText("after", examples)
    .action(async (protos: string[], flags: Flags & { readonly json?: boolean; readonly reach?: boolean }) => {
      const { runDoctor } = await import("../doctor/run-doctor.js");
      exit(await runDoctor(protos, flags, { json: flags.json === true, reach: flags.reach === true }, terminal));
    });
}
